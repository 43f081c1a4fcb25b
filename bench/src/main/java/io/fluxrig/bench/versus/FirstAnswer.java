package io.fluxrig.bench.versus;

import io.fluxrig.bench.rack.Contestant;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.frame.FrameEncoder;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.Stencil;
import io.fluxrig.load.mix.StencilCutter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A terminal that asks again and again until the switch behind a port approves an authorization. To be used once. */
final class FirstAnswer {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int CONNECT_MS = 100;
    private static final int ANSWER_MS = 500;
    private static final int RETRY_MS = 3;
    /** Not one of the load's terminals, so that its trace numbers are nobody else's. */
    private static final int TERMINAL = 99_999_999;

    private static final int FRAME_MAX = 4096;

    private final InetSocketAddress address;
    private final Stencil stencil;
    private final Stamp stamp = new Stamp(1);
    private final IsoCodec codec = new IsoCodec(Trial.DIALECT);
    private final IsoMessage answer = new IsoMessage();
    private int asked;

    FirstAnswer(int port) throws MixException {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        FrameEncoder encoder = new FrameEncoder(Trial.FRAMING);
        StencilCutter cutter = new StencilCutter(Trial.DIALECT, body -> {
            byte[] frame = new byte[FRAME_MAX];
            return Arrays.copyOf(frame, encoder.encode(body, 0, body.length, frame, 0));
        });
        stencil = cutter.cut(Trial.mix().templates().get(0));
        stamp.setTime(TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
    }

    /**
     * @return when the approval was there, on the clock of {@link System#nanoTime}
     * @throws IOException if the process has ended, or does not approve anything in half a minute
     */
    long await(Contestant process) throws IOException, InterruptedException {
        long untilNs = System.nanoTime() + PATIENCE_NS;
        while (System.nanoTime() < untilNs && process.isAlive()) {
            if (approved()) {
                return System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
        throw new IOException(process.isAlive() ? "no authorization was approved in 30 s" : "ended at once");
    }

    /** Connects and asks until the answer is 00 or the connection fails. */
    private boolean approved() throws InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                asked++;
                stamp.set(asked, asked, asked, TERMINAL);
                socket.getOutputStream().write(stencil.next(stamp));
                byte[] body = new byte[in.readUnsignedShort()];
                in.readFully(body);
                if (codec.decode(body, 0, body.length, answer) >= 0
                        && "00".equals(answer.text(DataElement.RESPONSE_CODE))) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
