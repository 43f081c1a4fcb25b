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

    long nowNs() {
        return clock.nanoTime() - startNs;
    }

    long epochSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos());
    }
}
