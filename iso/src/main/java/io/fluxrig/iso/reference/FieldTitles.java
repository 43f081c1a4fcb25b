package io.fluxrig.iso.reference;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.EmvTag;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.WireField;

/** What a dialect calls its fields, and how it writes them, by the path as text. Stateless. */
public final class FieldTitles {
    private final Spec spec;

    public FieldTitles(Spec spec) {
        this.spec = spec;
    }

    /** The name of a field or part on one line, empty if it has none. */
    public String name(String path) {
        return Plain.line(given(path));
    }

    private String given(String path) {
        FieldPath parsed = parse(path);
        FieldMeaning meaning = parsed == null ? null : spec.meaning(parsed);
        if (meaning != null && !meaning.name().isEmpty()) {
            return meaning.name();
        }
        WireField field = wire(path);
        if (field != null && !field.description().isEmpty()) {
            return field.description();
        }
        EmvTag tag = parsed == null ? null : spec.emvTag(parsed);
        return tag == null ? "" : tag.name();
    }

    /** How a field or part is written, null if the dialect does not say; a part behind a repeated one is found as in its first. */
    public WireField wire(String path) {
        if (path.equals("mti")) {
            return spec.wire().mti();
        }
        WireField field = null;
        boolean group = false;
        FieldPath parsed = parse(path);
        if (parsed == null) {
            return null;
        }
        for (String key : parsed.first().toString().split("\\.", -1)) {
            if (field == null) {
                field = spec.wire().fields().get(Integer.parseInt(key));
            } else if (group) {
                group = false;
                continue;
            } else {
                field = field.composite() == null
                        ? null
                        : field.composite().parts().get(key);
            }
            if (field == null) {
                return null;
            }
            group = field.composite() != null && field.composite().repeat();
        }
        return field;
    }

    private static FieldPath parse(String path) {
        try {
            return FieldPath.parse(path);
        } catch (IllegalArgumentException tooDeep) {
            return null;
        }
    }
}
