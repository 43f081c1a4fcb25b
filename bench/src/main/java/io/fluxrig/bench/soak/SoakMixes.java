package io.fluxrig.bench.soak;

import io.fluxrig.load.mix.Mix;
import io.fluxrig.load.mix.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the soak's terminals send. DE 25 tells the issuers of {@code bench/scenarios/soak-issuer-*.yaml} how to behave. */
final class SoakMixes {
    private static final String SCHEME_A = "$PAN(411111,16)";
    private static final String SCHEME_B = "$PAN(541333,16)";
    private static final String NOBODY = "$PAN(999999,16)";

    private SoakMixes() {}

    /** Purchases that are approved at once. */
    static Mix calm() {
        return new Mix(
                "calm", List.of(template("scheme A", 65, "00", SCHEME_A), template("scheme B", 35, "00", SCHEME_B)));
    }

    /** One in thirty is answered slowly, late, twice, not at all, with a decline, or has a card that nobody owns. */
    static Mix trouble() {
        List<Template> templates = new ArrayList<>();
        for (String pan : List.of(SCHEME_A, SCHEME_B)) {
            boolean a = pan.equals(SCHEME_A);
            String scheme = a ? "A" : "B";
            templates.add(template(scheme, a ? 62_000 : 34_000, "00", pan));
            templates.add(template(scheme + " slow", 600, "01", pan));
            templates.add(template(scheme + " late", 15, "02", pan));
            templates.add(template(scheme + " twice", 600, "03", pan));
            templates.add(template(scheme + " silent", 15, "04", pan));
            templates.add(template(scheme + " declined", 600, "05", pan));
        }
        templates.add(template("nobody's card", 200, "00", NOBODY));
        return new Mix("trouble", templates);
    }

    private static Template template(String name, int weight, String behaviour, String pan) {
        Map<Integer, String> fields = new LinkedHashMap<>();
        fields.put(2, pan);
        fields.put(3, "000000");
        fields.put(4, "$RAND(100,50000)");
        fields.put(7, "$NOW");
        fields.put(11, "$STAN");
        fields.put(12, "$NOW");
        fields.put(13, "$NOW");
        fields.put(14, "3012");
        fields.put(18, "5411");
        fields.put(22, "051");
        fields.put(25, behaviour);
        fields.put(32, "12345678");
        fields.put(37, "$RRN");
        fields.put(41, "$TERM");
        fields.put(42, "FLUXRIG DEMO 01");
        fields.put(49, "978");
        return new Template(name, weight, 100, fields);
    }
}
