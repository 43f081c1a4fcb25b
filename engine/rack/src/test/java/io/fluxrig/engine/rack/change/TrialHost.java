package io.fluxrig.engine.rack.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A host on loopback that speaks one dialect, MTIs in ASCII: it answers a request with itself, and closes the link at anything else. */
final class TrialHost implements AutoCloseable {
    private final ServerSocket server;
    private final Queue<Socket> links = new ConcurrentLinkedQueue<>();
    private volatile boolean silent;
    /** How many of the next answers are kept back. */
    private final AtomicInteger toHold = new AtomicInteger();

    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

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
                    byte[] answer = message;
                    if (toHold.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        held.add(() -> send(out, answer));
                    } else {
                        send(out, answer);
                    }
                }
                message = next(in);
            }
        } catch (IOException closed) { // by the rack, or with this host
            links.remove(link);
        }
    }

    private static void send(DataOutputStream out, byte[] answer) {
        synchronized (out) {
            try {
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    /** Keeps the next answer back. */
    void holdOne() {
        toHold.set(1);
    }

    /** Whether an answer is kept back. */
    boolean holds() {
        return !held.isEmpty();
    }

    /** Sends what was kept back, over the link that asked. */
    void release() {
        held.remove().run();
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
