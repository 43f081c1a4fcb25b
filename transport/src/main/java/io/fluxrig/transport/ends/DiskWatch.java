package io.fluxrig.transport.ends;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.count.Level;

/**
 * Whether a thread comes back from what it asked of a disk. One that hangs there cannot say so itself: it notes when it began its present
 * step (a block, an fsync, a file that is deleted), and whoever wants something of it looks how long ago that was.
 *
 * <p>A disk that is slow ends its steps, each of which begins the count anew; one that hangs does not.
 *
 * <p>Threading: {@link #begins} and {@link #ends} by that thread; the rest by any. The note has cache lines of its own, as it is written in each
 * turn: who reads it on a hot path does so only where a ring is found nearly full.
 */
public final class DiskWatch {
    /** So long a step is worth a wait of everything on a strip, and no longer. */
    public static final long LATE_NS = 200_000_000L;

    private final Clock clock;
    private final long patienceNs;
    /** When the present step began, made odd; 0 between turns. */
    private final Level since = new Level();
    /** What was said of a step, so that each who asks hears the same; any thread. */
    private volatile Told told;

    private record Told(long since, Shortage shortage) {}

    /** @param patienceNs after which senders are refused; {@link #LATE_NS} at least */
    public DiskWatch(Clock clock, long patienceNs) {
        this.clock = clock;
        this.patienceNs = Math.max(LATE_NS, patienceNs);
    }

    /** A step begins, and the one before it has ended. */
    public void begins() {
        since.set(clock.nanoTime() | 1);
    }

    /** The thread waits for work, and for no disk. */
    public void ends() {
        since.set(0);
    }

    /** Whether a step takes longer than a strip can wait. */
    public boolean late() {
        return takesLongerThan(LATE_NS);
    }

    /** Whether a step takes longer than senders are held back. */
    public boolean hangs() {
        return takesLongerThan(patienceNs);
    }

    private boolean takesLongerThan(long ns) {
        long from = since.get();
        // looked at again: the reader may have been held up between the note and the clock
        return from != 0 && clock.nanoTime() - from >= ns && since.get() == from;
    }

    /** What to say once it {@link #hangs}; null before. */
    public Shortage shortage() {
        long from = since.get();
        long tookNs = clock.nanoTime() - from;
        if (from == 0 || tookNs < patienceNs || since.get() != from) {
            return null;
        }
        Told last = told;
        if (last == null || last.since() != from) {
            last = new Told(from, new Shortage(Shortage.Cause.NO_ANSWER, clock.epochNanos() - tookNs, true));
            told = last;
        }
        return last.shortage();
    }
}
