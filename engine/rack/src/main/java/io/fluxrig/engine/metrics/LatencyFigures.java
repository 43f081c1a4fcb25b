package io.fluxrig.engine.metrics;

import org.HdrHistogram.Histogram;

/** The percentiles people ask for, in nanoseconds; all 0 while nothing was recorded. */
public record LatencyFigures(long count, long meanNs, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long maxNs) {

    /** Nothing recorded. */
    public static final LatencyFigures NONE = new LatencyFigures(0, 0, 0, 0, 0, 0, 0);

    static LatencyFigures of(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return NONE;
        }
        return new LatencyFigures(
                histogram.getTotalCount(),
                Math.round(histogram.getMean()),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }
}
