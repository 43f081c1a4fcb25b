package io.fluxrig.bench.versus;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measurements as a run would have made them. */
final class Samples {
    static final int LATENCIES = 1000;
    static final Conditions CONDITIONS = new Conditions(Map.of("connections", "32"));

    private Samples() {}

    static Saturation saturation(int round, int inFlight, Contender contender, double tps) {
        return new Saturation(round, inFlight, contender, 500, tps, 1e6 / tps, 11, 2e8);
    }

    /** All answers took the same time. */
    static Latency latency(int round, int inFlight, Contender contender, Level level, long us) {
        Histogram histogram = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        histogram.recordValueWithCount(TimeUnit.MICROSECONDS.toNanos(us), LATENCIES);
        return new Latency(round, inFlight, contender, level, 1000, histogram);
    }

    static Latency saturated(int round, int inFlight, Contender contender, Level level) {
        return new Latency(round, inFlight, contender, level, 1000, null);
    }

    /** One round, 8 in flight: a rack at seven tenths of the limit and ten times jPOS, which half of the limit is too much for. */
    static Scores oneRound() {
        Scores scores = new Scores();
        scores.add(saturation(1, 8, Contender.LIMIT, 300_000));
        scores.add(saturation(1, 8, Contender.FLUXRIG, 210_000));
        scores.add(saturation(1, 8, Contender.JPOS, 21_000));
        scores.add(latency(1, 8, Contender.LIMIT, Level.HALF_OF_LIMIT, 100));
        scores.add(latency(1, 8, Contender.FLUXRIG, Level.HALF_OF_LIMIT, 250));
        scores.add(saturated(1, 8, Contender.JPOS, Level.HALF_OF_LIMIT));
        scores.add(latency(1, 8, Contender.FLUXRIG, Level.HALF_OF_JPOS, 80));
        scores.add(latency(1, 8, Contender.JPOS, Level.HALF_OF_JPOS, 800));
        return scores;
    }
}
