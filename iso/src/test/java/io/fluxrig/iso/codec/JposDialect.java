package io.fluxrig.iso.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.LengthUnit;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.TagSpec;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in our words what jPOS's field packagers do, from their recorded description. jPOS checks no characters; here the
 * numeric ones hold digits and the tracks their code set, the others anything.
 */
final class JposDialect {

    private static final Pattern COUNT = Pattern.compile("\\((\\d+)\\)");

    /** Keys that our tree has where jPOS has none: the tagged rest of EuroPay's DE 48, a body behind a header. */
    static final String REST = "r";

    static final String BODY = "b";

    private final Map<String, String> renamed = new TreeMap<>();
    private final WireSpec wire;
    private final int headerBytes;

    JposDialect(String name, JsonNode packager) {
        Map<Integer, WireField> fields = new TreeMap<>();
        int third = packager.path("thirdBitmapField").asInt(0);
        BitmapSpec bitmap = BitmapSpec.fixed(Encoding.HEX_ASCII, 8);
        for (Map.Entry<String, JsonNode> entry : packager.properties()) {
            if (!entry.getKey().matches("\\d+") || "0".equals(entry.getKey())) {
                continue;
            }
            int number = Integer.parseInt(entry.getKey());
            JsonNode field = entry.getValue();
            if (number == 1 && isBitmap(field)) {
                bitmap = bitmap(field, third);
            } else if (number != third && (number != 65 || bitmap.tertiary() == BitmapSpec.Tertiary.NONE)) {
                fields.put(number, field(entry.getKey(), entry.getKey(), field));
            }
        }
        int last = bitmap.bytesMax() * 8;
        fields.keySet().removeIf(number -> number > last); // jPOS describes them, its bitmap cannot tell them
        headerBytes = packager.path("headerLength").asInt(0);
        WireField mti = field("mti", "mti", packager.get("0"));
        wire = new WireSpec(name, mti, bitmap, fields);
    }

    WireSpec wire() {
        return wire;
    }

    int headerBytes() {
        return headerBytes;
    }

    /** Where jPOS's path stands in our tree. */
    FieldPath path(String jposPath) {
        return FieldPath.parse(renamed.getOrDefault(jposPath, jposPath));
    }

    private static boolean isBitmap(JsonNode field) {
        return field.path("class").asText().contains("_BITMAP");
    }

    private static BitmapSpec bitmap(JsonNode field, int third) {
        String type = field.get("class").asText();
        Encoding enc = type.startsWith("IFA")
                ? Encoding.HEX_ASCII
                : type.startsWith("IFE") ? Encoding.HEX_EBCDIC : Encoding.BINARY;
        int length = field.get("length").asInt();
        if (type.endsWith("BITMAP126") || length < 16) {
            return BitmapSpec.fixed(enc, Math.min(length, 8));
        }
        if (third == 65) {
            return new BitmapSpec(enc, 8, 24, BitmapSpec.Tertiary.IN_FIELD_65);
        }
        return length == 24 ? new BitmapSpec(enc, 8, 24, BitmapSpec.Tertiary.CONTIGUOUS) : BitmapSpec.secondary(enc);
    }

    private WireField field(String key, String path, JsonNode field) {
        if (field.has("sub")) {
            return composite(key, path, field);
        }
        String type = field.get("class").asText();
        int length = field.get("length").asInt();
        CharClass chars = chars(type, field.path("name").asText());
        if ("IFB_AMOUNT".equals(type)) {
            return WireField.fixed(key, WireType.STRING, Encoding.SIGN_BCD, length, CharClass.XN);
        }
        if ("IFEB_LLNUM".equals(type)) {
            Prefix bytes = Prefix.of(Encoding.EBCDIC1047, 2).counting(LengthUnit.BYTES);
            return WireField.prefixed(key, WireType.STRING, Encoding.LBCD_F, bytes, length, chars);
        }
        if (type.startsWith("IFA_FLL")) {
            Prefix room = Prefix.of(Encoding.ASCII, 2).withFixedRoom();
            return WireField.prefixed(key, WireType.STRING, Encoding.ASCII, room, length, chars);
        }
        Encoding enc = encoding(field.get("interpreter").asText());
        boolean bytes = enc == Encoding.BINARY || enc == Encoding.HEX_ASCII || enc == Encoding.HEX_EBCDIC;
        Prefix prefix = prefix(field.get("prefixer").asText());
        return WireField.prefixed(key, bytes ? WireType.BINARY : WireType.STRING, enc, prefix, length, chars)
                .padded(padding(field.path("padder").asText()));
    }

    private static CharClass chars(String type, String name) {
        if (type.contains("AMOUNT") && !type.endsWith("2003")) {
            return CharClass.XN;
        }
        boolean track = name.toUpperCase(java.util.Locale.ROOT).contains("TRACK");
        return !type.contains("NUM") && !type.endsWith("2003") ? CharClass.ANY : track ? CharClass.Z : CharClass.N;
    }

    private static Encoding encoding(String interpreter) {
        boolean fills = interpreter.contains("F=true");
        if (interpreter.startsWith("BCDInterpreter")) {
            boolean left = interpreter.contains("left=true");
            return left ? fills ? Encoding.BCD_F : Encoding.BCD : fills ? Encoding.LBCD_F : Encoding.LBCD;
        }
        return switch (interpreter) {
            case "AsciiInterpreter", "LiteralInterpreter" -> Encoding.ASCII;
            case "EbcdicInterpreter" -> Encoding.EBCDIC1047;
            case "LiteralBinaryInterpreter" -> Encoding.BINARY;
            case "AsciiHexInterpreter" -> Encoding.HEX_ASCII;
            case "EbcdicHexInterpreter" -> Encoding.HEX_EBCDIC;
            default -> throw new IllegalArgumentException(interpreter);
        };
    }

    private static Prefix prefix(String prefixer) {
        Matcher count = COUNT.matcher(prefixer);
        int digits = count.find() ? Integer.parseInt(count.group(1)) : 0;
        return switch (prefixer.replaceAll("\\(.*", "")) {
            case "NullPrefixer" -> Prefix.FIXED;
            case "AsciiPrefixer" -> Prefix.of(Encoding.ASCII, digits);
            case "BcdPrefixer" -> Prefix.of(Encoding.BCD, digits);
            case "EbcdicPrefixer" -> Prefix.of(Encoding.EBCDIC1047, digits);
            case "BinaryPrefixer" -> Prefix.of(Encoding.BINARY, digits);
            default -> throw new IllegalArgumentException(prefixer);
        };
    }

    private static Padding padding(String padder) {
        if (padder.startsWith("LeftPadder")) {
            return Padding.left(padder.charAt(12), false);
        }
        return padder.startsWith("RightTPadder") || padder.startsWith("RightPadder")
                ? Padding.right(padder.charAt(padder.indexOf('\'') + 1), false)
                : Padding.NONE;
    }

    private WireField composite(String key, String path, JsonNode field) {
        JsonNode outer = field.get("outer");
        JsonNode sub = field.get("sub");
        Prefix prefix = prefix(outer.get("prefixer").asText());
        int length = outer.get("length").asInt();
        if (sub.path("1").path("class").asText().equals("IFEP_LLCHAR")) {
            return WireField.composite(key, prefix, length, europay(path, sub));
        }
        String bitmapKey = isBitmap(sub.path("0")) ? "0" : isBitmap(sub.path("1")) ? "1" : null;
        if (bitmapKey == null) {
            return WireField.composite(key, prefix, length, Composite.positional(parts(path, path, sub, null)));
        }
        BitmapSpec bitmap = bitmap(sub.get(bitmapKey), 0);
        int header = sub.path("headerLength").asInt(0);
        if (header == 0) {
            Map<String, WireField> parts = parts(path, path, sub, bitmapKey);
            return WireField.composite(key, prefix, length, Composite.bitmapped(bitmap, parts));
        }
        Map<String, WireField> parts = parts(path, path + "." + BODY, sub, bitmapKey);
        Map<String, WireField> behind = new LinkedHashMap<>();
        behind.put("h", WireField.fixed("h", WireType.BINARY, Encoding.BINARY, header, CharClass.ANY));
        behind.put(BODY, WireField.composite(BODY, Prefix.NONE, length, Composite.bitmapped(bitmap, parts)));
        return WireField.composite(key, prefix, length, Composite.positional(behind));
    }

    private Map<String, WireField> parts(String jposPath, String path, JsonNode sub, String bitmapKey) {
        Map<Integer, WireField> parts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : sub.properties()) {
            String key = entry.getKey();
            boolean part = key.matches("\\d+") && !key.equals(bitmapKey);
            boolean empty = entry.getValue().path("length").asInt() == 0;
            boolean extension = "1".equals(key)
                    && bitmapKey != null
                    && bitmap(sub.get(bitmapKey), 0).bytesMax() > 8;
            if (part && !extension && !(empty && "0".equals(key)) && !("0".equals(key) && bitmapKey != null)) {
                renamed.put(jposPath + "." + key, path + "." + key);
                parts.put(Integer.parseInt(key), field(key, path + "." + key, entry.getValue()));
            }
        }
        Map<String, WireField> ordered = new LinkedHashMap<>();
        parts.forEach((number, field) -> ordered.put(Integer.toString(number), field));
        return ordered;
    }

    /** A fixed part, then parts told by a length that counts a tag of two digits, the tag, and text. */
    private Composite europay(String path, JsonNode sub) {
        Map<String, WireField> tagged = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : sub.properties()) {
            if (entry.getKey().matches("[1-9]\\d*")) {
                String key = String.format("%02d", Integer.parseInt(entry.getKey()));
                int length = Math.max(entry.getValue().get("length").asInt(), 97);
                tagged.put(
                        key,
                        WireField.prefixed(key, WireType.STRING, Encoding.ASCII, Prefix.NONE, length, CharClass.ANY));
                renamed.put(path + "." + entry.getKey(), path + "." + REST + "." + key);
            }
        }
        TagSpec tag = new TagSpec(2, Encoding.ASCII, Padding.NONE, true, true);
        Map<String, WireField> parts = new LinkedHashMap<>();
        parts.put("0", field("0", path + ".0", sub.get("0")));
        parts.put(
                REST,
                WireField.composite(
                        REST,
                        Prefix.NONE,
                        999,
                        Composite.tagged(tag, tagged, UnknownTags.REJECT, Prefix.of(Encoding.ASCII, 2))));
        return Composite.positional(parts);
    }
}
