package io.fluxrig.bench.reload;

import io.fluxrig.load.LoadResult;
import io.fluxrig.load.Percentiles;
import java.util.List;

/**
 * About a second of a load.
 *
 * @param p50Us of the latencies of its answers
 * @param p99Us likewise
 * @param maxUs likewise
 */
record Span(double p50Us, double p99Us, double maxUs) {
    private static final double US = 1e3;

    /** The load's seconds, by their numbers. */
    static List<Span> of(LoadResult result) {
        return result.seconds().stream().map(second -> of(second.latency())).toList();
    }

    private static Span of(Percentiles latency) {
        return new Span(latency.p50Ns() / US, latency.p99Ns() / US, latency.maxNs() / US);
    }
}
