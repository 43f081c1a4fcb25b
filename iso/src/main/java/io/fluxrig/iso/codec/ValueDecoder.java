package io.fluxrig.iso.codec;

import io.fluxrig.iso.encoding.Characters;
import io.fluxrig.iso.prefix.LengthPrefix;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;

/**
 * Reads one field: its length, its bounds, its characters; and the parts of a composite below it.
 *
 * <pre>
 *   [prefix] value      slot: START at the prefix, AT at the value, END behind it
 * </pre>
 *
 * Methods return where the next field begins, or the negative code of a refusal that the error then tells.
 */
final class ValueDecoder {

    private static final String[] CLASSES =
            Arrays.stream(CharClass.values()).map(CharClass::name).toArray(String[]::new);
    private static final String[] IN_HEX = Arrays.stream(CharClass.values())
            .map(chars -> chars == CharClass.ANY ? Encoding.HEX_ASCII.name() : chars + " in hex")
            .toArray(String[]::new);

    private final int[] ops;
    private final CodecError error;
    private final CompositeDecoder composites;
    private byte[] arena;
    private Slots slots;
    private byte[] scratch = new byte[64];

    /** Set by {@link #length}: where the value begins and what it takes. */
    private int valueAt;

    private int valueBytes;

    ValueDecoder(FieldTable table, CodecError error) {
        this.ops = table.ops;
        this.error = error;
        this.composites = new CompositeDecoder(table, this, error);
    }

    void begin(IsoMessage into, byte[] loaded) {
        if (arena != loaded || slots != into.slots) { // a store of a reference costs more than this question
            arena = loaded;
            slots = into.slots;
            composites.begin(into, loaded);
        }
    }

    /** Reads the field that {@code op} describes at {@code at} into a slot, not beyond {@code limit}. */
    int field(int op, int slot, int at, int limit) {
        return field(op, slot, at, at, limit);
    }

    /** As above, where the slot began earlier, with a tag. */
    int field(int op, int slot, int start, int at, int limit) {
        int base = op << FieldTable.SHIFT;
        int head = ops[base + FieldTable.HEAD];
        int units;
        if ((head & FieldTable.LENGTH_OP) == LengthPrefix.FIXED) {
            units = ops[base + FieldTable.MAX];
            valueAt = at;
            valueBytes = ops[base + FieldTable.ROOM];
        } else {
            units = length(head, base, slot, at, limit);
            if (units < 0) {
                return units;
            }
        }
        return value(head, op, slot, start, units, limit);
    }

    /** Reads a value whose length another place told. */
    int valueOf(int op, int slot, int start, int at, int units, int limit) {
        int base = op << FieldTable.SHIFT;
        int head = ops[base + FieldTable.HEAD];
        int bounded = bound(head, base, slot, at, units);
        if (bounded < 0) {
            return bounded;
        }
        valueAt = at;
        valueBytes = ValueOp.bytes(FieldTable.valueOp(head), units);
        return value(head, op, slot, start, units, limit);
    }

    private int value(int head, int op, int slot, int start, int units, int limit) {
        int at = valueAt;
        int bytes = valueBytes;
        if (bytes > limit - at) {
            return error.refuseAt(CodecError.TRUNCATED, slots, slot, at, "", bytes, limit - at);
        }
        int valueOp = FieldTable.valueOp(head);
        int classBit = ops[(op << FieldTable.SHIFT) + FieldTable.CLASS];
        int check = FieldTable.check(head);
        int wireBytes = (head & FieldTable.FIXED_ROOM) != 0 ? ValueOp.bytes(valueOp, units) : bytes;
        if (!ValueCheck.passes(check, valueOp, classBit, arena, at, units, wireBytes)) {
            int outside = outside(head, check, classBit, at, units);
            if (outside >= 0) {
                return error.refuseAt(
                        CodecError.CHARACTER, slots, slot, at + outside, classOf(classBit, valueOp), 0, 0);
            }
        }
        record(op, slot, start, at, at + bytes, units);
        return valueOp == ValueOp.COMPOSITE ? composites.body(op, slot, at, at + bytes) : at + bytes;
    }

    /** Whether the character at {@code at} is of the class of a text that {@code op} describes. */
    boolean beginsAs(int op, int at) {
        int base = op << FieldTable.SHIFT;
        ValueOp.decode(FieldTable.valueOp(ops[base + FieldTable.HEAD]), false, arena, at, 1, scratch, 0);
        boolean begins = Characters.LATIN.firstOutside(scratch, 0, 1, ops[base + FieldTable.CLASS]) < 0;
        scratch[0] = 0;
        return begins;
    }

    void record(int op, int slot, int start, int at, int end, int units) {
        int[] cells = slots.cells;
        int cell = slot << Slots.SHIFT;
        cells[cell + Slots.OP] = op;
        cells[cell + Slots.START] = start;
        cells[cell + Slots.AT] = at;
        cells[cell + Slots.END] = end;
        cells[cell + Slots.UNITS] = units;
    }

    /** Reads the length ahead of a value and bounds it; units of the value, or a negative code. */
    private int length(int head, int base, int slot, int at, int limit) {
        int lengthOp = head & FieldTable.LENGTH_OP;
        int valueOp = FieldTable.valueOp(head);
        if (lengthOp == LengthPrefix.NONE) {
            valueAt = at;
            valueBytes = Math.min(limit - at, ops[base + FieldTable.ROOM]);
            int units = Math.min(ValueOp.units(valueOp, valueBytes, arena, at), ops[base + FieldTable.MAX]);
            return bound(head, base, slot, at, units);
        }
        int told = prefix(lengthOp, ops[base + FieldTable.LENGTH_BYTES], slot, at, limit);
        if (told < 0) {
            return told;
        }
        return (head & FieldTable.COUNTS_BYTES) == 0
                ? countedUnits(head, base, slot, at, told)
                : countedBytes(head, base, slot, at, told, limit);
    }

    private int countedUnits(int head, int base, int slot, int at, int units) {
        int bounded = bound(head, base, slot, at, units);
        valueBytes = (head & FieldTable.FIXED_ROOM) != 0
                ? ops[base + FieldTable.ROOM]
                : ValueOp.bytes(FieldTable.valueOp(head), units);
        return bounded;
    }

    private int countedBytes(int head, int base, int slot, int at, int told, int limit) {
        int shift = ops[base + FieldTable.COUNT_SHIFT];
        int bytes = told >> shift;
        if (bytes << shift != told) {
            return error.refuseAt(CodecError.LENGTH_MALFORMED, slots, slot, at, "whole bytes of the value", 0, 0);
        }
        if (bytes > ops[base + FieldTable.ROOM]) {
            int room = ops[base + FieldTable.ROOM];
            return error.refuseAt(CodecError.LENGTH_OUT_OF_BOUNDS, slots, slot, at, "at most", room, bytes);
        }
        if (bytes > limit - valueAt) {
            return error.refuseAt(CodecError.TRUNCATED, slots, slot, valueAt, "", bytes, limit - valueAt);
        }
        int valueOp = FieldTable.valueOp(head);
        int units = ValueOp.units(valueOp, bytes, arena, valueAt);
        if (ValueOp.bytes(valueOp, units) != bytes) {
            return error.refuseAt(CodecError.LENGTH_MALFORMED, slots, slot, at, "whole units of the value", 0, 0);
        }
        valueBytes = (head & FieldTable.FIXED_ROOM) != 0 ? ops[base + FieldTable.ROOM] : bytes;
        return bound(head, base, slot, at, units);
    }

    /** Reads the number ahead of a value, and sets where the value begins. */
    int prefix(int lengthOp, int fewest, int slot, int at, int limit) {
        if (fewest > limit - at) {
            return error.refuseAt(CodecError.TRUNCATED, slots, slot, at, "", fewest, limit - at);
        }
        boolean ber = lengthOp == LengthPrefix.BER;
        int bytes = ber ? LengthPrefix.berBytes(arena[at]) : fewest;
        if (bytes > limit - at) {
            return error.refuseAt(CodecError.TRUNCATED, slots, slot, at, "", bytes, limit - at);
        }
        int told = bytes < 0
                ? LengthPrefix.MALFORMED
                : ber ? LengthPrefix.readBer(arena, at, bytes) : LengthPrefix.read(lengthOp, bytes, arena, at);
        if (told < 0) {
            return error.refuseAt(CodecError.LENGTH_MALFORMED, slots, slot, at, LengthPrefix.name(lengthOp), 0, 0);
        }
        valueAt = at + bytes;
        return told;
    }

    /** Where the value behind the last {@link #prefix} begins. */
    int behindPrefix() {
        return valueAt;
    }

    private int bound(int head, int base, int slot, int at, int units) {
        int max = ops[base + FieldTable.MAX];
        int min = (head & FieldTable.LENGTH_OP) == LengthPrefix.FIXED ? max : ops[base + FieldTable.MIN];
        if (units > max) {
            return error.refuseAt(CodecError.LENGTH_OUT_OF_BOUNDS, slots, slot, at, "at most", max, units);
        }
        if (units < min) {
            return error.refuseAt(CodecError.LENGTH_OUT_OF_BOUNDS, slots, slot, at, "at least", min, units);
        }
        return units;
    }

    /** The byte, from the value's first, of the first character outside its class and not filling; or -1. */
    private int outside(int head, int check, int classBit, int at, int units) {
        int valueOp = FieldTable.valueOp(head);
        boolean pads = (head & (FieldTable.PAD_LEFT | FieldTable.PAD_RIGHT)) != 0;
        if (pads && isFilled(head, classBit, at, units)) {
            return -1;
        }
        int unit = ValueCheck.firstOutside(check, valueOp, classBit, arena, at, units);
        return unit < 0 ? -1 : ValueOp.byteOf(valueOp, unit, units);
    }

    /** Whether a value is of its class once its filling is taken off; slow, for values that failed. */
    private boolean isFilled(int head, int classBit, int at, int units) {
        if (scratch.length < units) {
            scratch = new byte[units];
        }
        ValueOp.decode(FieldTable.valueOp(head), FieldTable.separators(head), arena, at, units, scratch, 0);
        byte pad = (byte) (head >> FieldTable.PAD_SHIFT);
        int from = 0;
        int to = units;
        while ((head & FieldTable.PAD_LEFT) != 0 && from < to && scratch[from] == pad) {
            from++;
        }
        while ((head & FieldTable.PAD_RIGHT) != 0 && from < to && scratch[to - 1] == pad) {
            to--;
        }
        boolean filled =
                (from > 0 || to < units) && Characters.LATIN.firstOutside(scratch, from, to - from, classBit) < 0;
        Bytes.wipe(scratch, 0, units);
        return filled;
    }

    private static String classOf(int classBit, int valueOp) {
        int chars = Integer.numberOfTrailingZeros(classBit);
        return valueOp == ValueOp.HEX_ASCII || valueOp == ValueOp.HEX_EBCDIC ? IN_HEX[chars] : CLASSES[chars];
    }
}
