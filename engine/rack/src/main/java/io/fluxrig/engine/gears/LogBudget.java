package io.fluxrig.engine.gears;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * How many lines of one kind may be logged in a while: an attacker who sends garbage fills counters, not disks. What was left out is
 * told at the end of the next line, or by a line of its own where none comes within {@link #TELL_AFTER_NS} of the last window's
 * begin. Made by {@link LogBudgets}. Strip thread only; allocates only where it tells.
 */
public final class LogBudget {
    /** How long what was left out waits at most for a line that tells it; a longer window is waited for. */
    static final long TELL_AFTER_NS = 10_000_000_000L;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final LogBudgets all;
    private final Logger log;
    private final Level level;
    private final String what;
    private final int linesMax;
    private final long windowNs;
    private long windowBeganNs = Long.MIN_VALUE;
    private int lines;
    private long suppressed;
    private long suppressedSinceEpochNs;
    private boolean awaited;

    LogBudget(LogBudgets all, Logger log, Level level, String what, int linesMax, long windowNs) {
        this.all = all;
        this.log = log;
        this.level = level;
        this.what = what;
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
        if (suppressed++ == 0) {
            suppressedSinceEpochNs = all.epochNanos();
        }
        if (!awaited) {
            awaited = all.await(this, tellAtNs());
        }
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

    private long tellAtNs() {
        return windowBeganNs + Math.max(windowNs, TELL_AFTER_NS);
    }

    /** Its time has come; where lines go on, the next of them tells, and it waits again. */
    void due(long nowNs) {
        awaited = suppressed > 0 && nowNs - tellAtNs() < 0 && all.await(this, tellAtNs());
        if (!awaited) {
            tellRest();
        }
    }

    /** Nothing comes any more. */
    void tellRest() {
        if (suppressed > 0) {
            String since = TIME.format(Instant.ofEpochSecond(0, suppressedSinceEpochNs));
            log.atLevel(level).log("{} more like this since {}: {}", suppressed, since, what);
            suppressed = 0;
        }
    }
}
