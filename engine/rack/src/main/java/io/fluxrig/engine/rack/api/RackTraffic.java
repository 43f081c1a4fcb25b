package io.fluxrig.engine.rack.api;

import io.fluxrig.engine.control.Traffic;
import io.fluxrig.engine.gear.ErrorReasons;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.LatencyFigures;
import io.fluxrig.engine.metrics.LatencySince;
import io.fluxrig.engine.metrics.MetricsSnapshot;
import io.fluxrig.engine.metrics.MetricsSnapshot.Sample;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A rack's traffic as its heartbeats say it, made of the metrics that {@link RackStatus} is made of. One thread. */
public final class RackTraffic {
    private static final Set<String> NAMES = Set.of(
            MetricNames.REQUESTS,
            MetricNames.ANSWERS,
            MetricNames.ERRORS,
            MetricNames.DESTINATION_REQUESTS,
            MetricNames.DESTINATION_BREAKER);
    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_US = 1_000;

    /** Ticks are a second apart: in this time there is one, however they fall. */
    private static final long INTERVAL_NS_MIN = 2_000 * NS_PER_MS;

    private final RackSupervisor supervisor;
    private final RackMetrics metrics;
    private final LatencySince latency;
    private LatencyFigures figures = LatencyFigures.NONE;
    private long readNs;

    public RackTraffic(RackSupervisor supervisor, RackMetrics metrics) {
        this.supervisor = supervisor;
        this.metrics = metrics;
        this.latency = new LatencySince(metrics, MetricNames.LATENCY);
    }

    /** Null for a rack without a switch. */
    public Traffic now() {
        MetricsSnapshot counted = metrics.snapshot(NAMES);
        if (counted.of(MetricNames.REQUESTS).findAny().isEmpty()) {
            return null;
        }
        long upNs = supervisor.uptimeNs();
        if (upNs - readNs >= INTERVAL_NS_MIN) {
            figures = latency.next();
            readNs = upNs;
        }
        List<DestinationState> destinations = DestinationState.all(supervisor, counted);
        return new Traffic(
                upNs / NS_PER_MS,
                counted.sum(MetricNames.REQUESTS),
                sum(counted, MetricNames.ANSWERS, "result", "approved"::equals),
                sum(counted, MetricNames.ANSWERS, "result", result -> !result.equals("approved")),
                sum(counted, MetricNames.ERRORS, "reason", ErrorReasons.TIMEOUT::equals),
                sum(counted, MetricNames.ERRORS, "reason", RackTraffic::isOtherError),
                sum(counted, MetricNames.ERRORS, "reason", ErrorReasons.UNMATCHED_REPLY::equals),
                figures.count() == 0 ? null : Long.valueOf(figures.p50Ns() / NS_PER_US),
                figures.count() == 0 ? null : Long.valueOf(figures.p99Ns() / NS_PER_US),
                destinations.size(),
                count(destinations, state -> !state.down()),
                count(destinations, state -> state.breaker() != MetricNames.BREAKER_CLOSED),
                DestinationState.ailing(destinations));
    }

    private static boolean isOtherError(String reason) {
        return !reason.equals(ErrorReasons.TIMEOUT) && !reason.equals(ErrorReasons.UNMATCHED_REPLY);
    }

    private static long sum(MetricsSnapshot counted, String name, String label, Predicate<String> which) {
        return Math.round(counted.of(name)
                .filter(sample -> which.test(sample.labels().getOrDefault(label, "")))
                .mapToDouble(Sample::value)
                .sum());
    }

    private static int count(List<DestinationState> destinations, Predicate<DestinationState> which) {
        return (int) destinations.stream().filter(which).count();
    }
}
