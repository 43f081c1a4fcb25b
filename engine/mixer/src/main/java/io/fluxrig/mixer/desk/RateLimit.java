package io.fluxrig.mixer.desk;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so many requests through in a second, and a burst of twice as many after a pause. Any thread.
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
    public synchronized boolean take(long nowNs) {
        if (!hasRoom(nowNs)) {
            refused.incrementAndGet();
            return false;
        }
        begun = true;
        fullAtNs = nowNs + aheadNs(nowNs) + nsEach;
        return true;
    }

    /** Whether one more would pass now; none does by that. */
    public synchronized boolean hasRoom(long nowNs) {
        return aheadNs(nowNs) <= (2 * perSecond - 1) * nsEach;
    }

    private long aheadNs(long nowNs) {
        return begun ? Math.max(0, fullAtNs - nowNs) : 0;
    }

    /** Requests that did not pass. */
    public long refused() {
        return refused.get();
    }
}
