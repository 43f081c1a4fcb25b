package io.fluxrig.mixer;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.mixer.enrol.Pace;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Which racks are there, and their traffic, as metrics of the mixer, by rack. Asked for on whatever thread reads them. */
final class FleetMetrics {
    /** Series of one metric; of more racks the first by name have one. */
    static final int RACKS_MAX = 1_000;

    private static final String RACK = "rack";
    private static final double US_PER_SECOND = 1e6;

    private FleetMetrics() {}

    /**
     * @param paces of the racks that are there, by name
     * @param there whether each rack that was approved is there, by name
     */
    static void register(
            RackMetrics metrics, Supplier<SortedMap<String, Pace>> paces, Supplier<SortedMap<String, Boolean>> there) {
        metrics.levels(
                "rack_there",
                "1 for an approved rack that is heard of, 0 for one that is away.",
                RACK,
                () -> values(there, is -> is ? 1 : 0));
        metrics.level(
                "fleet_racks_away",
                "Approved racks that are away.",
                () -> there.get().values().stream().filter(is -> !is).count());
        metrics.level(
                "fleet_requests_per_second",
                "Requests a second that the switches of all racks take.",
                () -> paces.get().values().stream()
                        .filter(Pace::isKnown)
                        .mapToDouble(Pace::requestsPerSecond)
                        .sum());
        byRack(
                metrics,
                paces,
                "requests_per_second",
                "Requests a second that the switches of a rack take.",
                Pace::requestsPerSecond);
        byRack(
                metrics,
                paces,
                "unanswered_per_second",
                "Requests a second of a rack that no issuer answers.",
                Pace::unansweredPerSecond);
        byRack(
                metrics,
                paces,
                "approved_ratio",
                "Of the requests of a rack that ended between two heartbeats, from 0 to 1.",
                Pace::approvedRatio);
        byRack(
                metrics,
                paces,
                "p99_seconds",
                "From a request taken to its answer handed on, between two heartbeats of a rack.",
                pace -> pace.traffic().p99Us() == null ? -1 : pace.traffic().p99Us() / US_PER_SECOND);
        byRack(
                metrics,
                paces,
                "destinations_down",
                "Destinations of a rack that are down: no link, no rack that can serve, or a breaker that is not closed.",
                pace -> pace.traffic().destinations() - pace.traffic().destinationsUp());
        byRack(
                metrics,
                paces,
                "breakers_open",
                "Destinations of a rack whose breaker is open or half-open.",
                pace -> pace.traffic().breakersOpen());
    }

    /** @param value negative for none */
    private static void byRack(
            RackMetrics metrics,
            Supplier<SortedMap<String, Pace>> paces,
            String name,
            String help,
            ToDoubleFunction<Pace> value) {
        metrics.levels("rack_" + name, help, RACK, () -> values(paces, value));
    }

    private static <T> Map<String, Double> values(Supplier<SortedMap<String, T>> racks, ToDoubleFunction<T> value) {
        Map<String, Double> values = new TreeMap<>();
        racks.get().entrySet().stream().limit(RACKS_MAX).forEach(rack -> {
            double now = value.applyAsDouble(rack.getValue());
            if (now >= 0) {
                values.put(rack.getKey(), now);
            }
        });
        return values;
    }
}
