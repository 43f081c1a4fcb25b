package io.fluxrig.bench.versus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result as one JSON object, for scripts.
 *
 * <pre>
 * conditions  { name: text }
 * saturation  [ { round, in_flight, contestant, tps, cpu_us, garbage_bytes, resident_bytes, start_ms } ]
 * open_loop   [ { round, in_flight, contestant, load, rate, saturated, p50_us, p99_us, p999_us, max_us } ]
 * ratios      { name: { in_flight: { value, unit, target, met } } }
 * </pre>
 *
 * <p>Percentiles and values of what was saturated are left out; {@code target} and {@code met} where there is no target.
 */
final class ProofJson {
    private static final double TENTH = 10;
    private static final double TEN_THOUSANDTH = 1e4;

    private ProofJson() {}

    static String of(Scores scores, List<Outcome> outcomes, Conditions conditions) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("conditions", conditions.facts());
        root.put(
                "saturation",
                scores.saturations().stream().map(ProofJson::fields).toList());
        root.put("open_loop", scores.latencies().stream().map(ProofJson::fields).toList());
        root.put("ratios", ratios(outcomes));
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> fields(Saturation saturation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("round", saturation.round());
        fields.put("in_flight", saturation.inFlight());
        fields.put("contestant", saturation.contender().label());
        number(fields, "tps", saturation.tps(), TENTH);
        number(fields, "cpu_us", saturation.cpuUs(), TEN_THOUSANDTH);
        number(fields, "garbage_bytes", saturation.garbageBytes(), TENTH);
        number(fields, "resident_bytes", saturation.residentBytes(), 1);
        number(fields, "start_ms", saturation.startMs(), TENTH);
        return fields;
    }

    private static Map<String, Object> fields(Latency latency) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("round", latency.round());
        fields.put("in_flight", latency.inFlight());
        fields.put("contestant", latency.contender().label());
        fields.put("load", latency.level().label());
        number(fields, "rate", latency.rate(), TENTH);
        fields.put("saturated", latency.saturated());
        number(fields, "p50_us", latency.percentileUs(50), TENTH);
        number(fields, "p99_us", latency.percentileUs(99), TENTH);
        number(fields, "p999_us", latency.percentileUs(99.9), TENTH);
        number(fields, "max_us", latency.maxUs(), TENTH);
        return fields;
    }

    private static Map<String, Map<String, Object>> ratios(List<Outcome> outcomes) {
        Map<String, Map<String, Object>> ratios = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            Map<String, Object> fields = new LinkedHashMap<>();
            number(fields, "value", outcome.value(), TEN_THOUSANDTH);
            if (!outcome.unit().isEmpty()) {
                fields.put("unit", outcome.unit().trim());
            }
            if (outcome.target() != null) {
                fields.put("target", outcome.target().text());
                fields.put("met", !outcome.missed());
            }
            ratios.computeIfAbsent(outcome.name(), name -> new LinkedHashMap<>())
                    .put(Integer.toString(outcome.inFlight()), fields);
        }
        return ratios;
    }

    /** JSON knows neither NaN nor infinity: such a value is left out. */
    private static void number(Map<String, Object> fields, String name, double value, double parts) {
        if (Double.isFinite(value)) {
            fields.put(name, Math.round(value * parts) / parts);
        }
    }
}
