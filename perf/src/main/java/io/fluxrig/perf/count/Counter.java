package io.fluxrig.perf.count;

/**
 * Counts events of one strip: messages, bytes, refusals.
 *
 * <p>Threading: one writer, any number of readers; a reader never slows the writer. Alone on its cache lines. Two writers
 * would lose counts: give each strip its own and add them up when reading.
 */
public final class Counter extends PaddedLong {

    /** Adds one. Writer thread only. */
    public void increment() {
        publish(value + 1);
    }

    /**
     * Adds {@code count}, which must not be negative; a counter only rises. Writer thread only.
     */
    public void add(long count) {
        assert count >= 0 : "count=" + count;
        publish(value + count);
    }
}
