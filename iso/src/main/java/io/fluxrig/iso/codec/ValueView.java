package io.fluxrig.iso.codec;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The canonical value of one field as a byte range, lent: the message's own bytes where they are canonical as they stand,
 * else decoded into scratch space. Valid until the view shows another value, or its message changes. Whoever owns the view
 * calls {@link #wipe} once done, since the scratch space may hold card data. One strip's thread; allocates only for a value
 * longer than any before.
 */
public final class ValueView {

    byte[] bytes = new byte[0];
    int offset;
    int length;

    private byte[] scratch = new byte[256];
    private int scratchUsed;
    private boolean raw;

    /** A view of nothing. */
    public ValueView() {}

    /** Points at a field's value; false, and the view as it was, if the field is not there. */
    public boolean show(IsoMessage message, int field) {
        return showSlot(message, message.slot(field));
    }

    /** As {@link #show(IsoMessage, int)}, of a value inside a field. */
    public boolean show(IsoMessage message, FieldPath path) {
        return showSlot(message, message.slot(path));
    }

    private boolean showSlot(IsoMessage message, int slot) {
        if (slot == Slots.NIL) {
            return false;
        }
        open(message, slot);
        return true;
    }

    /** As {@link #show(IsoMessage, int)}, of a data element that is known to be there. */
    public void showPresent(IsoMessage message, int field) {
        FieldBits fields = message.fields;
        int op = field << FieldTable.SHIFT;
        int head = message.table == null ? 0 : message.table.ops[op];
        if ((head & FieldTable.DIRECT) != 0 && fields.isUnfilled(field)) {
            if (bytes != message.arena.bytes) { // a store of a reference costs more than this question
                bytes = message.arena.bytes;
            }
            offset = fields.plan.start(field, fields.bases);
            length = message.table.ops[op + FieldTable.MAX];
            raw = isRaw(head);
        } else {
            message.fill(field);
            open(message, field);
        }
    }

    private static boolean isRaw(int head) {
        return (head & FieldTable.BYTES) != 0 || FieldTable.valueOp(head) == ValueOp.COMPOSITE;
    }

    /** Where the value is, from {@link #offset} on; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} it begins. */
    public int offset() {
        return offset;
    }

    /** How many bytes it has: characters of a text. */
    public int length() {
        return length;
    }

    /** Whether it is no text: raw bytes, or the body of a composite. */
    public boolean isRaw() {
        return raw;
    }

    /** Points at the value of a present slot. */
    void open(IsoMessage message, int slot) {
        int[] cells = message.slots.cells;
        int cell = slot << Slots.SHIFT;
        int op = cells[cell + Slots.OP];
        if (bytes != message.arena.bytes) { // a store of a reference costs more than this question
            bytes = message.arena.bytes;
        }
        offset = cells[cell + Slots.AT];
        length = op == Slots.SET_TREE ? 0 : cells[cell + Slots.UNITS];
        if (op >= 0) {
            int head = message.table.head(op);
            raw = isRaw(head);
            if ((head & FieldTable.DIRECT) == 0) {
                decode(head);
            }
        } else {
            raw = op == Slots.SET_BYTES || op == Slots.SET_TREE;
        }
    }

    /** Units of a slot's value, or {@link IsoMessage#ABSENT} of none. */
    int length(IsoMessage message, int slot) {
        if (slot == Slots.NIL) {
            return IsoMessage.ABSENT;
        }
        open(message, slot);
        return length;
    }

    int copyTo(IsoMessage message, int slot, byte[] dst, int dstOffset, int lengthMax) {
        if (slot == Slots.NIL) {
            return IsoMessage.ABSENT;
        }
        open(message, slot);
        if (length <= lengthMax) {
            System.arraycopy(bytes, offset, dst, dstOffset, length);
        }
        return length;
    }

    boolean isEqual(IsoMessage message, int slot, byte[] literal) {
        return length(message, slot) == literal.length && Bytes.equal(bytes, offset, literal, 0, length);
    }

    long hash(IsoMessage message, int slot, long seed) {
        return length(message, slot) < 0 ? Bytes.mix64(~seed) : Bytes.hash64(bytes, offset, length, seed);
    }

    String text(IsoMessage message, int slot) {
        if (length(message, slot) < 0) {
            return null;
        }
        return message.kindOf(slot) == IsoMessage.TEXT
                ? new String(bytes, offset, length, StandardCharsets.ISO_8859_1)
                : HexFormat.of().withUpperCase().formatHex(bytes, offset, offset + length);
    }

    private void decode(int head) {
        int valueOp = FieldTable.valueOp(head);
        if (!ValueOp.isDirect(valueOp)) {
            byte[] into = room(length);
            ValueOp.decode(valueOp, FieldTable.separators(head), bytes, offset, length, into, 0);
            bytes = into;
            offset = 0;
        }
        if ((head & FieldTable.STRIP) != 0 && valueOp != ValueOp.COMPOSITE) {
            strip(head);
        }
    }

    /** Takes the filling off; of a value of zeros filled with zeros, one stays. */
    private void strip(int head) {
        byte pad = (byte) (head >> FieldTable.PAD_SHIFT);
        int least = pad == '0' && length > 0 ? 1 : 0;
        if ((head & FieldTable.PAD_LEFT) != 0) {
            while (length > least && bytes[offset] == pad) {
                offset++;
                length--;
            }
        } else {
            while (length > least && bytes[offset + length - 1] == pad) {
                length--;
            }
        }
    }

    private byte[] room(int size) {
        if (scratch.length < size) {
            Bytes.wipe(scratch, 0, scratchUsed);
            scratch = new byte[Math.max(size, scratch.length * 2)];
        }
        scratchUsed = Math.max(scratchUsed, size);
        return scratch;
    }

    /** Shows nothing any more, and zeroes what was decoded into this object's own bytes. */
    public void wipe() {
        if (scratchUsed > 0) {
            Bytes.wipe(scratch, 0, scratchUsed);
            scratchUsed = 0;
        }
        length = 0;
    }
}
