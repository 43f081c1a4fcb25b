package io.fluxrig.iso.codec;

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.BitmapSpec.Tertiary;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.LengthUnit;
import io.fluxrig.iso.wire.Limits;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.TagSpec;
import io.fluxrig.iso.wire.TrailingBytes;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A dialect made up from two seeds: one says which fields there are, what they mean and how long they are; the other how
 * all that is written. Dialects of one shape can say the same things.
 */
final class AnyDialect {

    private static final Encoding[] TAGS = {
        Encoding.ASCII,
        Encoding.EBCDIC,
        Encoding.EBCDIC1047,
        Encoding.BCD,
        Encoding.BCD_F,
        Encoding.LBCD,
        Encoding.LBCD_F
    };
    private static final Encoding[] TEXT = {
        Encoding.ASCII, Encoding.EBCDIC, Encoding.EBCDIC1047, Encoding.HEX_ASCII, Encoding.HEX_EBCDIC
    };
    private static final Encoding[] DIGITS = Stream.of(TAGS, new Encoding[] {Encoding.HEX_ASCII, Encoding.HEX_EBCDIC})
            .flatMap(Stream::of)
            .toArray(Encoding[]::new);
    private static final Encoding[] BYTES = {Encoding.BINARY, Encoding.HEX_ASCII, Encoding.HEX_EBCDIC};
    private static final Encoding[] PREFIXES = {
        Encoding.ASCII, Encoding.EBCDIC, Encoding.BCD, Encoding.BINARY, Encoding.HEX_ASCII
    };

    private final Random shape;
    private final Random writing;
    private final WireSpec wire;

    AnyDialect(long shapeSeed, long writingSeed) {
        shape = new Random(shapeSeed);
        writing = new Random(writingSeed);
        boolean third = shape.nextInt(4) == 0;
        Map<Integer, WireField> fields = new TreeMap<>();
        int count = 1 + shape.nextInt(20);
        for (int i = 0; i < count; i++) {
            int number = 2 + shape.nextInt(third ? 191 : 127);
            WireField field = shape.nextInt(4) == 0
                    ? composite(Integer.toString(number), 2, false)
                    : leaf(Integer.toString(number), false);
            fields.put(number, field);
        }
        if (third) {
            fields.remove(65);
        }
        WireField mti = WireField.fixed("mti", WireType.NUMERIC, pick(DIGITS), 4, CharClass.N);
        Limits limits = new Limits(100_000, 8, 4096);
        int header = writing.nextInt(4) == 0 ? 1 + writing.nextInt(9) : 0;
        wire = new WireSpec("any", mti, bitmap(third), fields, limits, TrailingBytes.REFUSE, header);
    }

    WireSpec wire() {
        return wire;
    }

    private Encoding pick(Encoding[] from) {
        return from[writing.nextInt(from.length)];
    }

    private BitmapSpec bitmap(boolean third) {
        Encoding enc = pick(BYTES);
        Tertiary place = writing.nextBoolean() ? Tertiary.CONTIGUOUS : Tertiary.IN_FIELD_65;
        return third ? new BitmapSpec(enc, 8, 24, place) : BitmapSpec.secondary(enc);
    }

    private WireField leaf(String key, boolean last) {
        int kind = shape.nextInt(5);
        boolean fixed = shape.nextBoolean();
        int length = 1 + shape.nextInt(fixed ? 20 : 60);
        boolean pads = fixed && shape.nextInt(3) == 0;
        return switch (kind) {
            case 0, 1 -> leaf(key, WireType.NUMERIC, DIGITS, length, CharClass.N, fixed, last, pads ? '0' : 0);
            case 2 -> leaf(key, WireType.STRING, TEXT, length, CharClass.ANS, fixed, last, pads ? ' ' : 0);
            case 3 -> leaf(key, WireType.BINARY, BYTES, length, CharClass.ANY, fixed, last, 0);
            default -> leaf(key, WireType.STRING, TEXT, length, CharClass.AN, fixed, last, pads ? ' ' : 0);
        };
    }

    private WireField leaf(
            String key,
            WireType type,
            Encoding[] encs,
            int length,
            CharClass chars,
            boolean fixed,
            boolean last,
            int pad) {
        Encoding enc = pick(encs);
        Padding padding = pad == 0 ? Padding.NONE : pad == '0' ? Padding.left('0', true) : Padding.right(' ', true);
        return WireField.prefixed(key, type, enc, fixed ? Prefix.FIXED : prefix(enc, last), length, chars)
                .padded(padding);
    }

    private Prefix prefix(Encoding enc, boolean last) {
        int which = writing.nextInt(8);
        boolean odd = enc != Encoding.BCD && enc != Encoding.LBCD;
        boolean clearEnd = enc != Encoding.BCD_F && enc != Encoding.LBCD_F;
        if (which == 0) {
            return Prefix.BER;
        }
        if (which == 1 && last && odd && clearEnd) {
            return Prefix.NONE;
        }
        Prefix digits = Prefix.of(pick(PREFIXES), 3 + writing.nextInt(4));
        if (which == 3 && enc == Encoding.BINARY) {
            return digits.counting(LengthUnit.NIBBLES);
        }
        return which == 2 && odd ? digits.counting(LengthUnit.BYTES) : digits;
    }

    private WireField composite(String key, int depth, boolean last) {
        int layout = shape.nextInt(4);
        int count = 1 + shape.nextInt(5);
        Map<String, WireField> parts = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            String part = layout == 3 ? String.format("9F%02X", i) : layout == 2 ? "0" + i : Integer.toString(i);
            boolean lastPart = layout == 0 && i == count;
            boolean nested = depth > 1 && shape.nextInt(5) == 0;
            WireField made = nested ? composite(part, depth - 1, lastPart) : leaf(part, lastPart);
            parts.put(part, layout == 3 && made.prefix().kind() != Prefix.Kind.FIXED ? withBer(made) : made);
        }
        Prefix prefix = writing.nextInt(4) == 0 ? Prefix.BER : Prefix.of(pick(PREFIXES), 4 + writing.nextInt(3));
        boolean groups = layout == 1 && shape.nextInt(3) == 0;
        Composite made = made(layout, parts);
        if (!groups && layout > 0 && shape.nextInt(3) == 0) {
            made = made.behind(Map.of("h", leaf("h", false)));
        }
        return WireField.composite(key, last ? Prefix.NONE : prefix, 9999, groups ? made.repeated(20) : made);
    }

    private static WireField withBer(WireField field) {
        return new WireField(
                field.key(),
                field.description(),
                field.type(),
                field.enc(),
                Prefix.BER,
                field.padding(),
                field.length(),
                field.lengthMin(),
                field.chars(),
                field.composite());
    }

    private Composite made(int layout, Map<String, WireField> parts) {
        return switch (layout) {
            case 0 -> Composite.positional(parts);
            case 1 -> Composite.bitmapped(BitmapSpec.fixed(pick(BYTES), 1 + writing.nextInt(4)), parts);
            case 2 ->
                Composite.tagged(
                        new TagSpec(2, pick(TAGS), Padding.NONE, writing.nextBoolean()),
                        parts,
                        UnknownTags.REJECT,
                        null);
            default -> Composite.berTlv(parts, UnknownTags.PRESERVE);
        };
    }

    /** A message that dialects of this shape can write. */
    IsoMessage message(Random values) {
        IsoMessage made = new IsoMessage();
        made.setMti(values.nextInt(10_000));
        for (Map.Entry<Integer, WireField> field : wire.fields().entrySet()) {
            if (values.nextInt(4) != 0) {
                put(made, Integer.toString(field.getKey()), field.getValue(), values);
            }
        }
        return made;
    }

    private static void put(IsoMessage made, String path, WireField field, Random values) {
        if (field.composite() == null) {
            putLeaf(made, path, field, values);
            return;
        }
        Composite composite = field.composite();
        int groups = composite.repeat() ? 1 + values.nextInt(3) : 0;
        for (int group = Math.min(groups, 1); group <= groups; group++) {
            String within = groups == 0 ? path : path + "." + group;
            boolean all = composite.layout() == Composite.Layout.POSITIONAL || group > 0;
            int lead = composite.lead();
            int sure = lead + values.nextInt(composite.parts().size() - lead);
            for (WireField part : composite.parts().values()) {
                if (all || lead-- > 0 || sure-- == 0 || values.nextInt(5) != 0) {
                    put(made, within + "." + part.key(), part, values);
                }
            }
        }
    }

    private static void putLeaf(IsoMessage made, String path, WireField field, Random values) {
        boolean fixed = field.prefix().kind() == Prefix.Kind.FIXED;
        boolean pads = field.padding().side() != Padding.Side.NONE;
        int length = fixed && !pads ? field.length() : 1 + values.nextInt(field.length());
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = switch (field.chars()) {
                case N -> (byte) ('1' + values.nextInt(9));
                case AN -> (byte) ('A' + values.nextInt(26));
                case ANS -> (byte) ('!' + values.nextInt(90));
                default -> (byte) values.nextInt(256);
            };
        }
        if (field.type() == WireType.BINARY) {
            made.setBytes(FieldPath.parse(path), value, 0, length);
        } else {
            made.set(FieldPath.parse(path), value, 0, length);
        }
    }
}
