package io.fluxrig.iso.codec;

import io.fluxrig.iso.encoding.Characters;
import io.fluxrig.iso.prefix.LengthPrefix;
import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.LengthUnit;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns a wire spec into a {@link FieldTable}, refusing what cannot be read or written back. */
final class SpecCompiler {

    private static final int UNKNOWN_BYTES_MAX = 0xFF_FFFF;

    private final WireSpec wire;
    private final List<CompositeOps> composites = new ArrayList<>();
    private int[] ops = new int[(WireSpec.FIELD_MAX + 1) * 2 << FieldTable.SHIFT];
    private int opCount = WireSpec.FIELD_MAX + 1;

    private SpecCompiler(WireSpec wire) {
        this.wire = wire;
    }

    static FieldTable compile(WireSpec wire) {
        return new SpecCompiler(wire).table();
    }

    private FieldTable table() {
        BitmapOps bitmap = new BitmapOps(wire.bitmap());
        checkBitmap(bitmap);
        for (int field = 0; field <= WireSpec.FIELD_MAX; field++) {
            ops[(field << FieldTable.SHIFT) + FieldTable.HEAD] = FieldTable.UNDEFINED;
        }
        if (wire.mti().prefix().kind() != Prefix.Kind.FIXED || wire.mti().length() != 4) {
            throw new IllegalArgumentException("mti: expected a fixed length of 4");
        }
        define(0, wire.mti(), "mti", 0);
        long[] defined = new long[3];
        for (Map.Entry<Integer, WireField> entry : wire.fields().entrySet()) {
            int field = entry.getKey();
            if (field > bitmap.bitsMax && !(field > 128 && bitmap.inField65)) {
                throw new IllegalArgumentException("DE " + field + ": beyond the bitmap's " + bitmap.bitsMax + " bits");
            }
            define(field, tolerated(entry.getValue()), "DE " + field, 0);
            defined[FieldBits.word(field)] |= FieldBits.bit(field);
        }
        if (wire.tolerance().unknownFields() != null) {
            unknownFields(bitmap, defined);
        }
        int[] exact = Arrays.copyOf(ops, opCount << FieldTable.SHIFT);
        return new FieldTable(wire, exact, composites.toArray(CompositeOps[]::new), defined, bitmap);
    }

    /** Every field that a bitmap can name and the dialect lacks becomes bytes behind a length. */
    private void unknownFields(BitmapOps bitmap, long[] defined) {
        int last = bitmap.inField65 ? WireSpec.FIELD_MAX : bitmap.bitsMax;
        for (int field = 1; field <= last; field++) {
            boolean told = (defined[FieldBits.word(field)] & FieldBits.bit(field)) != 0;
            boolean extension = bitmap.extendsBlocks() && (field == 1 || field == 65 && bitmap.bitsMax > 128)
                    || field == 65 && bitmap.inField65;
            if (!told && !extension) {
                Prefix prefix = wire.tolerance().unknownFields();
                define(field, wire.tolerance().unknownField(field, longest(prefix, ValueOp.RAW)), "DE " + field, 0);
                defined[FieldBits.word(field)] |= FieldBits.bit(field);
            }
        }
    }

    private WireField tolerated(WireField field) {
        return wire.tolerance().applied(field, longest(field.prefix(), ValueOp.of(field)));
    }

    /** The most units of a value that a prefix can tell, within what a message may have. */
    private int longest(Prefix prefix, int valueOp) {
        int told = LengthPrefix.max(LengthPrefix.op(prefix), LengthPrefix.bytes(prefix), prefix.digits());
        int room = wire.limits().messageBytesMax();
        int units = switch (prefix.unit()) {
            case VALUE -> Math.min(told, ValueOp.unitsMax(valueOp, room));
            case BYTES -> ValueOp.unitsMax(valueOp, Math.min(told, room));
            case NIBBLES -> Math.min(told >> 1, room);
        };
        return Math.min(units, UNKNOWN_BYTES_MAX);
    }

    private void checkBitmap(BitmapOps bitmap) {
        BitmapSpec spec = wire.bitmap();
        if (spec.bytes() != 8 || spec.bytesMax() % 8 != 0) {
            throw new IllegalArgumentException("bitmap: expected blocks of 8 bytes in a message");
        }
        if (bitmap.extendsBlocks() && wire.fields().containsKey(1)) {
            throw new IllegalArgumentException("DE 1: expected no field where the bitmap extends");
        }
        boolean third = spec.tertiary() != BitmapSpec.Tertiary.NONE;
        if (third && wire.fields().containsKey(65)) {
            throw new IllegalArgumentException("DE 65: expected no field where it tells of the third bitmap");
        }
    }

    private int newOp() {
        if (opCount + 1 << FieldTable.SHIFT > ops.length) {
            ops = Arrays.copyOf(ops, ops.length * 2);
        }
        return opCount++;
    }

    private void define(int op, WireField field, String path, int depth) {
        if (depth > wire.limits().depthMax()) {
            throw new IllegalArgumentException(
                    path + ": nested deeper than " + wire.limits().depthMax());
        }
        int valueOp = ValueOp.of(field);
        Prefix prefix = field.prefix();
        checkLength(field, path);
        int index = field.composite() == null ? -1 : composite(field.composite(), path, depth);
        int at = op << FieldTable.SHIFT;
        ops[at + FieldTable.HEAD] = head(field, valueOp);
        ops[at + FieldTable.LENGTH_BYTES] = LengthPrefix.bytes(prefix);
        ops[at + FieldTable.MIN] = prefix.kind() == Prefix.Kind.FIXED ? field.length() : field.lengthMin();
        ops[at + FieldTable.MAX] = field.length();
        ops[at + FieldTable.ROOM] = ValueOp.bytes(valueOp, field.length());
        ops[at + FieldTable.CLASS] = Characters.bit(ValueCheck.classOf(field));
        ops[at + FieldTable.COMPOSITE] = index;
        ops[at + FieldTable.COUNT_SHIFT] = prefix.unit() == LengthUnit.NIBBLES ? 1 : 0;
    }

    private static void checkLength(WireField field, String path) {
        Prefix prefix = field.prefix();
        if (field.length() > UNKNOWN_BYTES_MAX) {
            throw new IllegalArgumentException(path + ": length=" + field.length() + " max=" + UNKNOWN_BYTES_MAX);
        }
        if (prefix.fixedRoom() && (field.composite() != null || prefix.kind() != Prefix.Kind.DIGITS)) {
            throw new IllegalArgumentException(path + ": only a value with digits for a length has a fixed room");
        }
        if (prefix.unit() == LengthUnit.NIBBLES
                && (prefix.kind() != Prefix.Kind.DIGITS || ValueOp.of(field) != ValueOp.RAW)) {
            throw new IllegalArgumentException(path + ": only a value of raw bytes behind digits counts half bytes");
        }
    }

    private static int head(WireField field, int valueOp) {
        Padding padding = field.padding();
        int head = LengthPrefix.op(field.prefix());
        head |= valueOp << FieldTable.VALUE_OP_SHIFT;
        head |= ValueCheck.of(field, valueOp) << FieldTable.CHECK_SHIFT;
        head |= field.prefix().unit() != LengthUnit.VALUE ? FieldTable.COUNTS_BYTES : 0;
        head |= field.prefix().fixedRoom() ? FieldTable.FIXED_ROOM : 0;
        head |= padding.strip() && padding.side() != Padding.Side.NONE ? FieldTable.STRIP : 0;
        head |= padding.side() == Padding.Side.LEFT ? FieldTable.PAD_LEFT : 0;
        head |= padding.side() == Padding.Side.RIGHT ? FieldTable.PAD_RIGHT : 0;
        head |= field.chars() == CharClass.Z || field.type() == WireType.TRACK2 ? FieldTable.SEPARATORS : 0;
        boolean strips = (head & FieldTable.STRIP) != 0 && valueOp != ValueOp.COMPOSITE;
        head |= ValueOp.isDirect(valueOp) && !strips ? FieldTable.DIRECT : 0;
        boolean fixed = field.prefix().kind() == Prefix.Kind.FIXED;
        head |= fixed && valueOp == ValueOp.LATIN ? FieldTable.PLAIN : 0;
        head |= field.type().isBytes() ? FieldTable.BYTES : 0;
        head |= valueOp == ValueOp.HEX_TO_BYTES || field.chars() == CharClass.HEX ? FieldTable.HEX_TEXT : 0;
        return head | (padding.pad() & 0xFF) << FieldTable.PAD_SHIFT;
    }

    private int composite(Composite spec, String path, int depth) {
        checkComposite(spec, path);
        int groupOp = -1;
        int[] parts = {};
        long[] keys = {};
        int unknownOp = -1;
        int[] lead = new int[spec.lead()];
        long[] leadKeys = new long[spec.lead()];
        int index = -spec.lead();
        if (spec.repeat()) {
            groupOp = group(spec, path, depth);
        } else if (spec.layout() == Composite.Layout.BITMAPPED) {
            parts = bitParts(spec, path, depth);
            keys = new long[parts.length];
            for (int bit = 1; bit < parts.length; bit++) {
                keys[bit] = PartKey.ofNumber(bit);
            }
            keys[0] = PartKey.ofNumber(0);
        } else {
            parts = new int[spec.parts().size() - spec.lead()];
            keys = new long[parts.length];
            unknownOp = unknown(spec, path, depth);
        }
        for (Map.Entry<String, WireField> part : spec.parts().entrySet()) {
            if (index < 0) {
                leadKeys[index + spec.lead()] = key(part.getKey(), path);
                lead[index + spec.lead()] = part(part.getValue(), path + "." + part.getKey(), depth);
            } else if (!spec.repeat() && spec.layout() != Composite.Layout.BITMAPPED) {
                keys[index] = key(part.getKey(), path);
                parts[index] = part(part.getValue(), path + "." + part.getKey(), depth);
            }
            index++;
        }
        composites.add(new CompositeOps(spec, parts, keys, unknownOp, groupOp, lead, leadKeys));
        return composites.size() - 1;
    }

    private static void checkComposite(Composite spec, String path) {
        boolean tagged = spec.layout() == Composite.Layout.TAGGED || spec.layout() == Composite.Layout.BER_TLV;
        if (tagged != (spec.tag() != null)) {
            throw new IllegalArgumentException(path + ": a tag goes with a tagged layout, and only with it");
        }
        if ((spec.layout() == Composite.Layout.BITMAPPED) != (spec.bitmap() != null)) {
            throw new IllegalArgumentException(path + ": a bitmap goes with a bitmapped layout, and only with it");
        }
        if (spec.lead() > 0 && (spec.repeat() || spec.layout() == Composite.Layout.POSITIONAL)) {
            throw new IllegalArgumentException(path + ": parts stand ahead of tags or of a bitmap, and do not repeat");
        }
        if (spec.leadOptional() && !isText(spec)) {
            throw new IllegalArgumentException(path + ": a lead that may be missing is one text of a class");
        }
        if (spec.repeat() && (tagged || spec.repeatMax() < 1)) {
            throw new IllegalArgumentException(path + ": only positional and bitmapped groups repeat, at least once");
        }
        if (tagged && spec.tag().lengthFirst() && !isDigits(spec.unknownPrefix())) {
            throw new IllegalArgumentException(path + ": a length ahead of the tag needs an unknownPrefix of digits");
        }
        if (tagged && spec.layout() == Composite.Layout.TAGGED) {
            int units = CompositeOps.rawTag(spec.tag().enc())
                    ? 2 * spec.tag().length()
                    : spec.tag().length();
            if (units < 1 || units > PartKey.LENGTH_MAX) {
                throw new IllegalArgumentException(path + ": tag length=" + units + ", expected 1 to 8 characters");
            }
        }
    }

    /** Whether the parts ahead are one text whose first character can tell that it is there. */
    private static boolean isText(Composite spec) {
        WireField first = spec.lead() == 1 ? spec.parts().values().iterator().next() : null;
        return first != null
                && first.chars() != CharClass.ANY
                && first.prefix().kind() == Prefix.Kind.FIXED
                && (first.enc() == Encoding.ASCII
                        || first.enc() == Encoding.EBCDIC
                        || first.enc() == Encoding.EBCDIC1047);
    }

    private static boolean isDigits(Prefix prefix) {
        return prefix != null && prefix.kind() == Prefix.Kind.DIGITS;
    }

    private static long key(String key, String path) {
        if (!PartKey.isValid(key)) {
            throw new IllegalArgumentException(path + "." + key + ": expected a key of 1 to 8 printable characters");
        }
        long packed = PartKey.of(key);
        if (PartKey.looksCounted(packed)) {
            throw new IllegalArgumentException(path + "." + key + ": expected a key that does not end in # and digits");
        }
        return packed;
    }

    private int part(WireField field, String path, int depth) {
        int op = newOp();
        define(op, tolerated(field), path, depth + 1);
        return op;
    }

    /** One group: the same composite, not repeated, as long as its parts are. */
    private int group(Composite spec, String path, int depth) {
        Composite one = new Composite(
                spec.layout(),
                spec.tag(),
                spec.bitmap(),
                spec.parts(),
                spec.unknownTags(),
                spec.unknownPrefix(),
                false,
                1);
        return part(WireField.composite("group", Prefix.NONE, UNKNOWN_BYTES_MAX, one), path, depth);
    }

    private int[] bitParts(Composite spec, String path, int depth) {
        int[] parts = new int[spec.bitmap().bytesMax() * 8 + 1];
        int lead = spec.lead();
        for (Map.Entry<String, WireField> part : spec.parts().entrySet()) {
            if (lead-- > 0) {
                continue;
            }
            boolean number = part.getKey().matches("[1-9][0-9]{0,2}");
            int bit = number ? Integer.parseInt(part.getKey()) : 0;
            boolean extension = spec.bitmap().bytesMax() > spec.bitmap().bytes()
                    && (bit - 1) % (spec.bitmap().bytes() * 8) == 0
                    && bit + spec.bitmap().bytes() * 8 < parts.length;
            if (bit < 1 || bit >= parts.length || extension) {
                throw new IllegalArgumentException(path + "." + part.getKey() + ": expected a bit from 1 to "
                        + (parts.length - 1) + " that does not extend the bitmap");
            }
            parts[bit] = part(part.getValue(), path + "." + part.getKey(), depth);
        }
        return parts;
    }

    private int unknown(Composite spec, String path, int depth) {
        if (spec.tag() == null || spec.unknownTags() == UnknownTags.REJECT) {
            return -1;
        }
        Prefix prefix = spec.unknownPrefix();
        if (prefix == null) {
            throw new IllegalArgumentException(path + ": unknown tags are kept, but how long they are is not said");
        }
        WireField any = WireField.prefixed(
                "unknown", WireType.BINARY, Encoding.BINARY, prefix, UNKNOWN_BYTES_MAX, CharClass.ANY);
        return part(any, path, depth);
    }
}
