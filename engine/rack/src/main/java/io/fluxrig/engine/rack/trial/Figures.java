package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.metrics.MetricsSnapshot;
import io.fluxrig.engine.metrics.RackMetrics;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that a trial looks at, as counted since the rack was started. Immutable; {@link #now} on any thread. */
record Figures(Refusals refusals, Deliveries deliveries, Closings closings) {
    static final Figures NONE = new Figures(Refusals.NONE, Deliveries.NONE, Closings.NONE);

    private static final Set<String> NAMES = Stream.of(Refusals.NAMES, Deliveries.NAMES, Closings.NAMES)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** With what refusals and deliveries came between two others; of links nobody asks for more than a minute. */
    Figures plus(Figures from, Figures to) {
        return new Figures(
                refusals.plus(from.refusals, to.refusals), deliveries.plus(from.deliveries, to.deliveries), closings);
    }

    /** Reads the counters; strips go on. */
    static Figures now(RackMetrics metrics) {
        MetricsSnapshot snapshot = metrics.snapshot(NAMES);
        return new Figures(Refusals.of(snapshot), Deliveries.of(snapshot), Closings.of(snapshot));
    }
}
