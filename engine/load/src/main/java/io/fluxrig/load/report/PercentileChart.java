package io.fluxrig.load.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Latency distributions of nanoseconds over each other, each further nine the same way. */
public final class PercentileChart {
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final long LOW_DEFAULT_NS = 1_000;

    private PercentileChart() {}

    /**
     * One of them.
     *
     * @param colour 0, 1 or 2, the same for the same thing in all charts of a page
     */
    public record Curve(int colour, String name, Histogram histogram) {}

    /**
     * The chart.
     *
     * @param curves in the order of the legend
     * @param nothing what to write where none of them holds a value: why
     */
    public static String svg(String title, List<Curve> curves, String nothing) {
        long count = 1;
        long low = Long.MAX_VALUE;
        long high = 0;
        List<LineChart.Series> series = new ArrayList<>();
        for (Curve curve : curves) {
            Histogram histogram = curve.histogram();
            count = Math.max(count, histogram.getTotalCount());
            low = Math.min(low, histogram.getMinNonZeroValue());
            high = Math.max(high, histogram.getMaxValue());
            series.add(new LineChart.Series(curve.colour(), curve.name(), points(histogram)));
        }
        Axis y = Axis.logNanos(low == Long.MAX_VALUE ? LOW_DEFAULT_NS : low, high);
        return new LineChart(title, Axis.percentile(count), y, series, nothing).svg();
    }

    private static List<LineChart.Point> points(Histogram histogram) {
        List<LineChart.Point> points = new ArrayList<>();
        if (histogram.getTotalCount() == 0) {
            return points;
        }
        for (HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
            double percentile = value.getPercentileLevelIteratedTo();
            long ns = value.getValueIteratedTo();
            points.add(new LineChart.Point(
                    percentile, ns, String.format("%.5g", percentile) + " %: " + Figures.duration(ns)));
        }
        return points;
    }
}
