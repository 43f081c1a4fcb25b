package io.fluxrig.engine.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fluxrig.engine.strip.SimStrips;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Time, chance and the network of one run: events in order of time, each followed by whatever the rack does about it. Same
 * seed, same events.
 */
final class World {
    private static final long FNV_PRIME = 0x100_0000_01B3L;
    private static final String[] KINDS = {
        "", "to rack", "closed", "stalled", "killed", "paused", "wall clock", "refused", "from rack", "reloaded"
    };
    private static final long TICK_NS = 10_000_000;

    private record Event(long atNs, long sequence, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final boolean[] stalled;
    /** Not through the log, which masks whatever looks like a card number, and these all do. */
    private final boolean shown = Long.getLong("simulation.seed") != null;

    private SimStrips strips;
    private SimNet net;
    private long sequence;
    private long standstillNs;
    private long trace = 0xCBF2_9CE4_8422_2325L;

    World(SplittableRandom random, int stripCount) {
        this.random = random;
        this.stalled = new boolean[stripCount];
    }

    void of(SimStrips simulated, SimNet network) {
        strips = simulated;
        net = network;
    }

    long nowNs() {
        return strips.clock().nanoTime();
    }

    /** How long the rack, or a part of it, has stood still so far: time that nobody can be blamed for. */
    long standstillNs() {
        return standstillNs;
    }

    void after(long delayNs, Runnable action) {
        events.add(new Event(nowNs() + delayNs, sequence++, action));
    }

    /** Runs events until that time, and {@code check} after each. */
    void runUntil(long untilNs, Runnable check) {
        while (nowNs() < untilNs) {
            Event next = events.peek();
            long targetNs = Math.min(untilNs, nowNs() + TICK_NS);
            if (next != null && next.atNs < targetNs) {
                targetNs = next.atNs;
            }
            if (targetNs > nowNs()) {
                strips.advance(targetNs - nowNs());
            }
            while (!events.isEmpty() && events.peek().atNs <= nowNs()) {
                events.remove().action.run();
                strips.settle();
                check.run();
            }
            check.run();
        }
    }

    /** Brings bytes to the rack over a link; a strip that stands still gets them later. */
    void deliver(SimLink link, byte[] bytes) {
        if (!link.up) {
            return;
        }
        if (stalled[link.strip]) {
            after(5_000_000, () -> deliver(link, bytes));
            return;
        }
        trace(1, link.id, bytes);
        strips.on(link.strip, strip -> net.io(link.gear, link.strip).receive(link, bytes));
    }

    /** Closes a link from the peer's side. */
    void close(SimLink link) {
        if (link.up && !stalled[link.strip]) {
            trace(2, link.id, new byte[0]);
            strips.on(link.strip, strip -> net.io(link.gear, link.strip).close(link));
        } else if (link.up) {
            after(5_000_000, () -> close(link));
        }
    }

    boolean isStalled(int strip) {
        return stalled[strip];
    }

    void stall(int strip, long durationNs) {
        if (stalled[strip]) {
            return;
        }
        trace(3, strip, new byte[0]);
        stalled[strip] = true;
        strips.stall(strip, true);
        standstillNs += durationNs;
        after(durationNs, () -> {
            stalled[strip] = false;
            strips.stall(strip, false);
            for (int other = 0; other < stalled.length; other++) {
                strips.strip(other).wake();
            }
        });
    }

    /** A strip that never moves again. */
    void kill(int strip) {
        trace(4, strip, new byte[0]);
        stalled[strip] = true;
        strips.stall(strip, true);
    }

    /** The whole process stands still. */
    void pause(long durationNs) {
        trace(5, durationNs, new byte[0]);
        standstillNs += durationNs;
        strips.clock().advance(durationNs);
    }

    /** Somebody sets the wall clock. */
    void jump(long wallNs) {
        trace(6, wallNs, new byte[0]);
        strips.clock().jump(wallNs);
    }

    /** Mixes an event into the run's fingerprint; shown where one seed is run alone. */
    void trace(int kind, long number, byte[] bytes) {
        if (shown) {
            String text = Long.toHexString(number) + " " + new String(bytes, ISO_8859_1);
            System.err.println(nowNs() / 1_000_000 + " ms: " + KINDS[kind] + " " + text);
        }
        mix(nowNs());
        mix(kind);
        mix(number);
        for (byte b : bytes) {
            mix(b);
        }
    }

    long traceHash() {
        return trace;
    }

    /** Bytes that mean nothing. */
    byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Evenly between the two, in milliseconds; as nanoseconds. */
    long between(int fromMs, int toMs) {
        return random.nextLong(fromMs, toMs + 1L) * 1_000_000L;
    }

    private void mix(long value) {
        trace = (trace ^ value) * FNV_PRIME;
        trace ^= trace >>> 29;
    }
}
