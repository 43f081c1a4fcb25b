package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.rack.trial.ChangedPaths.Destination;
import io.fluxrig.engine.rack.trial.Deliveries.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether requests to a destination stay unanswered since a change where they did not before. One trial; one caller at a time.
 *
 * <pre>
 *   change --------- settled ---------------------- now - patience ------------ now
 *     '-- sent, and unanswered by now: failed ------------'  '-- may be answered yet
 *                        '-- not sent: no link, breaker open: failed -------------'
 * </pre>
 *
 * <p>A deadline may be longer than the trial, so a request counts as unanswered once it has waited for longer than most did before. Whose answer
 * came cannot be told by counters: every answer since the change counts as one of the requests in question, also where it is not, and a
 * timeout as one of those from before for as long as it may be. That errs on the side of the change.
 */
final class DeliveryJudge {
    /** What was sent until then. */
    private record Look(long atNs, long sent) {}

    private final Destination destination;
    private final Delivery applied;
    /** Null where nobody knows. */
    private final Share before;

    private final long settledNs;
    private final long patienceNs;
    /** Oldest first; the first is the newest that is as old as patience, as soon as there is one: as many as looks in that time. */
    private final Deque<Look> looks = new ArrayDeque<>();
    /** What had not been sent when links had had their time; null until then. */
    private Delivery settled;

    /**
     * @param startNs when the change was applied, by the clock's {@code nanoTime()}
     * @param settleNs for how long what is not sent counts for nothing, since links come up
     * @param patienceNs how long an answer may take before it counts as none
     */
    DeliveryJudge(Destination destination, Baseline baseline, long startNs, long settleNs, long patienceNs) {
        this.destination = destination;
        this.applied = baseline.applied().deliveries().to(destination.name());
        this.before = before(destination.name(), baseline);
        this.settledNs = startNs + settleNs;
        this.patienceNs = patienceNs;
        looks.add(new Look(startNs, applied.sent()));
    }

    /** What part was not answered in the minute before the change, or ever if that was quiet; null if that was too little to tell. */
    static Share before(String destination, Baseline baseline) {
        Delivery until = baseline.until().deliveries().to(destination);
        long sentLately = until.sent()
                - baseline.lastBefore().deliveries().to(destination).sent();
        long stuck = Math.max(0, until.inFlight() - sentLately);
        Share minute = until.since(baseline.minuteBefore().deliveries().to(destination))
                .unanswered(stuck);
        Share life = until.since(baseline.start().deliveries().to(destination)).unanswered(stuck);
        if (minute.isKnown()) {
            return minute;
        }
        return life.isKnown() ? life : null;
    }

    /** Remembers what was sent until now; now and then, at least as often as an eighth of the patience. */
    void look(long nowNs, Delivery now) {
        looks.add(new Look(nowNs, now.sent()));
        while (looks.size() > 1 && nowNs - second().atNs >= patienceNs) {
            looks.remove();
        }
        if (settled == null && nowNs - settledNs >= 0) {
            settled = now;
        }
    }

    private Look second() {
        Iterator<Look> each = looks.iterator();
        each.next();
        return each.next();
    }

    /** That most requests since the change came to nothing, with the figures; empty if that is not so. */
    String objection(long nowNs, Delivery now) {
        Delivery since = now.since(applied);
        boolean away = destination.throughConductorOnly() && now.links() == 0;
        if (away) {
            return ""; // a conductor takes down no links
        }
        long unanswered = unanswered(nowNs, since);
        long noLink = before == null || settled == null || destination.throughConductorOnly()
                ? 0
                : now.noLink() - settled.noLink();
        long leftOut = before == null || settled == null ? 0 : now.leftOut() - settled.leftOut();
        long failed = unanswered + noLink + leftOut;
        Share share = new Share(failed, failed + since.answered());
        boolean fails = before == null ? share.isMost() && since.answered() == 0 : share.isWorseThan(before);
        return fails ? text(share, unanswered, since.late(), noLink, leftOut) : "";
    }

    private long unanswered(long nowNs, Delivery since) {
        Look oldest = looks.getFirst();
        long sentLongAgo = nowNs - oldest.atNs >= patienceNs ? oldest.sent - applied.sent() : 0;
        long timedOut = since.timedOut() - applied.inFlight();
        return Math.max(0, Math.max(sentLongAgo - since.answered(), timedOut));
    }

    private String text(Share share, long unanswered, long late, long noLink, long leftOut) {
        String reasons = Stream.of(
                        count(unanswered, "sent without an answer in time"),
                        count(late, "answered late"),
                        count(noLink, "not sent: no link"),
                        count(leftOut, "not sent: breaker open"))
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.joining(", "));
        return destination.name() + ": " + (share.of() - share.failed()) + " of " + share.of()
                + " requests answered since the change (" + reasons + "), "
                + (before == null
                        ? "and next to nothing was sent there before"
                        : before.percentWell() + " of " + before.of() + " before");
    }

    private static String count(long count, String what) {
        return count > 0 ? count + " " + what : "";
    }
}
