package io.fluxrig.engine.gears.conductor;

import java.util.HashMap;
import java.util.Map;

/** A purchase, its answer, and the configuration of the conductor with two routes that they go through. */
final class Purchase {
    static final Map<Integer, String> REQUEST =
            Map.of(2, "4111111111111111", 3, "000000", 4, "000000001234", 11, "000042", 41, "TERM0001", 62, "PRIVATE");

    static final String CONFIG = "{ correlation_key: [iso8583.mti_class, stan, terminal.id],"
            + " confirm_fields: [rrn], park_fields: [iso8583.field.62], max_in_flight: 3,"
            + " valet: { default_ttl: 2s, retain_after_close: 1s },"
            + " breaker: { trip_after: 2, cooldown: 5s, half_open_probes: 1 },"
            + " routes: [ { name: a, match: { field: card.pan, prefix: '4' }, destination: { failover: [out_a, out_b] } },"
            + " { name: b, match: { field: card.pan, prefix: '5' }, destination: out_b, timeout: 500ms } ] }";

    private Purchase() {}

    static Map<Integer, String> answer(String code) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.remove(62);
        fields.put(39, code);
        return fields;
    }

    static Map<Integer, String> with(int field, String value) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.put(field, value);
        return fields;
    }

    static Map<Integer, String> without(int field) {
        Map<Integer, String> fields = new HashMap<>(REQUEST);
        fields.remove(field);
        return fields;
    }
}
