package io.fluxrig.it;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.packager.ISO87APackager;

/**
 * A host that takes frames behind four ASCII digits off its socket as fast as they come, reads them with jPOS in its own time, and
 * answers nothing: so that what a rack gave to the kernel before it was killed is read, and nothing waits in the rack for the host.
 */
final class SilentHost implements AutoCloseable {
    private static final int LENGTH_DIGITS = 4;

    private final ServerSocket server;
    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final Consumer<ISOMsg> to;

    SilentHost(int port, Consumer<ISOMsg> to) throws IOException {
        this(InetAddress.getLoopbackAddress(), port, to);
    }

    SilentHost(InetAddress address, int port, Consumer<ISOMsg> to) throws IOException {
        this.to = to;
        server = new ServerSocket(port, 50, address);
        daemon("silent-host-accept", this::accept);
        daemon("silent-host-unpack", this::unpack);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon("silent-host-read", () -> read(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void read(Socket socket) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 18))) {
            byte[] digits = new byte[LENGTH_DIGITS];
            while (true) {
                in.readFully(digits);
                byte[] frame = new byte[Integer.parseInt(new String(digits, StandardCharsets.US_ASCII))];
                in.readFully(frame);
                frames.add(frame);
            }
        } catch (EOFException killed) {
            return; // a frame that is not whole was never given away as a whole
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void unpack() {
        ISO87APackager packager = new ISO87APackager();
        try {
            while (true) {
                ISOMsg message = new ISOMsg();
                message.setPackager(packager);
                message.unpack(frames.take());
                to.accept(message);
            }
        } catch (ISOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
