package io.fluxrig.engine.rack;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.Refusals.Tally;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Remembers for a minute what gears refused, so that a trial can tell what is new from what was so before: a host that is down, a scanner
 * at the door. Any thread.
 */
final class RefusalWatch {
    /** How often it is asked to remember. */
    static final long EVERY_NS = 10_000_000_000L;

    /** Fewer refused ones prove nothing, and of fewer nobody can tell what was before. */
    static final int MESSAGES_MIN = 10;

    private static final int REMEMBERED_MAX = 6;
    private static final double MOST = 0.5;
    private static final int PERCENT = 100;

    private final RackMetrics metrics;
    /** Newest last. */
    private final Deque<Refusals> remembered = new ArrayDeque<>();

    RefusalWatch(RackMetrics metrics) {
        this.metrics = metrics;
    }

    /** Every {@link #EVERY_NS}. */
    synchronized void remember() {
        remembered.add(Refusals.now(metrics));
        if (remembered.size() > REMEMBERED_MAX) {
            remembered.remove();
        }
    }

    /** The beginning of a trial. */
    synchronized Mark mark() {
        return new Mark(remembered.isEmpty() ? Refusals.NONE : remembered.getFirst(), Refusals.now(metrics));
    }

    /** Of the counters when a change was applied, and of those of up to a minute before. */
    final class Mark {
        private final Refusals minuteBefore;
        private final Refusals applied;

        private Mark(Refusals minuteBefore, Refusals applied) {
            this.minuteBefore = minuteBefore;
            this.applied = applied;
        }

        /** That a gear refuses most of what it gets since then and did not before, with the figures; empty if that is not so. */
        String objectionTo(String gear) {
            Tally since = Refusals.now(metrics).since(applied, gear);
            if (since.refused() < MESSAGES_MIN || since.share() <= MOST) {
                return "";
            }
            Tally minute = applied.since(minuteBefore, gear);
            Tally before = minute.of() < MESSAGES_MIN ? applied.since(Refusals.NONE, gear) : minute;
            boolean known = before.of() >= MESSAGES_MIN;
            return !known || before.share() * 2 >= since.share() ? "" : text(gear, since, before);
        }

        private static String text(String gear, Tally since, Tally before) {
            String reasons = since.reasons().entrySet().stream()
                    .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                    .limit(3)
                    .map(reason -> reason.getKey() + " " + reason.getValue())
                    .collect(Collectors.joining(", "));
            return gear + " refused " + percent(since) + " of " + since.of() + " (" + reasons + "), what it replaced "
                    + percent(before) + " of " + before.of();
        }

        private static String percent(Tally tally) {
            return String.format(Locale.ROOT, "%.0f %%", Math.floor(tally.share() * PERCENT));
        }
    }
}
