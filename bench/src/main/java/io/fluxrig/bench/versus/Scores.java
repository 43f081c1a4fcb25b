package io.fluxrig.bench.versus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** All that was measured, and medians over its rounds. Not thread safe. */
final class Scores {
    private final List<Saturation> saturations = new ArrayList<>();
    private final List<Latency> latencies = new ArrayList<>();

    void add(Saturation saturation) {
        saturations.add(saturation);
    }

    void add(Latency latency) {
        latencies.add(latency);
    }

    List<Saturation> saturations() {
        return List.copyOf(saturations);
    }

    List<Latency> latencies() {
        return List.copyOf(latencies);
    }

    /** Depths that were measured, in order. */
    List<Integer> depths() {
        return saturations.stream().map(Saturation::inFlight).distinct().toList();
    }

    /** The median over the rounds so far; NaN if there is none. */
    double median(int inFlight, Contender contender, ToDoubleFunction<Saturation> figure) {
        return median(saturations.stream()
                .filter(saturation -> saturation.inFlight() == inFlight && saturation.contender() == contender)
                .mapToDouble(figure));
    }

    /** The highest throughput in any round at any depth; 0 if there is none. */
    double most(Contender contender) {
        return saturations.stream()
                .filter(saturation -> saturation.contender() == contender)
                .mapToDouble(Saturation::tps)
                .max()
                .orElse(0);
    }

    /** The median of the rounds' own ratios, so that what slows a whole round cancels out; NaN if there is none. */
    double ratio(int inFlight, Contender over, Contender under, ToDoubleFunction<Saturation> figure) {
        return median(saturations.stream()
                .filter(one -> one.inFlight() == inFlight && one.contender() == over)
                .flatMapToDouble(one -> saturations.stream()
                        .filter(other -> other.inFlight() == inFlight
                                && other.contender() == under
                                && other.round() == one.round())
                        .mapToDouble(other -> figure.applyAsDouble(one) / figure.applyAsDouble(other))));
    }

    /** The median of the rounds' own ratios at a percentile; infinite where {@code over} could not carry the load. */
    double ratio(int inFlight, Contender over, Contender under, Level level, double percentile) {
        return median(latencies(inFlight, over, level).stream()
                .flatMapToDouble(one -> latencies(inFlight, under, level).stream()
                        .filter(other -> other.round() == one.round() && !other.saturated())
                        .mapToDouble(other -> one.percentileUs(percentile) / other.percentileUs(percentile))));
    }

    /** The median over the rounds at a percentile in microseconds; infinite for saturated, NaN if there is none. */
    double latencyUs(int inFlight, Contender contender, Level level, double percentile) {
        return median(latencies(inFlight, contender, level).stream()
                .mapToDouble(latency -> latency.percentileUs(percentile)));
    }

    List<Latency> latencies(int inFlight, Contender contender, Level level) {
        return latencies.stream()
                .filter(latency -> latency.inFlight() == inFlight
                        && latency.contender() == contender
                        && latency.level().equals(level))
                .toList();
    }

    /** All rounds together; empty if it carried the load in none. */
    Optional<Histogram> curve(int inFlight, Contender contender, Level level) {
        return latencies(inFlight, contender, level).stream()
                .filter(latency -> !latency.saturated())
                .map(latency -> latency.histogram().copy())
                .reduce((sum, more) -> {
                    sum.add(more);
                    return sum;
                });
    }

    /** NaN of none, the mean of the middle two of an even number. */
    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0 || Arrays.stream(sorted).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
