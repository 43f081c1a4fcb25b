package io.fluxrig.bench.scale;

import io.fluxrig.bench.rack.Measurement;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of some figures; of an even number of them the mean of the middle two. */
final class Median {
    private Median() {}

    static double of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double of(List<Measurement> windows, ToDoubleFunction<Measurement> figure) {
        return of(windows.stream().mapToDouble(figure).toArray());
    }
}
