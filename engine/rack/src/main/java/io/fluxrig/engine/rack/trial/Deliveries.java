package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.MetricsSnapshot;
import io.fluxrig.engine.metrics.MetricsSnapshot.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of requests by destination, {@code switch.out_visa}, as conductors count it since the rack was started. A conductor and those
 * it replaced count together. Immutable.
 */
record Deliveries(Map<String, Delivery> byDestination) {
    static final Deliveries NONE = new Deliveries(Map.of());

    static final Set<String> NAMES = Set.of(
            MetricNames.DESTINATION_REQUESTS,
            MetricNames.DESTINATION_ANSWERS,
            MetricNames.DESTINATION_TIMEOUTS,
            MetricNames.DESTINATION_LATE,
            MetricNames.DESTINATION_SKIPPED,
            MetricNames.DESTINATION_IN_FLIGHT,
            MetricNames.DESTINATION_LINKS);

    /**
     * Of one destination, all strips added up.
     *
     * @param timedOut requests whose deadline passed without an answer
     * @param late those of them that were answered then
     * @param noLink requests that were for it and not sent there, since no link was up
     * @param leftOut the same, since its breaker was open
     * @param inFlight requests sent and neither answered nor timed out, now
     * @param links connections that are up behind it, now
     */
    record Delivery(
            long sent, long answered, long timedOut, long late, long noLink, long leftOut, long inFlight, long links) {
        static final Delivery NONE = new Delivery(0, 0, 0, 0, 0, 0, 0, 0);

        /** What came to that since then; the last two as they are now. */
        Delivery since(Delivery then) {
            return new Delivery(
                    sent - then.sent,
                    answered - then.answered,
                    timedOut - then.timedOut,
                    late - then.late,
                    noLink - then.noLink,
                    leftOut - then.leftOut,
                    inFlight,
                    links);
        }

        /** Both counted; the last two as they are here. */
        private Delivery plus(Delivery more) {
            return new Delivery(
                    sent + more.sent,
                    answered + more.answered,
                    timedOut + more.timedOut,
                    late + more.late,
                    noLink + more.noLink,
                    leftOut + more.leftOut,
                    inFlight,
                    links);
        }

        long skipped() {
            return noLink + leftOut;
        }

        /** Of what was for it and is decided, the part that was not answered; with so many that wait and will not be. */
        Share unanswered(long stuck) {
            long failed = timedOut + skipped() + stuck;
            return new Share(failed, failed + answered);
        }

        private static Delivery of(Map<String, Long> counts) {
            return new Delivery(
                    counts.getOrDefault(MetricNames.DESTINATION_REQUESTS, 0L),
                    counts.getOrDefault(MetricNames.DESTINATION_ANSWERS, 0L),
                    counts.getOrDefault(MetricNames.DESTINATION_TIMEOUTS, 0L),
                    counts.getOrDefault(MetricNames.DESTINATION_LATE, 0L),
                    counts.getOrDefault(MetricNames.SKIPPED_NO_LINK, 0L),
                    counts.getOrDefault(MetricNames.SKIPPED_BREAKER, 0L),
                    counts.getOrDefault(MetricNames.DESTINATION_IN_FLIGHT, 0L),
                    counts.getOrDefault(MetricNames.DESTINATION_LINKS, 0L));
        }
    }

    static Deliveries of(MetricsSnapshot snapshot) {
        Map<String, Map<String, Long>> counts = new HashMap<>();
        for (Sample sample : snapshot.values()) {
            if (NAMES.contains(sample.name())) {
                counts.computeIfAbsent(name(sample.labels()), absent -> new HashMap<>())
                        .merge(what(sample), Math.round(sample.value()), Long::sum);
            }
        }
        return new Deliveries(counts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Delivery.of(entry.getValue()))));
    }

    /** A destination's name by the labels of its metrics. */
    static String name(Map<String, String> labels) {
        return labels.get("gear") + "." + labels.get("destination");
    }

    Delivery to(String destination) {
        return byDestination.getOrDefault(destination, Delivery.NONE);
    }

    /** With what came between two others. */
    Deliveries plus(Deliveries from, Deliveries to) {
        Map<String, Delivery> sum = new HashMap<>(byDestination);
        to.byDestination.forEach((name, then) -> sum.put(name, to(name).plus(then.since(from.to(name)))));
        return new Deliveries(Map.copyOf(sum));
    }

    private static String what(Sample sample) {
        return sample.name().equals(MetricNames.DESTINATION_SKIPPED)
                ? sample.labels().get("reason")
                : sample.name();
    }
}
