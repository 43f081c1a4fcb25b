package io.fluxrig.bench.soak;

import io.fluxrig.bench.rack.Stencils;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.Stencil;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Terminals as they should not be, about twenty deeds a second on a thread of its own: they send a request and leave before
 * the answer, send half a request and wait or leave, send what is no message, claim a length that nobody allows, reset
 * their connection. What they sent is theirs alone: their terminal numbers are no other terminal's.
 */
final class Vandal implements AutoCloseable {
    private static final long PAUSE_MS = 50;
    private static final int LINGERING_MAX = 64;
    private static final int REQUESTS_MAX = 8;
    private static final int FIRST_TERMINAL = 80_000_000;
    private static final int TERMINALS = 9_000_000;

    private final int port;
    private final SplittableRandom random;
    private final Stencil stencil;
    private final Stamp stamp;
    private final Deque<Socket> lingering = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "vandal");
    private final AtomicLong deeds = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean over;
    private int terminal = FIRST_TERMINAL;

    private Vandal(int port, long seed) throws MixException {
        this.port = port;
        this.random = new SplittableRandom(seed);
        this.stamp = new Stamp(seed);
        this.stencil = Stencils.cut(SoakMixes.calm().templates().get(0));
        stamp.setTime(System.currentTimeMillis() / 1000);
    }

    /** Begins. */
    static Vandal start(int port, long seed) throws MixException {
        Vandal vandal = new Vandal(port, seed);
        vandal.thread.setDaemon(true);
        vandal.thread.start();
        return vandal;
    }

    /** Connections abused so far; any thread. */
    long deeds() {
        return deeds.get();
    }

    /** Deeds that came to nothing, since the rack had closed the connection or took none; any thread. */
    long refused() {
        return refused.get();
    }

    private void run() {
        while (!over) {
            try {
                deed();
            } catch (IOException closedByTheRack) {
                refused.incrementAndGet();
            }
            deeds.incrementAndGet();
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                break;
            }
        }
        while (!lingering.isEmpty()) {
            leave(lingering.poll());
        }
    }

    private void deed() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        terminal = FIRST_TERMINAL + (terminal - FIRST_TERMINAL + 1) % TERMINALS;
        OutputStream out = socket.getOutputStream();
        switch (random.nextInt(6)) {
            case 0 -> out.write(requests(random.nextInt(1, REQUESTS_MAX + 1)));
            case 1 -> out.write(half(requests(2)));
            case 2 -> out.write(noise());
            case 3 -> out.write(new byte[] {(byte) 0xFF, (byte) 0xFF, 0, 0});
            case 4 -> out.write("GET / HTTP/1.1\r\nHost: switch\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            default -> {
                out.write(requests(1));
                socket.setSoLinger(true, 0);
            }
        }
        if (random.nextInt(4) == 0) {
            linger(socket);
        } else {
            socket.close();
        }
    }

    /** Some stay connected, with half a frame or an answer that they do not read. */
    private void linger(Socket socket) {
        lingering.add(socket);
        if (lingering.size() > LINGERING_MAX) {
            leave(lingering.poll());
        }
    }

    private void leave(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            refused.incrementAndGet();
        }
    }

    private byte[] requests(int count) {
        byte[] all = new byte[0];
        for (int i = 0; i < count; i++) {
            stamp.set(i + 1, random.nextLong(1, 1_000_000_000L), i, terminal);
            byte[] frame = stencil.next(stamp);
            int length = all.length;
            all = Arrays.copyOf(all, length + frame.length);
            System.arraycopy(frame, 0, all, length, frame.length);
        }
        return all;
    }

    private byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, random.nextInt(1, bytes.length));
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(1, 2048)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Stops and lets go of every connection. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
