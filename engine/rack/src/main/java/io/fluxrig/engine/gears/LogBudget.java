package io.fluxrig.engine.gears;

/**
 * How many fault lines a gear may log in a second: an attacker who sends garbage fills counters, not disks. Strip thread
 * only; allocates nothing.
 */
public final class LogBudget {
    private static final long WINDOW_NS = 1_000_000_000L;

    private final int linesMax;
    private long windowBeganNs = Long.MIN_VALUE;
    private int lines;
    private long suppressed;

    /** @param linesMax lines a second */
    public LogBudget(int linesMax) {
        this.linesMax = linesMax;
    }

    /** Whether a line may be written now; a refusal is counted. */
    public boolean allows(long nowNs) {
        if (windowBeganNs == Long.MIN_VALUE || nowNs - windowBeganNs >= WINDOW_NS) {
            windowBeganNs = nowNs;
            lines = 0;
        }
        if (lines < linesMax) {
            lines++;
            return true;
        }
        suppressed++;
        return false;
    }

    /** Lines refused since the last call of this method, to be told in the next line that is written. */
    public long takeSuppressed() {
        long count = suppressed;
        suppressed = 0;
        return count;
    }
}
