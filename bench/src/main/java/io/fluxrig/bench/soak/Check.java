package io.fluxrig.bench.soak;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that the soak has to show.
 *
 * @param name in words
 * @param value found
 * @param limit highest value that passes
 * @param unit of both, empty for a count
 */
record Check(String name, double value, double limit, String unit) {
    /** False too where nothing was found. */
    boolean passes() {
        return value <= limit;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-4s %-58s %,14.2f  at most %,12.2f %s",
                passes() ? "ok" : "FAIL",
                name,
                value,
                limit,
                unit);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", name);
        fields.put("value", value);
        fields.put("limit", limit);
        fields.put("unit", unit);
        fields.put("passes", passes());
        return fields;
    }
}
