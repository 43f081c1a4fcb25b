package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.clock.Clock;

/** Watches for how long nothing has got away from a sender, and tells where its messages come from. The wire's thread only. */
final class StallWatch {
    /** Nothing gets away if nothing has for so long: longer than a working stream takes, and no longer than a strip's sockets may rest. */
    private static final long STUCK_NS = 200_000_000;

    private final Departures from;
    private final Clock clock;
    private final long stallNs;
    private long progressNs;
    private boolean stuck;
    private boolean stalled;

    /** @param stallNs so long may nothing get away before senders are refused */
    StallWatch(Departures from, Clock clock, long stallNs) {
        this.from = from;
        this.clock = clock;
        this.stallNs = stallNs;
        this.progressNs = clock.nanoTime();
    }

    /** Something got away, or is the first that might. */
    void progress(long nowNs) {
        progressNs = nowNs;
    }

    /** Looks whether anything does; true if nothing has for longer than may be waited. */
    boolean isStalled(boolean anyInHand, long nowNs) {
        boolean still = anyInHand && nowNs - progressNs > STUCK_NS;
        if (still != stuck) {
            stuck = still;
            from.stuck(still);
        }
        boolean now = anyInHand && nowNs - progressNs > stallNs;
        if (now != stalled) {
            stalled = now;
            from.stalled(now, clock.epochNanos() - (nowNs - progressNs));
        }
        return now;
    }
}
