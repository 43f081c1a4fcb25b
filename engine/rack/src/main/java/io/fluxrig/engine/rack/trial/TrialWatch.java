package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.plan.PlanChange;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Remembers for a minute what gears refused, what became of requests and how often links were closed, so that a trial can tell what is new
 * from what was so before: a host that is down, a scanner at the door. A change that went back is no part of what was before, nor is the
 * minute after it, in which what it sent runs into its deadlines:
 *
 * <pre>
 *   remembered | change ---- back ---- the same again, judged by what was remembered | a minute after the last one back: remembers anew
 * </pre>
 *
 * <p>Any thread.
 */
public final class TrialWatch {
    /** How often it is asked to remember. */
    public static final long EVERY_NS = 10_000_000_000L;

    private static final int REMEMBERED_MAX = 6;

    private final RackMetrics metrics;
    /** Newest last. */
    private final Deque<Figures> remembered = new ArrayDeque<>();

    /** Where all that was before counts from. */
    private Figures start = Figures.NONE;
    /** What the last change that went back was judged by; null once that is a minute ago. */
    private Baseline undone;

    private int sinceUndone;

    public TrialWatch(RackMetrics metrics) {
        this.metrics = metrics;
    }

    /** Every {@link #EVERY_NS}. */
    public synchronized void remember() {
        Figures now = Figures.now(metrics);
        if (undone != null) {
            if (sinceUndone < REMEMBERED_MAX) {
                sinceUndone++;
                return;
            }
            start = undone.startWithout(now);
            undone = null;
            remembered.clear();
        }
        remembered.add(now);
        if (remembered.size() > REMEMBERED_MAX) {
            remembered.remove();
        }
    }

    /**
     * The beginning of a trial: what comes now is compared with what was.
     *
     * @param change that was just applied
     * @param nowNs the clock's {@code nanoTime()}
     * @param trialNs how long the trial is
     */
    public Comparison compare(PlanChange change, long nowNs, long trialNs) {
        return new Comparison(metrics, baseline(), ChangedPaths.of(change), nowNs, trialNs);
    }

    /**
     * What ran before the change of a trial runs again.
     *
     * @param trial that showed it to be worse, or was not even begun
     */
    public void wentBack(Comparison trial) {
        wentBack(trial.baseline());
    }

    synchronized void wentBack(Baseline from) {
        undone = from;
        sinceUndone = 0;
    }

    synchronized Baseline baseline() {
        Figures now = Figures.now(metrics);
        if (undone != null) {
            return undone.appliedAt(now);
        }
        Figures none = Figures.NONE;
        return new Baseline(
                start,
                remembered.isEmpty() ? none : remembered.getFirst(),
                remembered.isEmpty() ? none : remembered.getLast(),
                now,
                now);
    }
}
