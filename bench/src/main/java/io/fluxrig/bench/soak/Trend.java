package io.fluxrig.bench.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The straight line through some points by least squares. */
final class Trend {
    private Trend() {}

    /**
     * How fast {@code y} rises with {@code x} over the second half of the points.
     *
     * @return y for each x; 0 where there are fewer than two points or all have the same x
     */
    static <T> double slope(List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        List<T> half = secondHalf(points);
        double meanX = half.stream().mapToDouble(x).average().orElse(0);
        double meanY = half.stream().mapToDouble(y).average().orElse(0);
        double above = 0;
        double below = 0;
        for (T point : half) {
            double dx = x.applyAsDouble(point) - meanX;
            above += dx * (y.applyAsDouble(point) - meanY);
            below += dx * dx;
        }
        return below == 0 ? 0 : above / below;
    }

    /** How much {@code y} rises over the second half of the points, along that line. */
    static <T> double rise(List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        List<T> half = secondHalf(points);
        double from = half.stream().mapToDouble(x).min().orElse(0);
        double to = half.stream().mapToDouble(x).max().orElse(0);
        return slope(points, x, y) * (to - from);
    }

    private static <T> List<T> secondHalf(List<T> points) {
        return points.subList(points.size() / 2, points.size());
    }
}
