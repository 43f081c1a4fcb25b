package io.fluxrig.load;

import org.HdrHistogram.Histogram;

/**
 * A latency distribution in figures; nanoseconds, 0 where nothing was recorded.
 *
 * @param count recorded latencies
 */
public record Percentiles(long count, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long p9999Ns, long maxNs) {

    public static Percentiles of(Histogram histogram) {
        return new Percentiles(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getValueAtPercentile(99.99),
                histogram.getMaxValue());
    }
}
