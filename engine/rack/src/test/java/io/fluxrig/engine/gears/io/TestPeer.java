package io.fluxrig.engine.gears.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** The other end of a connection: raw bytes, and frames of two bytes of length. */
final class TestPeer implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    TestPeer(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    TestPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static byte[] frame(String message) {
        byte[] bytes = new byte[message.length() + 2];
        bytes[0] = (byte) (message.length() >> 8);
        bytes[1] = (byte) message.length();
        System.arraycopy(message.getBytes(US_ASCII), 0, bytes, 2, message.length());
        return bytes;
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void send(String message) throws IOException {
        write(frame(message));
    }

    String receive() throws IOException {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return new String(message, US_ASCII);
    }

    byte[] receive(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** Waits for the end of the stream; whether it came before anything else. */
    boolean isClosedByPeer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
