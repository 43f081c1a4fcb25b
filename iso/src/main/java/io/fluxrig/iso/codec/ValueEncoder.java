package io.fluxrig.iso.codec;

import io.fluxrig.iso.encoding.Bcd;
import io.fluxrig.iso.encoding.Characters;
import io.fluxrig.iso.encoding.Digits;
import io.fluxrig.iso.encoding.Hex;
import io.fluxrig.iso.prefix.LengthPrefix;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;

/**
 * Writes one field from its canonical value: bounds and characters checked, filled, encoded, its length ahead of it;
 * and the parts of a composite below it. A slot that this very dialect decoded is copied as it came.
 *
 * <p>Text and bytes meet so: bytes for a field of hex text are written as hex, hex text for a field of bytes is read
 * as hex, and so is text set by {@code setAscii}; otherwise the bytes are the text.
 *
 * <p>Methods return where the next field begins, or the negative code of a refusal that the error then tells.
 */
final class ValueEncoder {

    private static final CharClass[] CLASSES = CharClass.values();
    private static final int N = Characters.bit(CharClass.N);
    private static final int AN = Characters.bit(CharClass.AN);
    private static final int SIGNED = Characters.bit(CharClass.XN);
    private static final int HEX = Characters.bit(CharClass.HEX);
    private static final byte[] EMPTY = {};

    private final FieldTable table;
    private final int[] ops;
    private final CodecError error;
    private final CompositeEncoder composites;
    private final ValueView view = new ValueView();
    private IsoMessage message;
    private byte[] dst;
    private int base;
    private boolean same;
    private byte[] converted = new byte[64];
    private byte[] filled = new byte[64];
    private byte[] body = new byte[256];
    private ValueEncoder sourceEncoder;

    /** The canonical value being written. */
    private byte[] value = EMPTY;

    private int offset;
    private int units;

    ValueEncoder(FieldTable table, CodecError error) {
        this.table = table;
        this.ops = table.ops;
        this.error = error;
        this.composites = new CompositeEncoder(table, this, error);
    }

    void begin(IsoMessage from, byte[] into, int at, boolean sameDialect) {
        if (message != from || dst != into) { // a store of a reference costs more than this question
            message = from;
            dst = into;
            composites.begin(from, into);
        }
        base = at;
        same = sameDialect;
        composites.at(at);
    }

    /** Whether a slot may be copied as it came, in place of encoding it by {@code op}. */
    boolean isOwn(int op, int slot) {
        return same && message.slots.get(slot, Slots.OP) == op;
    }

    /** Copies a slot as it came, its tag and length too. */
    int copy(int slot, int at) {
        int start = message.slots.get(slot, Slots.START);
        int length = message.slots.get(slot, Slots.END) - start;
        if (length > dst.length - at) {
            return noRoom(slot, length, at);
        }
        System.arraycopy(message.arena.bytes, start, dst, at, length);
        return at + length;
    }

    /** Writes a slot's value with its length ahead, as {@code op} says. */
    int field(int op, int slot, int at) {
        int head = table.head(op);
        if ((head & FieldTable.PLAIN) != 0 && isPlain(op, slot, head, at)) {
            int length = table.max(op);
            System.arraycopy(message.arena.bytes, message.slots.get(slot, Slots.AT), dst, at, length);
            return at + length;
        }
        if (FieldTable.valueOp(head) == ValueOp.COMPOSITE) {
            return composites.field(op, slot, at);
        }
        int taken = take(op, slot, at);
        return taken < 0 ? taken : prefixed(op, slot, at);
    }

    /** Whether a value set by hand is just what a plain fixed field writes, and there is room for it. */
    private boolean isPlain(int op, int slot, int head, int at) {
        int[] cells = message.slots.cells;
        int cell = slot << Slots.SHIFT;
        int origin = cells[cell + Slots.OP];
        int length = table.max(op);
        return (origin == Slots.SET_VALUE || origin == Slots.SET_TEXT)
                && cells[cell + Slots.UNITS] == length
                && length <= dst.length - at
                && ValueCheck.passes(
                        FieldTable.check(head),
                        ValueOp.LATIN,
                        ops[(op << FieldTable.SHIFT) + FieldTable.CLASS],
                        message.arena.bytes,
                        cells[cell + Slots.AT],
                        length,
                        length);
    }

    /** Writes an empty value where a part is not there but later ones are. */
    int absent(int op, int parent, int at) {
        if (FieldTable.valueOp(table.head(op)) == ValueOp.COMPOSITE) {
            return composites.absent(op, parent, at);
        }
        value = EMPTY;
        offset = 0;
        units = 0;
        return prefixed(op, parent, at);
    }

    /** Takes a slot's canonical value as what {@code op} writes: text, bytes, or a composite's whole body. */
    int take(int op, int slot, int at) {
        int kind = message.kindOf(slot);
        int origin = message.slots.get(slot, Slots.OP);
        if (origin == Slots.SET_TREE) {
            return takeBody(slot, at);
        }
        view.open(message, slot);
        value = view.bytes;
        offset = view.offset;
        units = view.length;
        int head = table.head(op);
        boolean toBytes = (head & FieldTable.BYTES) != 0;
        if (toBytes && isHexText(origin)) {
            return fromHex(slot, at);
        }
        if (!toBytes && kind == IsoMessage.BYTES && (head & FieldTable.HEX_TEXT) != 0) {
            converted = room(converted, 2 * units);
            Hex.encode(value, offset, units, converted, 0);
            use(converted, 2 * units);
        }
        return 0;
    }

    /** Takes the body of changed parts, for a dialect that does not part them, as the dialect that did writes it. */
    private int takeBody(int slot, int at) {
        FieldTable source = message.source();
        boolean parted = source != null && slot < Slots.FIELDS && source.composite(slot) != null;
        if (!parted) {
            return error.refuseAt(CodecError.KIND, message.slots, slot, at - base, "text or bytes, not parts", 0, 0);
        }
        if (sourceEncoder == null || sourceEncoder.table != source) {
            sourceEncoder = new ValueEncoder(source, error);
        }
        int length;
        do {
            sourceEncoder.begin(message, body, 0, true);
            length = sourceEncoder.composites.bodyOf(slot, 0);
            body = length == CodecError.NO_ROOM ? room(body, 2 * body.length) : body;
        } while (length == CodecError.NO_ROOM
                && body.length <= 2 * table.wire.limits().messageBytesMax());
        if (length >= 0) {
            use(body, length);
        }
        return Math.min(length, 0);
    }

    private boolean isHexText(int origin) {
        return origin == Slots.SET_TEXT || origin >= 0 && (message.table.head(origin) & FieldTable.HEX_TEXT) != 0;
    }

    private int fromHex(int slot, int at) {
        boolean odd = (units & 1) != 0;
        if (odd || Characters.LATIN.firstOutside(value, offset, units, HEX) >= 0) {
            return error.refuseAt(CodecError.CHARACTER, message.slots, slot, at - base, "HEX, two a byte", 0, 0);
        }
        converted = room(converted, units >> 1);
        Hex.decode(value, offset, units >> 1, converted, 0);
        use(converted, units >> 1);
        return 0;
    }

    private void use(byte[] bytes, int length) {
        value = bytes;
        offset = 0;
        units = length;
    }

    private int prefixed(int op, int slot, int at) {
        int cell = op << FieldTable.SHIFT;
        int head = ops[cell + FieldTable.HEAD];
        int checked = check(op, slot, at);
        if (checked < 0) {
            return checked;
        }
        int lengthOp = FieldTable.lengthOp(head);
        int bytes = ValueOp.bytes(FieldTable.valueOp(head), units);
        int told = (head & FieldTable.COUNTS_BYTES) != 0 ? bytes << ops[cell + FieldTable.COUNT_SHIFT] : units;
        int ahead = lengthOp == LengthPrefix.BER ? LengthPrefix.berBytesFor(told) : ops[cell + FieldTable.LENGTH_BYTES];
        boolean room = (head & FieldTable.FIXED_ROOM) != 0;
        int taken = ahead + (room ? ops[cell + FieldTable.ROOM] : bytes);
        if (taken > dst.length - at) {
            return noRoom(slot, taken, at);
        }
        writeLength(lengthOp, ahead, told, at);
        if (room) {
            fill(head, ops[cell + FieldTable.MAX]);
        }
        ValueOp.encode(FieldTable.valueOp(head), value, offset, units, dst, at + ahead);
        return at + taken;
    }

    private void writeLength(int lengthOp, int bytes, int told, int at) {
        if (lengthOp == LengthPrefix.BER) {
            LengthPrefix.writeBer(told, dst, at);
        } else if (bytes > 0) {
            LengthPrefix.write(lengthOp, bytes, told, dst, at);
        }
    }

    /** Units that the value just taken has, checked and filled. */
    int check(int op, int slot, int at) {
        int cell = op << FieldTable.SHIFT;
        int head = ops[cell + FieldTable.HEAD];
        int max = ops[cell + FieldTable.MAX];
        if (units > max) {
            return error.refuseAt(
                    CodecError.LENGTH_OUT_OF_BOUNDS, message.slots, slot, at - base, "at most", max, units);
        }
        if (!isOfClass(head, ops[cell + FieldTable.CLASS])) {
            String name = className(head, ops[cell + FieldTable.CLASS]);
            return error.refuseAt(CodecError.CHARACTER, message.slots, slot, at - base, name, 0, 0);
        }
        int min = ops[cell + FieldTable.MIN];
        if (units < min) {
            boolean fills = (head & (FieldTable.PAD_LEFT | FieldTable.PAD_RIGHT)) != 0;
            if (!fills) {
                return error.refuseAt(
                        CodecError.LENGTH_OUT_OF_BOUNDS, message.slots, slot, at - base, "at least", min, units);
            }
            fill(head, min);
        }
        return units;
    }

    private boolean isOfClass(int head, int classBit) {
        int valueOp = FieldTable.valueOp(head);
        if ((head & FieldTable.BYTES) != 0 || units == 0) {
            return true;
        }
        if (classBit == N) {
            return Digits.areAscii(value, offset, units);
        }
        if (valueOp == ValueOp.LATIN && classBit == AN) {
            return Characters.areAlphanumeric(value, offset, units);
        }
        if (classBit == SIGNED || valueOp == ValueOp.SIGN_BCD) {
            return isSigned();
        }
        boolean passes = Characters.LATIN.firstOutside(value, offset, units, classBit) < 0;
        boolean nibbles = valueOp >= ValueOp.BCD && valueOp <= ValueOp.LBCD_F;
        if (passes && nibbles) {
            passes = areNibbles();
        }
        return passes
                && (valueOp != ValueOp.HEX_TO_BYTES || Characters.LATIN.firstOutside(value, offset, units, HEX) < 0);
    }

    private boolean isSigned() {
        return Characters.LATIN.has(value[offset], SIGNED)
                && !Characters.LATIN.has(value[offset], N)
                && Digits.areAscii(value, offset + 1, units - 1);
    }

    private boolean areNibbles() {
        for (int i = 0; i < units; i++) {
            if (!Bcd.isNibble(value[offset + i])) {
                return false;
            }
        }
        return true;
    }

    private static String className(int head, int classBit) {
        int valueOp = FieldTable.valueOp(head);
        if (valueOp == ValueOp.SIGN_BCD) {
            return CharClass.XN.name();
        }
        CharClass chars = CLASSES[Integer.numberOfTrailingZeros(classBit)];
        return chars == CharClass.ANY ? "HEX" : chars.name();
    }

    /** Fills the value taken up to so many units. */
    private void fill(int head, int upTo) {
        int missing = upTo - units;
        if (missing <= 0) {
            return;
        }
        boolean left = (head & FieldTable.PAD_LEFT) != 0;
        boolean says = (head & (FieldTable.PAD_LEFT | FieldTable.PAD_RIGHT)) != 0;
        byte pad = says ? (byte) (head >> FieldTable.PAD_SHIFT) : (byte) ' ';
        filled = room(filled, upTo);
        System.arraycopy(value, offset, filled, left ? missing : 0, units);
        Arrays.fill(filled, left ? 0 : units, left ? missing : upTo, pad);
        use(filled, upTo);
    }

    /** Writes the value taken and checked, without a length. */
    int bare(int op, int slot, int at) {
        int valueOp = FieldTable.valueOp(table.head(op));
        int bytes = ValueOp.bytes(valueOp, units);
        if (bytes > dst.length - at) {
            return noRoom(slot, bytes, at);
        }
        ValueOp.encode(valueOp, value, offset, units, dst, at);
        return at + bytes;
    }

    /** Zeroes what passed through. */
    void wipe() {
        Bytes.wipe(converted);
        Bytes.wipe(filled);
        Bytes.wipe(body);
        view.wipe();
        if (sourceEncoder != null) {
            sourceEncoder.wipe();
        }
    }

    int noRoom(int slot, int bytes, int at) {
        return error.refuseAt(CodecError.NO_ROOM, message.slots, slot, at - base, "", bytes, dst.length - at);
    }

    private static byte[] room(byte[] bytes, int size) {
        if (bytes.length >= size) {
            return bytes;
        }
        Bytes.wipe(bytes);
        return new byte[Math.max(size, 2 * bytes.length)];
    }
}
