package io.fluxrig.mixer.desk;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so many requests through in a second, and a burst of twice as many after a pause. One thread; the count of the others any.
 */
public final class RateLimit {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final long perSecond;
    private final long nsEach;
    private long fullAtNs;
    private boolean begun;
    private final AtomicLong refused = new AtomicLong();

    public RateLimit(long perSecond) {
        this.perSecond = perSecond;
        this.nsEach = NS_PER_SECOND / perSecond;
    }

    /** Whether one more may pass now. */
    public boolean take(long nowNs) {
        if (!begun) {
            begun = true;
            fullAtNs = nowNs;
        }
        long from = Math.max(0, fullAtNs - nowNs);
        if (from > (2 * perSecond - 1) * nsEach) {
            refused.incrementAndGet();
            return false;
        }
        fullAtNs = nowNs + from + nsEach;
        return true;
    }

    /** Requests that did not pass. */
    public long refused() {
        return refused.get();
    }
}
