package io.fluxrig.engine.strip;

import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.perf.clock.Clock;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Says that a gear failed, at most once an interval however often it does: which exception and where, never its message, since
 * that may quote what was in the message. Strip thread only.
 */
public final class FaultLog {
    /** Between two lines of one gear on one strip. */
    static final long INTERVAL_NS = 10_000_000_000L;

    private static final int FRAMES_SHOWN = 3;

    private final Logger log;
    private final Clock clock;
    private final LogBudget lines;

    FaultLog(Logger log, Clock clock, LogBudgets budgets) {
        this.log = log;
        this.clock = clock;
        this.lines = budgets.of(log, Level.ERROR, "failures of this gear", 1, INTERVAL_NS);
    }

    void failed(Throwable e, String during, boolean failing) {
        if (lines.allows(clock.nanoTime())) {
            log.error("failed on {}{}: {}{}", during, failing ? ", failing" : "", describe(e), lines.takeSuppressed());
        }
    }

    /** The exception's class and where it was thrown, without its message. */
    public static String describe(Throwable e) {
        StringBuilder text = new StringBuilder(e.getClass().getName());
        StackTraceElement[] frames = e.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES_SHOWN, frames.length); i++) {
            text.append(i == 0 ? " at " : " < ")
                    .append(frames[i].getClassName())
                    .append('.')
                    .append(frames[i].getMethodName())
                    .append(':')
                    .append(frames[i].getLineNumber());
        }
        return text.toString();
    }
}
