package io.fluxrig.perf.clock;

/**
 * A clock that stands still until it is told to move: unit tests and the deterministic simulation run on it.
 *
 * <p>{@link #advance} is time passing, both times move together. {@link #jump} is somebody setting the wall clock: only
 * {@link #epochNanos()} moves, and it may move back.
 *
 * <p>Threading: one thread moves it, any thread reads it.
 */
public final class VirtualClock implements Clock {

    /** Where a clock made without arguments starts on the wall: 2026-01-01T00:00:00Z. */
    public static final long EPOCH_DEFAULT_NS = 1_767_225_600_000_000_000L;

    private volatile long nanoTime;
    private volatile long epochNanos;

    /** Starts at monotonic zero and {@link #EPOCH_DEFAULT_NS}. */
    public VirtualClock() {
        this(0L, EPOCH_DEFAULT_NS);
    }

    /** Starts at the given times. */
    public VirtualClock(long nanoTime, long epochNanos) {
        this.nanoTime = nanoTime;
        this.epochNanos = epochNanos;
    }

    @Override
    public long nanoTime() {
        return nanoTime;
    }

    @Override
    public long epochNanos() {
        return epochNanos;
    }

    /**
     * Lets time pass.
     *
     * @param durationNs how much, zero or more
     * @throws IllegalArgumentException if negative: monotonic time does not go back
     */
    public void advance(long durationNs) {
        if (durationNs < 0) {
            throw new IllegalArgumentException("durationNs=" + durationNs + " min=0");
        }
        set(nanoTime + durationNs, epochNanos + durationNs);
    }

    /**
     * Lets time pass until {@link #nanoTime()} is {@code nanoTimeNs}.
     *
     * @throws IllegalArgumentException if that moment has passed
     */
    public void advanceTo(long nanoTimeNs) {
        advance(nanoTimeNs - nanoTime);
    }

    /** Sets the wall clock forward ({@code wallNs} above zero) or back (below zero); monotonic time does not notice. */
    public void jump(long wallNs) {
        set(nanoTime, epochNanos + wallNs);
    }

    /** Sets the wall clock to {@code epochNs}; monotonic time does not notice. */
    public void setEpochNanos(long epochNs) {
        set(nanoTime, epochNs);
    }

    private void set(long newNanoTime, long newEpochNanos) {
        nanoTime = newNanoTime;
        epochNanos = newEpochNanos;
    }
}
