package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.MetricsSnapshot;
import io.fluxrig.engine.metrics.MetricsSnapshot.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often connections of I/O gears were closed by what is at their other end, or for what it sent, as counted since the rack was started.
 * A gear and those that it replaced count together. Immutable.
 */
record Closings(Map<String, Closing> byGear) {
    private static final String CLOSED = "connections_closed_total";
    private static final String FRAMES = "io_frames_in_total";
    private static final Set<String> REASONS =
            Set.of("peer_closed", "peer_reset", "length_too_large", "bad_frame", "not_an_mti");

    static final Set<String> NAMES = Set.of(CLOSED, FRAMES, MetricNames.CONNECTIONS_REFUSED, MetricNames.CONNECTIONS);

    static final Closings NONE = new Closings(Map.of());

    /**
     * Of one gear, all strips added up.
     *
     * @param closed connections that ended so
     * @param framesIn messages that came over any
     * @param up connections that are up now
     */
    record Closing(long closed, long framesIn, long up) {
        static final Closing NONE = new Closing(0, 0, 0);

        /** What came to that since then; those that are up as they are now. */
        Closing since(Closing then) {
            return new Closing(closed - then.closed, framesIn - then.framesIn, up);
        }

        private Closing plus(Sample sample) {
            long count = Math.round(sample.value());
            return switch (sample.name()) {
                case FRAMES -> new Closing(closed, framesIn + count, up);
                case MetricNames.CONNECTIONS -> new Closing(closed, framesIn, up + count);
                case CLOSED, MetricNames.CONNECTIONS_REFUSED ->
                    REASONS.contains(sample.labels().get("reason")) ? new Closing(closed + count, framesIn, up) : this;
                default -> this;
            };
        }
    }

    static Closings of(MetricsSnapshot snapshot) {
        Map<String, Closing> byGear = new HashMap<>();
        for (Sample sample : snapshot.values()) {
            String gear = sample.labels().get("gear");
            if (gear != null && NAMES.contains(sample.name())) {
                byGear.put(gear, byGear.getOrDefault(gear, Closing.NONE).plus(sample));
            }
        }
        return new Closings(Map.copyOf(byGear));
    }

    Closing at(String gear) {
        return byGear.getOrDefault(gear, Closing.NONE);
    }
}
