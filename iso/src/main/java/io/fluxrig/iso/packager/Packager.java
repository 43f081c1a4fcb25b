package io.fluxrig.iso.packager;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A jPOS packager file ({@code GenericPackager} and its kin), read and translated.
 *
 * @param wire a wire layer; null if there is a {@link Finding.Kind#FAULT} that concerns the whole file
 * @param findings every difference, in the order of the file
 */
public record Packager(WireNode wire, List<Finding> findings) {
    private static final int FIELD_MAX = 192;

    public Packager {
        findings = List.copyOf(findings);
    }

    /**
     * Reads a packager file. Never throws for what stands in it, opens nothing, and takes time and memory in proportion to its
     * size; files above 4 MiB are refused.
     */
    public static Packager read(byte[] source) {
        Findings findings = new Findings();
        PackagerElement root = PackagerXml.read(source, findings);
        if (root == null) {
            return new Packager(null, findings.sorted());
        }
        if (!root.name().equals(PackagerElement.PACKAGER)) {
            findings.fault(
                    "",
                    root.line(),
                    "not a packager: the file begins with <" + root.name() + ">",
                    "name a file that begins with <isopackager>");
            return new Packager(null, findings.sorted());
        }
        WireNode wire = new Message(root, findings).wire();
        return new Packager(wire, findings.sorted());
    }

    /** Whether the first character is that of XML, in UTF-8 or UTF-16, with a byte order mark or without. */
    public static boolean isXml(byte[] source) {
        for (byte each : source) {
            boolean mark = each == (byte) 0xef || each == (byte) 0xbb || each == (byte) 0xbf || each == (byte) 0xfe;
            boolean blank = each == 0 || each == ' ' || each == '\t' || each == '\n' || each == '\r';
            if (!mark && !blank && each != (byte) 0xff) {
                return each == '<';
            }
        }
        return false;
    }

    /** The translation of one file. */
    private static final class Message {
        private final PackagerElement root;
        private final Findings findings;
        private final FieldTranslation translation;
        private final Map<Integer, PackagerElement> fields;
        private final Bitmaps bitmap;

        Message(PackagerElement root, Findings findings) {
            this.root = root;
            this.findings = findings;
            this.translation = new FieldTranslation(findings);
            readable(root, "", findings);
            this.fields = numbered(root, "", findings);
            this.bitmap = Bitmaps.ofMessage(root, fields, findings);
        }

        WireNode wire() {
            if (!hasMti() || bitmap == null) {
                return null;
            }
            WireNode wire = new WireNode(root.line());
            int header = root.number("headerLength", 0);
            if (header > 0) {
                wire.with("header", Integer.toString(header));
            }
            if (bitmap.field() != 1) {
                wire.with("bitmap", bitmap.node());
            }
            WireNode nodes = new WireNode(root.line());
            fields.forEach((number, element) -> {
                WireNode node = node(number, element);
                if (node != null) {
                    nodes.with(Integer.toString(number), node);
                }
                if (number == 0 && bitmap.field() == 1) {
                    nodes.with("1", bitmap.node());
                }
            });
            policy();
            return wire.with("fields", nodes);
        }

        private boolean hasMti() {
            PackagerElement mti = fields.get(0);
            if (mti == null || mti.number("length", 0) != 4 || !mti.name().equals(PackagerElement.FIELD)) {
                int line = mti == null ? root.line() : mti.line();
                findings.fault("0", line, "no message type of four digits", "add field 0, of length 4");
                return false;
            }
            return true;
        }

        private WireNode node(int number, PackagerElement element) {
            if (bitmap.takes(number)) {
                return null;
            }
            String path = Integer.toString(number);
            if (number > bitmap.last()) {
                findings.aside(
                        path,
                        element.line(),
                        "the bitmap tells of fields up to " + bitmap.last(),
                        "left out: no message can have it");
                return null;
            }
            return translation.field(element, path);
        }

        private void policy() {
            int first = bitmap.field() == 1 ? 2 : 1;
            if (root.number("firstField", first) > first) {
                findings.changed(
                        "",
                        root.line(),
                        "firstField: jPOS leaves the fields below it out, also where the bitmap tells of them",
                        "they are read and written");
            }
            findings.changed(
                    "",
                    root.line(),
                    "jPOS checks neither characters nor what stands behind the last field",
                    "numeric fields hold digits, tracks also their separators, amounts a sign and digits in their whole"
                            + " length; IF_CHAR is not cut off; trailing bytes are refused");
        }
    }

    /** The fields below an element by number; of one that is there twice the last, as in jPOS. */
    static Map<Integer, PackagerElement> numbered(PackagerElement parent, String path, Findings findings) {
        Map<Integer, PackagerElement> fields = new TreeMap<>();
        for (PackagerElement child : parent.children()) {
            if (!child.isField()) {
                aside(child, path, findings);
                continue;
            }
            String id = child.attribute("id", "");
            int number = child.number("id", -1);
            if (number < 0 || path.isEmpty() && number > FIELD_MAX) {
                findings.fault(path, child.line(), "id=\"" + shown(id) + "\"", "number fields from 0 to " + FIELD_MAX);
                continue;
            }
            String at = path.isEmpty() ? Integer.toString(number) : path + "." + number;
            for (String attribute : child.attributes().keySet()) {
                if (!KNOWN.contains(attribute)) {
                    findings.aside(at, child.line(), "attribute " + shown(attribute), "not read, by jPOS neither");
                }
            }
            readable(child, at, findings);
            if (child.name().equals(PackagerElement.FIELD)) {
                child.children().forEach(below -> aside(below, at, findings));
            }
            if (fields.put(number, child) != null) {
                findings.aside(at, child.line(), "the field is there twice", "the last one counts, as in jPOS");
            }
        }
        return fields;
    }

    /** Tells of numbers that cannot be read, and would be taken for absent. */
    private static void readable(PackagerElement element, String path, Findings findings) {
        String unread = element.firstUnread(NUMBERS);
        if (unread != null) {
            String what = unread + " is no number of up to seven digits: " + element.attribute(unread, "");
            findings.fault(path, element.line(), what, "correct it, or leave it out");
        }
    }

    private static void aside(PackagerElement element, String path, Findings findings) {
        findings.aside(
                path,
                element.line(),
                "<" + shown(element.name()) + "> is no part of the bytes",
                "write what it checks as usages and checks of the spec");
    }

    private static final List<String> NUMBERS =
            List.of("headerLength", "bitmapField", "thirdBitmapField", "firstField", "maxValidField");

    private static final List<String> KNOWN = List.of(
            "id",
            "name",
            "length",
            "class",
            "pad",
            "trim",
            "token",
            "packager",
            "emitBitmap",
            "maxValidField",
            "bitmapField",
            "firstField",
            "headerLength",
            "tagMapper",
            "validator");

    private static String shown(String text) {
        return text.length() > 20 ? text.substring(0, 20) + "..." : text;
    }
}
