package io.fluxrig.engine.gears;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A terminal on a blocking socket: ASCII messages behind two bytes of length. */
public final class TestTerminal implements AutoCloseable {
    private static final Spec SPEC = SpecLoader.load(TestPlans.SCENARIOS.resolve("../specs/v87-ascii.yaml"))
            .spec();

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final IsoCodec codec = new IsoCodec(SPEC.wire());
    private final byte[] bytes = new byte[4096];

    public TestTerminal(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /** Queues a message; {@link #flush} sends. Key 0 is the MTI. */
    public void send(Map<Integer, String> fields) throws IOException {
        IsoMessage message = new IsoMessage();
        fields.forEach((field, value) -> {
            if (field == 0) {
                message.setMti(Integer.parseInt(value));
            } else {
                message.setAscii(field, value);
            }
        });
        int length = codec.encode(message, bytes, 0);
        if (length < 0) {
            throw new AssertionError(codec.error().toString());
        }
        out.writeShort(length);
        out.write(bytes, 0, length);
    }

    /** Queues bytes that need be no message. */
    public void sendText(String ascii) throws IOException {
        out.writeShort(ascii.length());
        out.write(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    public void flush() throws IOException {
        out.flush();
    }

    /** The next message; waits for it. */
    public IsoMessage receive() throws IOException {
        int length = in.readUnsignedShort();
        in.readFully(bytes, 0, length);
        IsoMessage message = new IsoMessage();
        if (codec.decode(bytes, 0, length, message) < 0) {
            throw new AssertionError(codec.error().toString());
        }
        return message;
    }

    /** Whether nothing more has arrived. */
    public boolean quiet() throws IOException {
        return in.available() == 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
