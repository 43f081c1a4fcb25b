package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.trial.ChangedPaths.Destination;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a change has done so far, held against what was before: gears that refuse, requests that stay unanswered, links that do not hold. One
 * trial; one caller at a time.
 *
 * <p>Links that a change dials come up meanwhile, so nothing is said in the first fifth of the trial, two seconds at most.
 */
public final class Comparison {
    private static final long SETTLE_NS_MAX = 2_000_000_000L;
    private static final int SETTLE_PARTS = 5;
    private static final int LOOKS = 8;
    /** Hosts that were quick before may take their time for a first answer. */
    private static final long PATIENCE_NS_MIN = 2_000_000_000L;

    private final RackMetrics metrics;
    private final ChangedPaths paths;
    private final Baseline baseline;
    private final RefusalJudge refusals;
    private final LinkJudge links;
    private final Map<String, DeliveryJudge> deliveries = new LinkedHashMap<>();
    private final long startNs;
    private final long settleNs;
    private long lookedNs;

    Comparison(RackMetrics metrics, Baseline baseline, ChangedPaths paths, long startNs, long trialNs) {
        this.metrics = metrics;
        this.paths = paths;
        this.baseline = baseline;
        this.refusals = new RefusalJudge(baseline);
        this.links = new LinkJudge(baseline);
        this.startNs = startNs;
        this.settleNs = Math.min(SETTLE_NS_MAX, trialNs / SETTLE_PARTS);
        this.lookedNs = startNs;
        Map<String, Long> usual = paths.destinations().isEmpty() ? Map.of() : usualNs();
        for (Destination destination : paths.destinations()) {
            boolean known = DeliveryJudge.before(destination.name(), baseline) != null;
            long patienceNs = known ? 2 * usual.getOrDefault(destination.name(), 0L) : trialNs / 2;
            deliveries.put(
                    destination.name(),
                    new DeliveryJudge(destination, baseline, startNs, settleNs, Math.max(PATIENCE_NS_MIN, patienceNs)));
        }
    }

    /** In what time nine of ten requests to a destination were answered, by its name. */
    private Map<String, Long> usualNs() {
        return metrics.latencies(MetricNames.DESTINATION_LATENCY).stream()
                .collect(Collectors.toMap(
                        latency -> Deliveries.name(latency.labels()),
                        latency -> latency.sinceStart().p90Ns()));
    }

    Baseline baseline() {
        return baseline;
    }

    /** Takes note of what was sent until now; at each poll. */
    public void look(long nowNs) {
        if (!deliveries.isEmpty() && nowNs - lookedNs >= settleNs / LOOKS) {
            lookedNs = nowNs;
            Deliveries now = Figures.now(metrics).deliveries();
            deliveries.forEach((name, judge) -> judge.look(nowNs, now.to(name)));
        }
    }

    /** Whether links have had their time to come up. */
    public boolean isSettled(long nowNs) {
        return nowNs - startNs >= settleNs;
    }

    /** What is worse than before and by how much, in words; empty if nothing is. */
    public String objections(long nowNs) {
        Figures now = Figures.now(metrics);
        return Stream.of(
                        paths.replacing().stream().map(gear -> refusals.objectionTo(gear, now.refusals())),
                        deliveries.entrySet().stream()
                                .map(each -> each.getValue()
                                        .objection(nowNs, now.deliveries().to(each.getKey()))),
                        paths.clients().stream().sorted().map(client -> links.objectionTo(client, now.closings())))
                .flatMap(texts -> texts)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
