package io.fluxrig.load.mix;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Format;
import io.fluxrig.iso.spec.MessageType;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.Usage;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Derives a mix from a spec: one template for each request of its catalog, with the fields that it says are mandatory and
 * those by which an answer is matched. Values come from the spec's formats and enumerations.
 */
public final class SpecMix {
    private static final Map<Integer, String> USUAL = Map.of(
            2, "$PAN(411111,16)",
            3, "000000",
            4, "$RAND(100,50000)",
            7, "$NOW",
            11, "$STAN",
            12, "$NOW",
            13, "$NOW",
            37, "$RRN",
            41, "$TERM");

    private final Spec spec;

    private SpecMix(Spec spec) {
        this.spec = spec;
    }

    /** @throws MixException if the spec's catalog has no request */
    public static Mix of(Spec spec) throws MixException {
        List<Template> templates = new ArrayList<>();
        for (MessageType type : spec.catalog().values()) {
            if (type.flow() == MessageType.Flow.REQUEST && type.mti() / 100 % 10 != 8) {
                templates.add(new SpecMix(spec).template(type));
            }
        }
        if (templates.isEmpty()) {
            throw new MixException(
                    "spec " + spec.id() + " names no request: a mix is made from the entries with flow: request of its"
                            + " messages.catalog, and built-in bases have none; give --spec FILE with a"
                            + " catalog ('fluxrig new spec NAME' writes one), or --mix FILE ('fluxrig new"
                            + " mix NAME')");
        }
        return new Mix("spec " + spec.id(), templates);
    }

    private Template template(MessageType type) {
        Map<Integer, String> fields = new TreeMap<>();
        for (int field : new int[] {7, 11, 37, 41}) {
            if (spec.wire().fields().containsKey(field) && !forbidden(field, type.mti())) {
                fields.put(field, USUAL.get(field));
            }
        }
        for (Map.Entry<FieldPath, FieldMeaning> meaning : spec.meanings().entrySet()) {
            int field = meaning.getKey().field();
            Usage usage = meaning.getValue().usage(type.mti());
            boolean whole = meaning.getKey().depth() == 0 && field > 1;
            if (whole && !isTree(field) && usage != null && usage.presence() == Usage.Presence.MANDATORY) {
                fields.put(field, value(field, meaning.getValue()));
            }
        }
        return new Template(type.name(), 1, type.mti(), fields);
    }

    private boolean forbidden(int field, int mti) {
        FieldMeaning meaning = spec.meaning(field);
        Usage usage = meaning == null ? null : meaning.usage(mti);
        return usage != null && usage.presence() == Usage.Presence.FORBIDDEN;
    }

    private String value(int field, FieldMeaning meaning) {
        if (USUAL.containsKey(field)) {
            return USUAL.get(field);
        }
        if (meaning.values() != null && !meaning.values().values().isEmpty()) {
            return meaning.values().values().keySet().iterator().next();
        }
        WireField wire = spec.wire().fields().get(field);
        int length = wire.prefix().kind() == Prefix.Kind.FIXED ? wire.length() : Math.min(wire.length(), 8);
        if (wire.type().isBytes()) {
            return "00".repeat(length);
        }
        if (meaning.format() != null && length >= 4 && isDate(meaning.format().kind())) {
            return "$NOW";
        }
        boolean digits = wire.type() == WireType.NUMERIC || wire.chars() == CharClass.N;
        return (digits ? "0" : "A").repeat(Math.max(1, length));
    }

    private boolean isTree(int field) {
        return spec.wire().fields().get(field).type() == WireType.COMPOSITE;
    }

    private static boolean isDate(Format.Kind kind) {
        return kind == Format.Kind.DATE || kind == Format.Kind.TIME || kind == Format.Kind.DATETIME;
    }
}
