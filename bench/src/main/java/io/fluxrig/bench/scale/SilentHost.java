package io.fluxrig.bench.scale;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** An issuer that takes requests, counts them, and answers none. Threads of its own; ends with its process or {@link #close}. */
final class SilentHost implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final ServerSocket listener;
    private final AtomicLong requests = new AtomicLong();

    private SilentHost(ServerSocket listener) {
        this.listener = listener;
    }

    static SilentHost start() throws IOException {
        SilentHost host = new SilentHost(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
        daemon("silent-host", host::accept);
        return host;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Requests taken so far, on all connections; any thread. */
    long requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket link = listener.accept();
                daemon("silent-link", () -> take(link));
            }
        } catch (IOException closed) {
            // close() ends it
            return;
        }
    }

    /** Frames are two bytes of length and so many bytes. */
    private void take(Socket link) {
        try (link;
                DataInputStream in =
                        new DataInputStream(new BufferedInputStream(link.getInputStream(), BUFFER_BYTES))) {
            while (true) {
                in.skipNBytes(in.readUnsignedShort());
                requests.incrementAndGet();
            }
        } catch (EOFException rackGone) {
            return;
        } catch (IOException reset) {
            return;
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
