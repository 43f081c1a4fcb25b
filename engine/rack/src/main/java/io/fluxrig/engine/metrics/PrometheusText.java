package io.fluxrig.engine.metrics;

import io.fluxrig.engine.metrics.Family.Kind;
import io.fluxrig.engine.metrics.Family.Series;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Writes metrics in Prometheus' text exposition format 0.0.4. Names get the prefix {@code fluxrig_}; a histogram is written
 * in classic buckets, and its exact percentiles since the start beside it as {@code NAME_quantile_seconds}.
 */
final class PrometheusText {
    /** The content type of the format. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "fluxrig_";
    private static final double NANOS = 1e9;
    private static final long[] BOUNDS_NS = {
        50_000L,
        100_000L,
        250_000L,
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L,
        30_000_000_000L
    };
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 1};

    private PrometheusText() {}

    static String write(Collection<Family> families) {
        StringBuilder out = new StringBuilder(16_384);
        for (Family family : families) {
            String name = PREFIX + family.name();
            if (family.kind() == Kind.LATENCY) {
                histogram(out, name, family);
                quantiles(out, name, family);
            } else {
                boolean rises = family.kind() == Kind.COUNTER || family.kind() == Kind.PROBED_COUNTER;
                header(out, name, family.help(), rises ? "counter" : "gauge");
                for (Series series : family.series()) {
                    line(out, name, series.labels(), series.value());
                }
            }
        }
        return out.toString();
    }

    private static void histogram(StringBuilder out, String name, Family family) {
        header(out, name, family.help(), "histogram");
        for (Series series : family.series()) {
            Histogram total = series.figures().sinceStart();
            long[] counts = cumulative(total);
            for (int i = 0; i < BOUNDS_NS.length; i++) {
                line(out, name + "_bucket", with(series.labels(), "le", number(BOUNDS_NS[i] / NANOS)), (double)
                        counts[i]);
            }
            line(out, name + "_bucket", with(series.labels(), "le", "+Inf"), (double) total.getTotalCount());
            double sum = total.getTotalCount() == 0 ? 0 : total.getMean() * total.getTotalCount() / NANOS;
            line(out, name + "_sum", series.labels(), sum);
            line(out, name + "_count", series.labels(), (double) total.getTotalCount());
        }
    }

    private static long[] cumulative(Histogram total) {
        long[] counts = new long[BOUNDS_NS.length];
        for (HistogramIterationValue step : total.recordedValues()) {
            for (int i = BOUNDS_NS.length - 1; i >= 0 && step.getValueIteratedTo() <= BOUNDS_NS[i]; i--) {
                counts[i] += step.getCountAddedInThisIterationStep();
            }
        }
        return counts;
    }

    private static void quantiles(StringBuilder out, String name, Family family) {
        String stem = name.endsWith("_seconds") ? name.substring(0, name.length() - 8) : name;
        String quantileName = stem + "_quantile_seconds";
        header(out, quantileName, family.help() + " (percentiles since the start)", "gauge");
        for (Series series : family.series()) {
            Histogram total = series.figures().sinceStart();
            for (double quantile : QUANTILES) {
                double value = total.getTotalCount() == 0 ? 0 : total.getValueAtPercentile(quantile * 100) / NANOS;
                line(out, quantileName, with(series.labels(), "quantile", number(quantile)), value);
            }
        }
    }

    private static List<String> with(List<String> labels, String name, String value) {
        List<String> all = new java.util.ArrayList<>(labels);
        all.add(name);
        all.add(value);
        return all;
    }

    private static void header(StringBuilder out, String name, String help, String type) {
        out.append("# HELP ").append(name).append(' ');
        out.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, List<String> labels, double value) {
        out.append(name);
        for (int i = 0; i < labels.size(); i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels.get(i)).append("=\"");
            out.append(escaped(labels.get(i + 1))).append('"');
        }
        out.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Whole numbers without a fraction, others with as many digits as they need. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.9f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
