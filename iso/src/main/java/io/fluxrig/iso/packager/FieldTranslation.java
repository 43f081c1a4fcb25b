package io.fluxrig.iso.packager;

import java.util.Locale;

/** Says one field of a packager in words of the wire layer. */
final class FieldTranslation {
    /** Fields that hold track 2 and 3 whatever the dialect calls them. */
    private static final String TRACK_FIELDS = "3[56]";

    private final Findings findings;
    private final CompositeTranslation composites;

    FieldTranslation(Findings findings) {
        this.findings = findings;
        this.composites = new CompositeTranslation(this, findings);
    }

    /** The field, or null with the reason among the findings. */
    WireNode field(PackagerElement element, String path) {
        return field(element, path, false);
    }

    /**
     * The field, or null with the reason among the findings.
     *
     * @param last whether nothing can follow it in the body of a composite
     */
    WireNode field(PackagerElement element, String path, boolean last) {
        if (element.name().equals(PackagerElement.FIELD_PACKAGER)) {
            return composites.field(element, path);
        }
        String name = className(element);
        FieldClass known = known(element, name, path);
        if (known == null) {
            return null;
        }
        remark(element, known, path);
        WireNode node = value(element, known, path);
        if (node != null && element.flag("trim", false) && known.isFixed()) {
            trimmed(element, node, path, last);
        }
        return node;
    }

    static String className(PackagerElement element) {
        return PackagerElement.shortName(element.attribute("class", "").trim());
    }

    /** What the class of the field does, or null with the reason among the findings. */
    FieldClass known(PackagerElement element, String name, String path) {
        FieldClass known = FieldClass.of(name);
        if (known != null || name.equals("IF_UNUSED")) {
            return known;
        }
        if (name.equals("IF_TCHAR")) {
            findings.lost(
                    path,
                    element.line(),
                    "IF_TCHAR: the value ends at a token, which the wire layer cannot say",
                    "left out: a message that has the field is refused");
        } else if (TaggedClass.of(name) != null || name.endsWith("MC_TCC")) {
            findings.lost(
                    path,
                    element.line(),
                    name + " writes a tag, and stands among parts that have none",
                    "left out: a message that has the field is refused");
        } else {
            findings.fault(
                    path,
                    element.line(),
                    "a field packager that is not known: " + (name.isEmpty() ? "no class" : name),
                    "describe the field in a spec with source: jpos: and this file, under wire.fields");
        }
        return null;
    }

    private WireNode value(PackagerElement element, FieldClass known, String path) {
        int length = length(element, path);
        if (length < 0) {
            return null;
        }
        boolean pad = element.flag("pad", false);
        if (isOddlyPlaced(known, length, pad)) {
            findings.lost(
                    path,
                    element.line(),
                    known.name() + " of an odd count of digits with the filler on the right",
                    "left out: a message that has the field is refused");
            return null;
        }
        WireNode node = new WireNode(element.line());
        node.with("type", typeOf(element, known, path)).with("length", Integer.toString(length));
        node.with("enc", known.enc(pad)).with("prefix", known.prefix());
        switch (known.counts()) {
            case "bytes", "nibbles" -> node.with("prefix_counts", known.counts());
            case "room" -> node.with("prefix_room", "true");
            default -> {}
        }
        if (known.type().equals("x+n")) {
            node.with("chars", "x+n");
        }
        if (!known.fill().isEmpty() && length > 0) {
            node.with("padding", padding(element.line(), known.fill()));
        }
        return named(node, element);
    }

    /** The name that people give a field, kept as its description. */
    static WireNode named(WireNode node, PackagerElement element) {
        String name = element.attribute("name", "").trim();
        return name.isEmpty() ? node : node.with("description", name);
    }

    /** Digits whose filler stands where our encodings do not put it. */
    private static boolean isOddlyPlaced(FieldClass known, int length, boolean pad) {
        boolean oddDigits = known.name().equals("IFB_HEX") && (length & 1) != 0
                || known.name().equals("IFB_AMOUNT") && (length & 1) == 0;
        return oddDigits && !pad;
    }

    static WireNode padding(int line, String fill) {
        boolean left = fill.startsWith("Left");
        return new WireNode(line).with("type", left ? "Left" : "Right").with("pad", fill.substring(left ? 4 : 5));
    }

    /** The greatest length, or -1 with a fault among the findings. */
    int length(PackagerElement element, String path) {
        if (PackagerElement.isNumber(element.attributes().get("length"))) {
            return element.number("length", 0);
        }
        findings.fault(
                path,
                element.line(),
                "length is no number of up to seven digits: " + element.attribute("length", "absent"),
                "write length=\"12\", or whatever it is");
        return -1;
    }

    /** Numeric classes hold digits, but tracks also their separators. */
    private static String typeOf(PackagerElement element, FieldClass known, String path) {
        if (known.type().equals("x+n")) {
            return "String";
        }
        boolean track = path.matches(TRACK_FIELDS)
                || element.attribute("name", "").toUpperCase(Locale.ROOT).contains("TRACK");
        return known.type().equals("Numeric") && track ? "Track2" : known.type();
    }

    private void remark(PackagerElement element, FieldClass known, String path) {
        String instead = switch (known.name()) {
            case "IFA_LLBNUM" -> "an odd count of digits is told as it is; jPOS tells the next even one";
            case "IFEB_LLLNUM" -> "the filler of an odd count of digits is no part of the value; jPOS 2.1 reads an F";
            case "IFE_SIGNED_NUMERIC" -> "the sign stays in the last character, } or J to R; jPOS makes it a minus";
            case "IFE_LLLEBINARY" -> "the value is the text that the bytes spell; jPOS takes it for binary";
            case "IFE_BINARY" -> "hex letters are read as they are written; jPOS 2.1 reads B for A";
            default -> "";
        };
        if (!instead.isEmpty()) {
            findings.changed(path, element.line(), known.name(), instead);
        }
    }

    /** jPOS takes the filling off when it writes, so that only the end of a body can tell the length. */
    private void trimmed(PackagerElement element, WireNode node, String path, boolean last) {
        if (last) {
            node.with("prefix", "None");
            node.entries().remove("padding");
            return;
        }
        findings.changed(
                path,
                element.line(),
                "trim=\"true\": jPOS writes the value without its filling, and nothing tells where it ends",
                "it is written in its whole length");
    }
}
