package io.fluxrig.iso.reference;

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import java.util.Arrays;
import java.util.Locale;

/** Where bytes are, in the words and the notation of ISO 8583. Stateless. */
final class WireText {
    private WireText() {}

    /** {@code n 6}, {@code ans ..999}, {@code b 8}. */
    static String type(WireField field) {
        String length = switch (field.prefix().kind()) {
            case FIXED -> Integer.toString(field.length());
            case DIGITS, BER -> ".." + field.length();
            case NONE -> "..";
        };
        String least = field.lengthMin() > 0 ? field.lengthMin() + length : length;
        return kind(field) + " " + least;
    }

    private static String kind(WireField field) {
        return switch (field.type()) {
            case COMPOSITE -> "parts";
            case BINARY, HEX, BITMAP -> "b";
            case NUMERIC -> field.chars() == CharClass.ANY ? "n" : chars(field.chars());
            case TRACK1, TRACK2 -> field.chars() == CharClass.ANY ? "z" : chars(field.chars());
            default -> chars(field.chars());
        };
    }

    private static String chars(CharClass chars) {
        return switch (chars) {
            case ANY -> "any";
            case XN -> "x+n";
            default -> chars.name().toLowerCase(Locale.ROOT);
        };
    }

    /** How a value and its length are written: {@code BCD, length in 2 digits of BCD}. */
    static String written(WireField field) {
        String value = field.type() == WireType.COMPOSITE ? "" : encoding(field.enc());
        return join(value, length(field.prefix()), padding(field.padding()));
    }

    private static String length(Prefix prefix) {
        String counts = switch (prefix.unit()) {
            case VALUE -> "";
            case BYTES -> prefix.kind() == Prefix.Kind.BER ? "" : ", which counts bytes";
            case NIBBLES -> ", which counts half bytes";
        };
        String room = prefix.fixedRoom() ? ", always in the room of the longest" : "";
        return switch (prefix.kind()) {
            case FIXED -> "";
            case NONE -> "to the end";
            case BER -> "BER length";
            case DIGITS -> "length in " + digits(prefix) + counts + room;
        };
    }

    private static String digits(Prefix prefix) {
        boolean bytes = prefix.enc() == Encoding.BINARY || prefix.enc() == Encoding.HEX_ASCII;
        String unit = bytes ? " byte" : " digit";
        return prefix.digits() + unit + (prefix.digits() == 1 ? "" : "s") + " of " + encoding(prefix.enc());
    }

    static String encoding(Encoding enc) {
        return switch (enc) {
            case ASCII -> "ASCII";
            case EBCDIC -> "EBCDIC";
            case EBCDIC1047 -> "EBCDIC 1047";
            case BCD -> "BCD";
            case BCD_F -> "BCD, F ahead of an odd count";
            case LBCD -> "BCD from the left";
            case LBCD_F -> "BCD from the left, F behind an odd count";
            case SIGN_BCD -> "a sign in ASCII, then BCD";
            case BINARY -> "binary";
            case HEX_ASCII -> "hex in ASCII";
            case HEX_EBCDIC -> "hex in EBCDIC";
            case HEX_TO_BYTES -> "the bytes that its hex spells";
            case BER_TLV_TAG -> "a BER tag";
        };
    }

    private static String padding(Padding padding) {
        if (padding.side() == Padding.Side.NONE) {
            return "";
        }
        int pad = padding.pad() & 0xFF;
        String with = pad == ' '
                ? "spaces"
                : pad == '0'
                        ? "zeros"
                        : pad > ' ' && pad < 0x7F
                                ? "'" + (char) pad + "'"
                                : String.format(Locale.ROOT, "byte %02X", pad);
        return with + " on the " + padding.side().name().toLowerCase(Locale.ROOT)
                + (padding.strip() ? ", which is taken off" : "");
    }

    /** {@code 16 hex digits in ASCII each, up to 3}. */
    static String bitmap(BitmapSpec bitmap) {
        String more = bitmap.bytesMax() == bitmap.bytes()
                ? ""
                : ", and as many again where the first bit says so, " + bitmap.bytesMax() + " at most";
        String third = switch (bitmap.tertiary()) {
            case NONE -> "";
            case CONTIGUOUS -> "; a third one behind the second";
            case IN_FIELD_65 -> "; a third one in DE 65";
        };
        return bitmap.bytes() + " bytes, " + encoding(bitmap.enc()) + more + third;
    }

    /** How the parts of a composite are found. */
    static String layout(Composite composite) {
        String how = switch (composite.layout()) {
            case POSITIONAL -> "Parts stand one behind the other; the last ones may be missing.";
            case BITMAPPED -> "A bitmap says which parts are there: " + bitmap(composite.bitmap()) + ".";
            case BER_TLV -> "Parts are BER-TLV elements.";
            case TAGGED ->
                "Each part stands behind its tag of " + composite.tag().length() + " in "
                        + encoding(composite.tag().enc())
                        + (composite.tag().lengthFirst() ? ", its length ahead of the tag." : ".");
        };
        String ahead = composite.lead() == 0
                ? ""
                : " The first " + composite.lead() + " stand ahead of that"
                        + (composite.leadOptional() ? ", if they are there." : ".");
        String repeats = composite.repeat() ? " The whole repeats, " + composite.repeatMax() + " times at most." : "";
        return how + ahead + repeats + unknown(composite);
    }

    private static String unknown(Composite composite) {
        if (composite.tag() == null) {
            return "";
        }
        return switch (composite.unknownTags()) {
            case PRESERVE -> " Tags that are not listed are passed on as they came.";
            case SKIP -> " Tags that are not listed are left out.";
            case REJECT -> " A message with a tag that is not listed is refused.";
        };
    }

    private static String join(String... texts) {
        return String.join(
                "; ", Arrays.stream(texts).filter(text -> !text.isEmpty()).toList());
    }
}
