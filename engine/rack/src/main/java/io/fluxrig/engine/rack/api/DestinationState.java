package io.fluxrig.engine.rack.api;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.MetricsSnapshot;
import io.fluxrig.engine.metrics.MetricsSnapshot.Sample;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.wire.FleetLinks;
import io.fluxrig.engine.strip.plan.StripPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One destination of a conductor at one moment. It is up while a link is up behind it, or a rack that can serve it, and its breaker is closed;
 * else it is down, and {@link #downBecause} says why. {@code /health}, {@code /status}, heartbeats and all that is made of these mean that by up and down.
 *
 * @param gear the conductor
 * @param port its output port, such as {@code out_a1}
 * @param labels of the destination's metrics
 * @param links connections that are up behind it, or racks that can serve it
 * @param away whether it leads to another rack
 * @param cutOff whether there is no way to other racks at all
 * @param breaker {@link MetricNames#BREAKER_CLOSED} and so on
 */
record DestinationState(
        String gear, String port, Map<String, String> labels, int links, boolean away, boolean cutOff, long breaker) {

    private static final String BREAKER = "breaker open";

    /** Of those that are named in one line. */
    private static final int NAMED_MAX = 6;

    /** Every destination of the rack's conductors. Any thread. */
    static List<DestinationState> all(RackSupervisor supervisor, MetricsSnapshot metrics) {
        StripPlan plan = supervisor.plan().strips();
        return metrics.of(MetricNames.DESTINATION_REQUESTS)
                .map(Sample::labels)
                .filter(labels -> plan.ordinalOf(labels.get("gear")) >= 0) // not of a change under way, or given up
                .filter(labels -> !supervisor.hadOnce(labels.get("gear"), labels.get("destination")))
                .map(labels -> of(supervisor, plan.ordinalOf(labels.get("gear")), metrics, labels))
                .toList();
    }

    private static DestinationState of(
            RackSupervisor supervisor, int ordinal, MetricsSnapshot metrics, Map<String, String> labels) {
        String gear = labels.get("gear");
        String port = labels.get("destination");
        long breaker = metrics.of(MetricNames.DESTINATION_BREAKER)
                .filter(sample -> sample.labels().equals(labels))
                .mapToLong(sample -> Math.round(sample.value()))
                .sum();
        return new DestinationState(
                gear,
                port,
                labels,
                supervisor.bank().linksUp(ordinal, port),
                supervisor.bank().leadsAway(ordinal, port),
                supervisor.fleetLinks().cutOff(),
                breaker);
    }

    /**
     * Why it is down, null if it is up. One word for a breaker that is open or half-open: that of a dead host changes from one to the other with
     * every cooldown, while no more than a few requests go there to try it.
     */
    String downBecause() {
        if (links == 0) {
            String far = cutOff ? FleetLinks.NO_NATS : "its rack is down or cannot serve";
            return away ? far : "no link";
        }
        return breaker == MetricNames.BREAKER_CLOSED ? null : BREAKER;
    }

    boolean down() {
        return downBecause() != null;
    }

    /** As the scenario's wires name it. */
    private String name() {
        return gear + "." + port;
    }

    /** {@code switch.out_a1 (no link), switch.out_b (breaker open)}, of many the first; empty if none is down. */
    static String ailing(List<DestinationState> all) {
        List<String> down = all.stream()
                .filter(DestinationState::down)
                .map(state -> state.name() + " (" + state.downBecause() + ")")
                .toList();
        String first = down.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return down.size() <= NAMED_MAX ? first : first + " and " + (down.size() - NAMED_MAX) + " more";
    }

    /** {@code 1 of 4 destinations down: switch.out_silent (breaker open)}, of many the first; empty if none is. */
    static String summary(List<DestinationState> all) {
        long down = all.stream().filter(DestinationState::down).count();
        return down == 0 ? "" : down + " of " + all.size() + " destinations down: " + ailing(all);
    }
}
