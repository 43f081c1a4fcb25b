package io.fluxrig.perf.clock;

import java.time.Instant;

/** The machine's clock. The {@link Instant} never escapes, so compiled code keeps it in registers and allocates nothing. */
final class SystemClock implements Clock {

    static final SystemClock INSTANCE = new SystemClock();

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private SystemClock() {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
