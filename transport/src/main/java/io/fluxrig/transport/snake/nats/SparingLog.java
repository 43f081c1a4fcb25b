package io.fluxrig.transport.snake.nats;

import io.fluxrig.perf.clock.Clock;

/** Says when a line about a trouble that lasts is due: at once, then every ten seconds. One thread. */
public final class SparingLog {
    private static final long PAUSE_NS = 10_000_000_000L;

    private final Clock clock;
    private long lastNs;
    private boolean said;

    public SparingLog(Clock clock) {
        this.clock = clock;
    }

    /** Whether a line is due; counts as told then. */
    public boolean due() {
        long nowNs = clock.nanoTime();
        if (said && nowNs - lastNs < PAUSE_NS) {
            return false;
        }
        said = true;
        lastNs = nowNs;
        return true;
    }

    /** The trouble is over; whether it was ever told. */
    public boolean over() {
        boolean told = said;
        said = false;
        return told;
    }
}
