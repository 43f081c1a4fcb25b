package io.fluxrig.load;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.WireSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A switch on loopback whose answers a test decides: a 2-byte length before each message, one thread a connection. */
public final class FakeSwitch implements AutoCloseable {
    private final ServerSocket server;
    private final WireSpec spec;
    private final Behaviour behaviour;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private volatile byte[] greeting = new byte[0];
    private volatile boolean hangUpAtOnce;

    /** What to do with a request; called on its connection's thread. */
    public interface Behaviour {
        void onRequest(Peer peer, IsoMessage request) throws IOException;
    }

    public FakeSwitch(WireSpec spec, Behaviour behaviour) throws IOException {
        this(spec, behaviour, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** @param server bound, such as one that speaks TLS */
    FakeSwitch(WireSpec spec, Behaviour behaviour, ServerSocket server) {
        this.spec = spec;
        this.behaviour = behaviour;
        this.server = server;
        daemon(this::accept);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    /** Sends bytes to each that connects from now on, before any request. */
    void greetWith(byte[] bytes) {
        greeting = bytes;
    }

    /** Closes each connection from now on as it comes. */
    void hangUpAtOnce() {
        hangUpAtOnce = true;
    }

    public List<Peer> peers() {
        return peers;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-switch");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Peer peer = new Peer(server.accept());
                peers.add(peer);
                if (hangUpAtOnce) {
                    peer.hangUp();
                }
                if (greeting.length > 0) {
                    peer.sendRaw(greeting);
                }
                daemon(peer::serve);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Peer peer : peers) {
            peer.socket.close();
        }
    }

    /** One connection. */
    public final class Peer {
        private final Socket socket;
        private final DataOutputStream out;
        private final IsoCodec codec = new IsoCodec(spec);

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            this.out = new DataOutputStream(socket.getOutputStream());
        }

        private void serve() {
            IsoCodec decoder = new IsoCodec(spec);
            IsoMessage request = new IsoMessage();
            try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
                while (true) {
                    byte[] body = in.readNBytes(in.readUnsignedShort());
                    if (decoder.decode(body, 0, body.length, request) < 0) {
                        throw new IOException(decoder.error().toString());
                    }
                    behaviour.onRequest(this, request);
                }
            } catch (EOFException done) {
                // the tool has gone
            } catch (IOException broken) {
                // so has the test
            }
        }

        public void approve(IsoMessage request) throws IOException {
            answer(request, "00");
        }

        /** Answers with the request's own fields. */
        public synchronized void answer(IsoMessage request, String code) throws IOException {
            IsoMessage answer = new IsoMessage();
            answer.copyFrom(request);
            answer.setMti(request.mti() + 10);
            answer.setAscii(39, code);
            send(answer);
        }

        public synchronized void send(IsoMessage answer) throws IOException {
            byte[] frame = new byte[4096];
            int length = codec.encode(answer, frame, 2);
            if (length < 0) {
                throw new IOException(codec.error().toString());
            }
            frame[0] = (byte) (length >> 8);
            frame[1] = (byte) length;
            out.write(frame, 0, length + 2);
            out.flush();
        }

        public synchronized void sendRaw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        public void hangUp() throws IOException {
            socket.close();
        }
    }
}
