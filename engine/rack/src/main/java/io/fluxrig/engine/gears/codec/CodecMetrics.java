package io.fluxrig.engine.gears.codec;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.perf.count.Counter;

/**
 * The counters of one codec gear on one strip: refusals by code and by field, at most one counter for each of the 13 codes
 * and 193 fields, made when first needed. Strip thread writes.
 */
final class CodecMetrics {
    private static final String[] CODES = {
        "none",
        "truncated",
        "length_malformed",
        "length_out_of_bounds",
        "character",
        "field_undefined",
        "tag",
        "bitmap",
        "trailing_bytes",
        "limit",
        "no_room",
        "kind",
        "mti",
        "code"
    };

    final Counter decoded;
    final Counter encoded;
    final Counter passedThrough;
    final Counter reentered;
    final Counter invalid;
    final Counter enforced;
    final ViolationCounters violations;
    private final GearMetrics metrics;
    private final Counter[] decodeCodes = new Counter[CODES.length];
    private final Counter[] encodeCodes = new Counter[CODES.length];
    private final Counter[] fields = new Counter[193];

    CodecMetrics(GearMetrics metrics) {
        this.metrics = metrics;
        decoded = metrics.counter("codec_decoded_total", "messages decoded");
        encoded = metrics.counter("codec_encoded_total", "messages encoded");
        passedThrough = metrics.counter("codec_passed_through_total", "messages whose bytes were still right");
        invalid = metrics.counter("codec_invalid_total", "messages that do not keep what the spec says of them");
        enforced = metrics.counter(
                MetricNames.CODEC_ENFORCED, "messages refused because they do not keep what the spec says of them");
        violations = new ViolationCounters(metrics);
        reentered = metrics.counter("codec_reentered_total", "messages refused because their wires lead back here");
        for (int code = 1; code < CODES.length; code++) {
            decodeCodes[code] = errors("decode", CODES[code]);
            encodeCodes[code] = errors("encode", CODES[code]);
        }
    }

    /** Counts a refusal by its code, and by its field if it names one. */
    void refused(boolean encoding, CodecError error) {
        int code = Math.min(-error.code(), CODES.length - 1);
        (encoding ? encodeCodes : decodeCodes)[code].increment();
        int field = field(error.path());
        if (field >= 0) {
            if (fields[field] == null) {
                fields[field] = metrics.counter(
                        "codec_field_errors_total", "refusals at a field", "field", Integer.toString(field));
            }
            fields[field].increment();
        }
    }

    private Counter errors(String direction, String code) {
        return metrics.counter(
                "codec_errors_total", "messages refused by the codec", "direction", direction, "code", code);
    }

    /** 55 of {@code DE 55.9F26}; -1 where the path is no field's. */
    private static int field(String path) {
        int number = 0;
        int at = path.startsWith("DE ") ? 3 : path.length();
        int begin = at;
        while (at < path.length() && path.charAt(at) >= '0' && path.charAt(at) <= '9' && number < 193) {
            number = number * 10 + path.charAt(at++) - '0';
        }
        return at > begin && number < 193 ? number : -1;
    }
}
