package io.fluxrig.perf.clock;

/**
 * Tells the time to code that must also run in a simulation, where a day passes in a second.
 *
 * <p>Two times, never mixed: {@link #nanoTime()} measures durations and deadlines and never goes back; {@link #epochNanos()}
 * stamps what leaves the process and may jump either way when somebody sets the machine's clock.
 *
 * <p>Threading: every implementation may be read by any thread. Reading allocates nothing.
 */
public interface Clock {

    /** Monotonic nanoseconds from an arbitrary origin; only differences mean anything. */
    long nanoTime();

    /** Nanoseconds since 1970-01-01T00:00:00Z on the wall clock; jumps when the wall clock is set. */
    long epochNanos();

    /** The machine's own clock. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
