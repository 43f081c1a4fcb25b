package io.fluxrig.perf.count;

/**
 * Shows a present amount of one strip: connections open, tickets in flight, bytes queued.
 *
 * <p>Threading: as {@link Counter}: one writer, any number of readers, alone on its cache lines.
 */
public final class Level extends PaddedLong {

    /** Sets the amount. Writer thread only. */
    public void set(long amount) {
        publish(amount);
    }

    /** Changes the amount by {@code change}, which may be negative. Writer thread only. */
    public void add(long change) {
        publish(value + change);
    }
}
