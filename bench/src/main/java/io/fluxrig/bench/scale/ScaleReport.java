package io.fluxrig.bench.scale;

import io.fluxrig.bench.rack.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines and JSON of the axes measured so far. */
final class ScaleReport {
    static final String HEADINGS = String.format(
            "%14s %10s %8s %10s | %10s %10s %8s", "", "tps", "CPU us", "garbage B", "tps ratio", "CPU ratio", "target");

    private final List<Map<String, Object>> axes = new ArrayList<>();

    static String axisLine(Axis axis) {
        return String.format("%s: %s", axis.varied(), axis.constant());
    }

    static String baseLine(Case base, List<Measurement> windows) {
        return String.format(
                Locale.ROOT,
                "%,14d %,10.0f %8.2f %10.1f | base case",
                base.value(),
                Median.of(windows, Measurement::tps),
                Median.of(windows, Measurement::cpuUs),
                Median.of(windows, Measurement::bytes));
    }

    static String line(Comparison comparison) {
        List<Measurement> windows = comparison.measured();
        String verdict = comparison.met() ? "" : "  missed";
        return String.format(
                Locale.ROOT,
                "%,14d %,10.0f %8.2f %10.1f | %10.2f %10.2f %8s%s",
                comparison.one().value(),
                Median.of(windows, Measurement::tps),
                Median.of(windows, Measurement::cpuUs),
                Median.of(windows, Measurement::bytes),
                comparison.ratio(Measurement::tps),
                comparison.cpuRatio(),
                Double.isNaN(comparison.target()) ? "" : String.format(Locale.ROOT, "%.2f", comparison.target()),
                verdict);
    }

    void add(Axis axis, List<Comparison> comparisons) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("axis", axis.name());
        fields.put("varied", axis.varied());
        fields.put("constant", axis.constant());
        fields.put("base", axis.base().value());
        fields.put("cases", comparisons.stream().map(ScaleReport::fields).toList());
        axes.add(fields);
    }

    /**
     * Everything, as JSON has it.
     *
     * @param about what was measured with: machine, JDK, options
     */
    Map<String, Object> fields(Map<String, Object> about) {
        Map<String, Object> fields = new LinkedHashMap<>(about);
        fields.put("axes", axes);
        return fields;
    }

    private static Map<String, Object> fields(Comparison comparison) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", comparison.one().value());
        fields.put("cpu_ratio", comparison.cpuRatio());
        fields.put("tps_ratio", comparison.ratio(Measurement::tps));
        if (!Double.isNaN(comparison.target())) {
            fields.put("target", comparison.target());
            fields.put("met", comparison.met());
        }
        fields.put(
                "base_rounds",
                comparison.base().stream().map(Measurement::fields).toList());
        fields.put(
                "rounds",
                comparison.measured().stream().map(Measurement::fields).toList());
        return fields;
    }
}
