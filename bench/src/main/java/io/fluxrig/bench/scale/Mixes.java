package io.fluxrig.bench.scale;

import io.fluxrig.load.mix.Mix;
import io.fluxrig.load.mix.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is sent: purchases with cards spread over the whole of {@link BinRanges}, two of three of them scheme A's. */
final class Mixes {
    private static final int USUAL_FIELDS = 16;
    private static final int[] FIELD_COUNTS = {8, USUAL_FIELDS, 24, 32, 40};
    private static final Map<Integer, String> FIELDS = fields();

    private Mixes() {}

    /** Messages of 16 fields. */
    static Mix spread() {
        return withFields(USUAL_FIELDS);
    }

    /** The numbers of fields that can be had, base case first. */
    static int[] fieldCounts() {
        return FIELD_COUNTS.clone();
    }

    /** Messages of so many fields, card number included. */
    static Mix withFields(int count) {
        Map<Integer, String> fields = new LinkedHashMap<>();
        FIELDS.entrySet().stream().limit(count - 1L).forEach(field -> fields.put(field.getKey(), field.getValue()));
        return new Mix(
                count + " fields",
                List.of(
                        template("scheme A", 2, 100, fields, "$PAN(4,16)"),
                        template("scheme B", 1, 100, fields, "$PAN(5,16)")));
    }

    /**
     * For tickets that stay open: of another class than the measured traffic, so that no number of one is a number of the
     * other, with cards of the host that never answers.
     */
    static Template held() {
        Map<Integer, String> fields = new LinkedHashMap<>();
        FIELDS.entrySet().stream()
                .limit(USUAL_FIELDS - 1L)
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        return template("held open", 1, 200, fields, "$PAN(62,16)");
    }

    private static Template template(String name, int weight, int mti, Map<Integer, String> fields, String pan) {
        Map<Integer, String> all = new LinkedHashMap<>(fields);
        all.put(2, pan);
        return new Template(name, weight, mti, all);
    }

    /** In the order in which they are added; those of the usual message first. */
    private static Map<Integer, String> fields() {
        Map<Integer, String> fields = new LinkedHashMap<>();
        fields.put(3, "000000");
        fields.put(4, "$RAND(100,50000)");
        fields.put(7, "$NOW");
        fields.put(11, "$STAN");
        fields.put(37, "$RRN");
        fields.put(41, "$TERM");
        fields.put(49, "978");
        fields.put(12, "$NOW");
        fields.put(13, "$NOW");
        fields.put(14, "3012");
        fields.put(18, "5411");
        fields.put(22, "051");
        fields.put(25, "00");
        fields.put(32, "12345678");
        fields.put(42, "FLUXRIG DEMO 01");
        fields.put(5, "000000010000");
        fields.put(6, "000000010000");
        fields.put(9, "00000001");
        fields.put(10, "00000001");
        fields.put(15, "1126");
        fields.put(16, "1126");
        fields.put(17, "1126");
        fields.put(19, "276");
        fields.put(20, "276");
        fields.put(21, "276");
        fields.put(23, "001");
        fields.put(24, "100");
        fields.put(26, "12");
        fields.put(27, "6");
        fields.put(33, "87654321");
        fields.put(34, "8765432187654321");
        fields.put(40, "201");
        fields.put(43, "FLUXRIG DEMO STORE      BERLIN        DE");
        fields.put(44, "ADDITIONAL");
        fields.put(45, "TRACK ONE LEFT OUT HERE");
        fields.put(50, "978");
        fields.put(51, "978");
        fields.put(54, "0002978C000000010000");
        fields.put(60, "ACQUIRER DATA OF SOME LENGTH");
        return fields;
    }
}
