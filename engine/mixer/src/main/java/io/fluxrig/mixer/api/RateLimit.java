package io.fluxrig.mixer.api;

/**
 * Lets so many requests through in a second, and a burst of twice as many after a pause. One thread.
 */
final class RateLimit {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final long perSecond;
    private final long nsEach;
    private long fullAtNs;
    private boolean begun;

    RateLimit(long perSecond) {
        this.perSecond = perSecond;
        this.nsEach = NS_PER_SECOND / perSecond;
    }

    /** Whether one more may pass now. */
    boolean take(long nowNs) {
        if (!begun) {
            begun = true;
            fullAtNs = nowNs;
        }
        long from = Math.max(0, fullAtNs - nowNs);
        if (from > (2 * perSecond - 1) * nsEach) {
            return false;
        }
        fullAtNs = nowNs + from + nsEach;
        return true;
    }
}
