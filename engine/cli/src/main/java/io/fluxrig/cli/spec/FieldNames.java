package io.fluxrig.cli.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.mask.Masker;
import io.fluxrig.iso.reference.FieldTitles;
import io.fluxrig.iso.reference.Plain;
import io.fluxrig.iso.spec.EmvTag;
import io.fluxrig.iso.spec.EnumTable;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Sensitivity;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.WireField;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What a dialect calls its fields and their values, and how much of a value may be shown. Stateless. */
public final class FieldNames {
    private final Spec spec;
    private final FieldTitles titles;

    public FieldNames(Spec spec) {
        this.spec = spec;
        this.titles = new FieldTitles(spec);
    }

    /** The name of a field or part on one line, empty if it has none. */
    public String name(String path) {
        return titles.name(path);
    }

    /** What a value means where the dialect lists it, empty where it does not. */
    String meaningOf(String path, String value) {
        FieldPath parsed = parse(path);
        FieldMeaning meaning = parsed == null ? null : spec.meaning(parsed);
        EnumTable.Value known = meaning == null || meaning.values() == null
                ? null
                : meaning.values().values().get(value);
        return known != null ? Plain.line(known.name()) : parsed == null ? "" : textOf(parsed, value);
    }

    /** The characters of a tag that holds such, where its value is given as bytes. */
    private String textOf(FieldPath path, String value) {
        EmvTag tag = spec.emvTag(path);
        if (tag == null
                || !tag.kind().isText()
                || !isBytes(path.toString())
                || spec.sensitivity(path).masks()) {
            return "";
        }
        String text = new String(HexFormat.of().parseHex(value), StandardCharsets.US_ASCII);
        return text.matches("[ -~]+") ? text : "";
    }

    /** Whether the dialect takes what is there apart. */
    boolean hasParts(String path) {
        WireField field = wire(path);
        return field != null && field.composite() != null;
    }

    private boolean isBytes(String path) {
        WireField field = wire(path);
        return field == null || field.type().isBytes();
    }

    /**
     * The elements of a template that the dialect does not take apart, by their paths, as deep as there are any; empty of anything
     * else.
     */
    List<FieldRows.Row> elements(FieldRows.Row row) {
        boolean open = row.path().indexOf('.') > 0 && wire(row.path()) == null && TemplateElements.mayBe(row);
        return open ? TemplateElements.of(row) : List.of();
    }

    /** Whether a template has card data in it, or what cannot be told from it. */
    private boolean holdsHidden(String path, String value) {
        FieldRows.Row row = new FieldRows.Row(path, value);
        FieldPath parsed = parse(path);
        if (parsed == null || !spec.isBerTag(parsed) || !TemplateElements.mayBe(row)) {
            return false;
        }
        List<FieldRows.Row> inside = TemplateElements.of(row);
        return inside.isEmpty()
                || inside.stream()
                        .anyMatch(element ->
                                sensitivity(element.path()).masks() || holdsHidden(element.path(), element.value()));
    }

    /** The value as anybody may see it. What is at a path that cannot be one is hidden. */
    String masked(String path, String value) {
        return switch (sensitivity(path)) {
            case NONE -> holdsHidden(path, value) ? Masker.hidden(value.length()) : value;
            case PAN -> Masker.pan(value);
            default -> Masker.hidden(value.length());
        };
    }

    /** Whether the text is what {@link #masked} shows instead of a value there. */
    boolean looksMasked(String path, String value) {
        return sensitivity(path).masks() && Masker.isMasked(value);
    }

    private Sensitivity sensitivity(String path) {
        FieldPath parsed = parse(path);
        return parsed == null ? Sensitivity.SAD : spec.sensitivity(parsed);
    }

    private static FieldPath parse(String path) {
        try {
            return FieldPath.parse(path);
        } catch (IllegalArgumentException tooDeep) {
            return null;
        }
    }

    private WireField wire(String path) {
        return titles.wire(path);
    }
}
