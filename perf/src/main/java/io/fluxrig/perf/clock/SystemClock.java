package io.fluxrig.perf.clock;

import java.time.Instant;

/**
 * The machine's clock. The wall clock is read now and then and carried on with {@link System#nanoTime} between: cheaper, and
 * without an {@link Instant} for each reading, which compiled code does not always manage to do without. A wall clock that
 * is set shows within {@link #ANCHOR_NS}. Any thread.
 */
final class SystemClock implements Clock {

    static final SystemClock INSTANCE = new SystemClock();

    /** How long one reading of the wall clock is carried on. */
    static final long ANCHOR_NS = 100_000_000L;

    /** Farther apart than this, two readings do not count as one moment. */
    private static final long APART_NS = 50_000L;

    private static final int READ_AGAIN_MAX = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Anchor anchor = Anchor.read();

    private SystemClock() {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochNanos() {
        long nowNs = System.nanoTime();
        Anchor last = anchor;
        long sinceNs = nowNs - last.atNs;
        if (sinceNs > ANCHOR_NS) {
            last = Anchor.read();
            anchor = last;
            sinceNs = nowNs - last.atNs;
        }
        return last.epochNs + sinceNs;
    }

    /** What the wall clock said at a moment; its fields are final, so that whatever thread sees one sees all of it. */
    private static final class Anchor {
        private final long atNs;
        private final long epochNs;

        private Anchor(long atNs, long epochNs) {
            this.atNs = atNs;
            this.epochNs = epochNs;
        }

        /** Reads both clocks as one: again if the thread lost its core between them, a few times at most. */
        static Anchor read() {
            long beforeNs = System.nanoTime();
            Instant now = Instant.now();
            long afterNs = System.nanoTime();
            for (int i = 0; i < READ_AGAIN_MAX && afterNs - beforeNs > APART_NS; i++) {
                beforeNs = afterNs;
                now = Instant.now();
                afterNs = System.nanoTime();
            }
            return new Anchor(afterNs, now.getEpochSecond() * NANOS_PER_SECOND + now.getNano());
        }
    }
}
