package io.fluxrig.load.net;

import io.fluxrig.perf.clock.Clock;
import java.util.concurrent.TimeUnit;

/** Time since the run began, for one loop and on its thread. */
final class RunClock {
    private final Clock clock;
    private long startNs;

    RunClock(Clock clock) {
        this.clock = clock;
    }

    /** @param runStartNs time 0, the same for all loops */
    void begin(long runStartNs) {
        startNs = runStartNs;
    }

    /** Says nothing before {@link #begin}. */
    long nowNs() {
        return clock.nanoTime() - startNs;
    }

    /** The wall clock's, for dates in messages. */
    long epochSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos());
    }
}
