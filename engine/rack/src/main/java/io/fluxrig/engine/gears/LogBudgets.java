package io.fluxrig.engine.gears;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.perf.clock.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Makes the log budgets of one gear on one strip, or of a strip's wires, and wakes those that have left lines out, by timers of the
 * strip. Keeps a budget only while it has something to tell. Strip thread only; allocates as more of them wait at once than ever
 * before.
 */
public final class LogBudgets {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Clock clock;
    private final Timers timers;
    /** By the payload of the timer; null where none waits. */
    private final List<LogBudget> waiting = new ArrayList<>();
    /** Null before the first line is left out. */
    private Timers.Source source;

    public LogBudgets(Clock clock, Timers timers) {
        this.clock = clock;
        this.timers = timers;
    }

    public LogBudgets(GearContext context) {
        this(context.clock(), context.timers());
    }

    /**
     * @param what the lines have in common, in the plural: stands behind the number of those left out
     * @param linesMax lines a second
     */
    public LogBudget of(Logger log, String what, int linesMax) {
        return of(log, what, linesMax, SECOND_NS);
    }

    /** As {@link #of(Logger, String, int)}, with {@code linesMax} lines in each window. */
    public LogBudget of(Logger log, String what, int linesMax, long windowNs) {
        return of(log, Level.WARN, what, linesMax, windowNs);
    }

    /**
     * As {@link #of(Logger, String, int, long)}.
     *
     * @param level of the line that tells how many were left out
     */
    public LogBudget of(Logger log, Level level, String what, int linesMax, long windowNs) {
        return new LogBudget(this, log, level, what, linesMax, windowNs);
    }

    /** Tells what was left out and not told yet; called where its owner stops. */
    public void close() {
        for (LogBudget budget : waiting) {
            if (budget != null) {
                budget.tellRest();
            }
        }
    }

    long epochNanos() {
        return clock.epochNanos();
    }

    /** Has the budget told when the time has come; false if the wheel is full. */
    boolean await(LogBudget budget, long deadlineNs) {
        if (source == null) {
            source = timers.source(this::due);
        }
        int place = waiting.indexOf(null);
        if (place < 0) {
            place = waiting.size();
            waiting.add(null);
        }
        if (source.schedule(deadlineNs, place) == Timers.FULL) {
            return false;
        }
        waiting.set(place, budget);
        return true;
    }

    private void due(long nowNs, long place) {
        waiting.set((int) place, null).due(nowNs);
    }
}
