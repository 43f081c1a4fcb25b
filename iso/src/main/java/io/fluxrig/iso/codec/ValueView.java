package io.fluxrig.iso.codec;

import io.fluxrig.perf.buffer.Bytes;

/**
 * The canonical value of one slot as a byte range: the wire's own bytes where they are canonical as they stand, else
 * decoded into scratch space. Valid until the next {@link #open}.
 */
final class ValueView {

    byte[] bytes = new byte[0];
    int offset;
    int length;

    private byte[] scratch = new byte[256];

    /** Points at the value of a present slot. */
    void open(IsoMessage message, int slot) {
        int[] cells = message.slots.cells;
        int cell = slot << Slots.SHIFT;
        int op = cells[cell + Slots.OP];
        if (bytes != message.arena) { // a store of a reference costs more than this question
            bytes = message.arena;
        }
        offset = cells[cell + Slots.AT];
        length = op == Slots.SET_TREE ? 0 : cells[cell + Slots.UNITS];
        if (op >= 0) {
            int head = message.table.head(op);
            if ((head & FieldTable.DIRECT) == 0) {
                decode(head);
            }
        }
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
            Bytes.wipe(scratch);
            scratch = new byte[Math.max(size, scratch.length * 2)];
        }
        return scratch;
    }

    void wipe() {
        Bytes.wipe(scratch);
        length = 0;
    }
}
