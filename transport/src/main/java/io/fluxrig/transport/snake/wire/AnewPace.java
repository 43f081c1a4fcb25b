package io.fluxrig.transport.snake.wire;

import java.util.Random;

/**
 * How long a receiver leaves its consumer alone after it has had it made anew: 10 s, 20 s and so on up to 160 s, and up to half as long again, so that
 * receivers do not ask the servers together. A new consumer needs some seconds for a leader, and servers that are behind longer: to make it anew
 * meanwhile ends that election and begins another.
 *
 * <p>As soon as at first once messages or heartbeats have been heard for a minute. The wire's thread only.
 */
final class AnewPace {
    static final long FIRST_NS = 10_000_000_000L;
    static final long WELL_NS = 60_000_000_000L;
    private static final int DOUBLINGS_MAX = 4;
    /** Longer than this nobody was heard in between. */
    private static final long GAP_NS = 10_000_000_000L;

    private final Random random;
    private int times;
    private long notBeforeNs;
    private long heardNs;
    private long wellSinceNs;

    AnewPace(Random random, long nowNs) {
        this.random = random;
        this.notBeforeNs = nowNs;
        this.heardNs = nowNs;
        this.wellSinceNs = nowNs;
    }

    boolean allows(long nowNs) {
        return nowNs - notBeforeNs >= 0;
    }

    /** The consumer was forgotten, or may have been: no answer says that it was not. */
    void forgotten(long nowNs) {
        long waitNs = FIRST_NS << Math.min(times, DOUBLINGS_MAX);
        times++;
        notBeforeNs = nowNs + waitNs + random.nextLong(waitNs / 2 + 1);
        wellSinceNs = nowNs;
    }

    /** Something came that only a consumer with a leader sends. */
    void heard(long nowNs) {
        if (nowNs - heardNs > GAP_NS) {
            wellSinceNs = nowNs;
        }
        heardNs = nowNs;
        if (nowNs - wellSinceNs >= WELL_NS) {
            times = 0;
            notBeforeNs = nowNs;
        }
    }

    /** No server takes requests for messages. */
    void unwell(long nowNs) {
        wellSinceNs = nowNs;
    }
}
