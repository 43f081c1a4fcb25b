package io.fluxrig.engine.rack.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A host on loopback that speaks one dialect, MTIs in ASCII: it answers a request with itself, and closes the link at anything else. */
final class TrialHost implements AutoCloseable {
    private final ServerSocket server;
    private final Queue<Socket> links = new ConcurrentLinkedQueue<>();
    private volatile boolean silent;

    /** @param silent whether it takes everything and answers nothing */
    TrialHost(boolean silent) throws IOException {
        this.silent = silent;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "trial-host");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Answers nothing any more. */
    void fallSilent() {
        silent = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket link = server.accept();
                link.setTcpNoDelay(true);
                links.add(link);
                begin(() -> serve(link));
            }
        } catch (IOException closed) {
            assertThat(server.isClosed()).as(closed.toString()).isTrue();
        }
    }

    private void serve(Socket link) {
        try (link;
                DataInputStream in = new DataInputStream(new BufferedInputStream(link.getInputStream()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(link.getOutputStream()))) {
            byte[] message = next(in);
            while (message[0] == '0' && message[2] == '0') {
                if (!silent) {
                    message[2] = '1';
                    out.writeShort(message.length);
                    out.write(message);
                    out.flush();
                }
                message = next(in);
            }
        } catch (IOException closed) { // by the rack, or with this host
            links.remove(link);
        }
    }

    private static byte[] next(DataInputStream in) throws IOException {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return message;
    }

    /** Is gone: nobody can connect. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket link : links) {
            link.close();
        }
    }
}
