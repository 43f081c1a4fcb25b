package io.fluxrig.iso.spec;

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.LengthUnit;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.TrailingBytes;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of a spec file and what each stands for; first the one we write, then what moov files of any age say. */
final class WireWords {
    static final Map<String, WireType> TYPE = table(
            "String", WireType.STRING,
            "Numeric", WireType.NUMERIC,
            "Binary", WireType.BINARY,
            "Hex", WireType.HEX,
            "Bitmap", WireType.BITMAP,
            "Composite", WireType.COMPOSITE,
            "Track1", WireType.TRACK1,
            "Track2", WireType.TRACK2,
            "Track3", WireType.STRING);

    static final Map<String, Encoding> ENCODING = table(
            "ASCII", Encoding.ASCII,
            "EBCDIC", Encoding.EBCDIC,
            "EBCDIC1047", Encoding.EBCDIC1047,
            "BCD", Encoding.BCD,
            "BCDF", Encoding.BCD_F,
            "LBCD", Encoding.LBCD,
            "LBCDF", Encoding.LBCD_F,
            "SignBCD", Encoding.SIGN_BCD,
            "Binary", Encoding.BINARY,
            "BytesToASCIIHex", Encoding.HEX_ASCII,
            "BytesToEBCDICHex", Encoding.HEX_EBCDIC,
            "ASCIIHexToBytes", Encoding.HEX_TO_BYTES,
            "BerTLVTag", Encoding.BER_TLV_TAG,
            "HexToASCII", Encoding.HEX_ASCII,
            "ASCIIToHex", Encoding.HEX_TO_BYTES,
            "Hex", Encoding.HEX_ASCII);

    static final Map<String, Padding.Side> PADDING =
            table("Left", Padding.Side.LEFT, "Right", Padding.Side.RIGHT, "None", Padding.Side.NONE);

    static final Map<String, LengthUnit> UNIT = named(LengthUnit.VALUE, LengthUnit.BYTES, LengthUnit.NIBBLES);

    static final Map<String, TrailingBytes> TRAILING = named(TrailingBytes.values());

    /** Whether something that should not be so is taken all the same. */
    static final Map<String, Boolean> TOLERATED = table("refuse", false, "accept", true);

    /** What happens to fields that the dialect lacks. */
    static final Map<String, Boolean> UNKNOWN_FIELDS = table("refuse", false, "preserve", true);

    static final Map<String, UnknownTags> UNKNOWN = named(UnknownTags.values());

    static final Map<String, Composite.Layout> LAYOUT = table(
            "tlv", Composite.Layout.BER_TLV,
            "tag", Composite.Layout.TAGGED,
            "position", Composite.Layout.POSITIONAL,
            "bitmap", Composite.Layout.BITMAPPED);

    static final Map<String, BitmapSpec.Tertiary> TERTIARY = table(
            "none", BitmapSpec.Tertiary.NONE,
            "contiguous", BitmapSpec.Tertiary.CONTIGUOUS,
            "field65", BitmapSpec.Tertiary.IN_FIELD_65);

    static final Map<String, CharClass> CHARS = table(
            "any", CharClass.ANY,
            "n", CharClass.N,
            "a", CharClass.A,
            "an", CharClass.AN,
            "as", CharClass.AS,
            "ns", CharClass.NS,
            "ans", CharClass.ANS,
            "z", CharClass.Z,
            "x+n", CharClass.XN,
            "hex", CharClass.HEX);

    /** How parts are ordered by their keys. */
    enum Sort {
        TEXT,
        NUMBER,
        HEX
    }

    static final Map<String, Sort> SORT =
            table("StringsByInt", Sort.NUMBER, "StringsByHex", Sort.HEX, "Strings", Sort.TEXT);

    static final Map<String, MessageType.Flow> FLOW = named(MessageType.Flow.values());

    static final Map<String, Sensitivity> SENSITIVITY =
            named(Sensitivity.PAN, Sensitivity.CHD, Sensitivity.SAD, Sensitivity.PII, Sensitivity.NONE);

    static final Map<String, FieldMeaning.Scope> SCOPE = named(FieldMeaning.Scope.values());

    static final Map<String, Format.Kind> FORMAT = named(Format.Kind.values());

    static final Map<String, Usage.Presence> PRESENCE = named(Usage.Presence.values());

    static final Map<String, Usage.ResponseValue> RESPONSE =
            named(Usage.ResponseValue.ECHO, Usage.ResponseValue.NEW, Usage.ResponseValue.MODIFIED);

    static final Map<String, FieldMeaning.CryptoRole> CRYPTO =
            named(FieldMeaning.CryptoRole.PIN_BLOCK, FieldMeaning.CryptoRole.MAC);

    static final Map<String, Check.Severity> SEVERITY = named(Check.Severity.values());

    static final String PREFIX_PATTERN =
            "(ASCII|BCD|EBCDIC|EBCDIC1047|Binary|Hex)\\.(Fixed|L{1,6})|BerTLV|None(\\.Fixed)?";

    /** As {@link #PREFIX_PATTERN}, of those that tell a length in digits. */
    static final String DIGITS_PATTERN = "(ASCII|BCD|EBCDIC|EBCDIC1047|Binary|Hex)\\.L{1,6}";

    private WireWords() {}

    static SpecManifest.Word words(Map<String, ?> table) {
        return new SpecManifest.Word(List.copyOf(table.keySet()));
    }

    /** The prefix, which must match {@link #PREFIX_PATTERN}. */
    static Prefix prefix(String text) {
        if (text.equals("BerTLV")) {
            return Prefix.BER.counting(LengthUnit.BYTES);
        }
        if (text.startsWith("None")) {
            return Prefix.NONE;
        }
        int dot = text.indexOf('.');
        String size = text.substring(dot + 1);
        String enc = text.substring(0, dot);
        return size.equals("Fixed") ? Prefix.FIXED : Prefix.of(ENCODING.get(enc), size.length());
    }

    /** Constants under their own names, in small letters. */
    @SafeVarargs
    private static <T extends Enum<T>> Map<String, T> named(T... constants) {
        Map<String, T> table = new LinkedHashMap<>();
        for (T constant : constants) {
            table.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return Collections.unmodifiableMap(table);
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> table(Object... wordsAndValues) {
        Map<String, T> table = new LinkedHashMap<>();
        for (int i = 0; i < wordsAndValues.length; i += 2) {
            table.put((String) wordsAndValues[i], (T) wordsAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(table);
    }
}
