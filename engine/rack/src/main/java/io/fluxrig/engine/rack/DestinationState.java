package io.fluxrig.engine.rack;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.MetricsSnapshot;
import io.fluxrig.engine.metrics.MetricsSnapshot.Sample;
import io.fluxrig.engine.strip.StripPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One destination of a conductor at one moment: may requests go there?
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

    /** Why nothing is sent there, null if something may be; a half-open breaker lets a few requests through. */
    String downBecause() {
        if (links == 0) {
            String far = cutOff ? FleetLinks.NO_NATS : "its rack is down or cannot serve";
            return away ? far : "no link";
        }
        return breaker == MetricNames.BREAKER_OPEN ? BREAKER : null;
    }

    boolean down() {
        return downBecause() != null;
    }

    /**
     * What is not as it should be about it; null if nothing is. One word for a breaker that is open or half-open: that of a dead host changes
     * from one to the other with every cooldown, which is no news.
     */
    private String ails() {
        String because = downBecause();
        return because == null && breaker != MetricNames.BREAKER_CLOSED ? BREAKER : because;
    }

    /** {@code switch.out_a1 (no link), switch.out_b (breaker open)}, of many the first; empty if nothing ails any. */
    static String ailing(List<DestinationState> all) {
        List<String> ailing = all.stream()
                .filter(state -> state.ails() != null)
                .map(state -> state.gear + "." + state.port + " (" + state.ails() + ")")
                .toList();
        String first = ailing.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return ailing.size() <= NAMED_MAX ? first : first + " and " + (ailing.size() - NAMED_MAX) + " more";
    }

    /** {@code 1 of 4 destinations down: out_silent (breaker open)}; empty if none is. */
    static String summary(List<DestinationState> all) {
        List<DestinationState> down =
                all.stream().filter(DestinationState::down).toList();
        if (down.isEmpty()) {
            return "";
        }
        return down.size() + " of " + all.size() + " destinations down: "
                + down.stream()
                        .map(state -> state.port + " (" + state.downBecause() + ")")
                        .collect(Collectors.joining(", "));
    }
}
