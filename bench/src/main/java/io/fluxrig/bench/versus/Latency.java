package io.fluxrig.bench.versus;

import org.HdrHistogram.Histogram;

/**
 * How long answers took in one round at an offered rate.
 *
 * @param rate offered, messages a second
 * @param histogram nanoseconds from the intended time of sending; null where the contender could not carry the rate
 */
record Latency(int round, int inFlight, Contender contender, Level level, double rate, Histogram histogram) {
    private static final double MICRO = 1e3;

    boolean saturated() {
        return histogram == null;
    }

    /** @return microseconds, infinite where the rate was too much */
    double percentileUs(double percentile) {
        return saturated() ? Double.POSITIVE_INFINITY : histogram.getValueAtPercentile(percentile) / MICRO;
    }

    double maxUs() {
        return percentileUs(100);
    }
}
