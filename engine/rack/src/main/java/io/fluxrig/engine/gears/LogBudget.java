package io.fluxrig.engine.gears;

/**
 * How many fault lines a gear may log in a while: an attacker who sends garbage fills counters, not disks. Strip thread
 * only; allocates nothing.
 */
public final class LogBudget {
    private static final long SECOND_NS = 1_000_000_000L;

    private final int linesMax;
    private final long windowNs;
    private long windowBeganNs = Long.MIN_VALUE;
    private int lines;
    private long suppressed;

    /** @param linesMax lines a second */
    public LogBudget(int linesMax) {
        this(linesMax, SECOND_NS);
    }

    /** @param linesMax lines in each window */
    public LogBudget(int linesMax, long windowNs) {
        this.linesMax = linesMax;
        this.windowNs = windowNs;
    }

    /** Whether a line may be written now; a refusal is counted. */
    public boolean allows(long nowNs) {
        if (windowBeganNs == Long.MIN_VALUE || nowNs - windowBeganNs >= windowNs) {
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

    /**
     * What to put at the end of the next line that is written: how many were refused since the last one, nothing if none was.
     * Allocates only if some were.
     */
    public String takeSuppressed() {
        String told = suppressed == 0 ? "" : "; " + suppressed + " lines like this were suppressed before it";
        suppressed = 0;
        return told;
    }
}
