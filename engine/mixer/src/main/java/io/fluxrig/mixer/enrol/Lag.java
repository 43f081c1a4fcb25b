package io.fluxrig.mixer.enrol;

/**
 * Tells when a heartbeat of a run was sent, by our clock: from its writing by the run's own, and the least time that lay between writing and
 * coming lately, which is how far the clocks are apart and what the way takes at least. Desk only.
 *
 * <pre>
 *   written  1.0   2.0   3.0   4.0   5.0
 *   came    11.0  12.2  12.9  13.9  19.0
 *   least   10.0  10.0   9.9   9.9   9.9
 *   sent     ?    12.0   ?    13.9  14.9      ?: came sooner than all before, so it shows the least anew, and nothing else
 * </pre>
 */
final class Lag {
    /** When it was sent is not known. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** The least of the last one or two of them counts: a clock that was set back is known to be after that. */
    static final long WINDOW_MS = 60_000;

    /** One that was written so soon after another that showed the least shows as little: both may have come late together. */
    static final long APART_MS = 500;

    /** Of a run that is not there yet: one that came later than that after the least may be late, or of a clock that was set, and is the first anew. */
    static final long STEADY_MS = 1_000;

    private static final long NONE = Long.MAX_VALUE;

    private long leastBeforeMs = NONE;
    private long leastMs = NONE;
    private long sinceMs;
    /** When the one was written that showed the least. */
    private long shownMs;

    /**
     * When a heartbeat was sent that comes now; {@link #UNKNOWN} if it shows nothing of that, as the first one does.
     *
     * @param writtenMs by the clock of its machine
     * @param nowMs by a clock of ours that rises evenly
     * @param there whether that was known of one before
     */
    long sentMs(long writtenMs, long nowMs, boolean there) {
        if (nowMs - sinceMs >= WINDOW_MS) {
            leastBeforeMs = nowMs - sinceMs >= 2 * WINDOW_MS ? NONE : leastMs;
            leastMs = NONE;
            sinceMs = nowMs;
        }
        long lagMs = nowMs - writtenMs;
        long knownMs = Math.min(leastBeforeMs, leastMs);
        leastMs = Math.min(leastMs, lagMs);
        if (lagMs < knownMs) {
            shownMs = writtenMs;
            return UNKNOWN;
        }
        if (!there && lagMs - knownMs > STEADY_MS) {
            leastBeforeMs = NONE;
            leastMs = lagMs;
            shownMs = writtenMs;
            return UNKNOWN;
        }
        return Math.abs(writtenMs - shownMs) < APART_MS ? UNKNOWN : writtenMs + knownMs;
    }
}
