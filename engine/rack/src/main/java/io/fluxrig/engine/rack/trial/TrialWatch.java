package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.plan.PlanChange;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Remembers for a minute what gears refused, what became of requests and how often links were closed, so that a trial can tell what is new
 * from what was so before: a host that is down, a scanner at the door. Any thread.
 */
public final class TrialWatch {
    /** How often it is asked to remember. */
    public static final long EVERY_NS = 10_000_000_000L;

    private static final int REMEMBERED_MAX = 6;

    private final RackMetrics metrics;
    /** Newest last. */
    private final Deque<Figures> remembered = new ArrayDeque<>();

    public TrialWatch(RackMetrics metrics) {
        this.metrics = metrics;
    }

    /** Every {@link #EVERY_NS}. */
    public synchronized void remember() {
        remembered.add(Figures.now(metrics));
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

    synchronized Baseline baseline() {
        Figures none = Figures.NONE;
        return new Baseline(
                remembered.isEmpty() ? none : remembered.getFirst(),
                remembered.isEmpty() ? none : remembered.getLast(),
                Figures.now(metrics));
    }
}
