package io.fluxrig.iso.codec;

import io.fluxrig.iso.wire.WireSpec;

/**
 * Writes a message. One decoded from this very dialect gives back its own bytes: all of them at once while it is
 * pristine, else in runs of untouched fields that lie side by side, one copy a run.
 *
 * <pre>
 *   came:    MTI bitmap |2 3 4 7 11 12 13|14|18 22 ... 37|41 42 43 49|
 *   leaves:  MTI' bitmap' one copy        -   one copy    38' 39' one copy
 * </pre>
 */
final class MessageEncoder {

    private final FieldTable table;
    private final BitmapOps bitmap;
    private final ValueEncoder values;
    private final CodecError error;
    private final long[] words = new long[3];

    private byte[] dst;
    private int base;
    private int runStart;
    private int runEnd;

    MessageEncoder(FieldTable table, CodecError error) {
        this.table = table;
        this.bitmap = table.bitmap;
        this.error = error;
        this.values = new ValueEncoder(table, error);
    }

    int encode(IsoMessage message, byte[] into, int offset) {
        error.clear();
        boolean same = message.table != null && message.table.wire == table.wire;
        if (same && message.pristine()) {
            return copyAll(message, into, offset);
        }
        if (message.mti() < 0) {
            return error.refuse(CodecError.MTI, 0, 0, "", 4, 0);
        }
        dst = into;
        base = offset;
        values.begin(message, into, offset, same);
        int at = values.field(0, 0, offset);
        at = at < 0 ? at : blocks(message, at);
        at = at < 0 ? at : fields(message, same, at);
        dst = null;
        values.end();
        return at < 0 ? at : at - offset;
    }

    private int copyAll(IsoMessage message, byte[] into, int offset) {
        int length = message.wireLength;
        if (length > into.length - offset) {
            return error.refuse(CodecError.NO_ROOM, CodecError.AT_MESSAGE, 0, "", length, into.length - offset);
        }
        System.arraycopy(message.arena, 0, into, offset, length);
        return length;
    }

    /** Writes the blocks that follow the MTI; what DE 65 carries comes in its place. */
    private int blocks(IsoMessage message, int from) {
        for (int word = 0; word < 3; word++) {
            words[word] = message.presence[word];
            long lacking = words[word] & ~table.defined[word];
            if (lacking != 0) {
                int field = (word << 6) + Long.numberOfLeadingZeros(lacking) + 1;
                return error.refuse(CodecError.FIELD_UNDEFINED, field, from - base, "", 0, WireSpec.FIELD_MAX);
            }
        }
        if (words[2] != 0) {
            words[1] |= Long.MIN_VALUE;
        }
        if (words[1] != 0) {
            words[0] |= Long.MIN_VALUE;
        }
        int blocks = words[1] == 0 ? 1 : words[2] == 0 || bitmap.inField65 ? 2 : 3;
        int at = from;
        for (int word = 0; word < blocks && at >= 0; word++) {
            at = block(words[word], at);
        }
        return at;
    }

    private int block(long word, int at) {
        int bytes = bitmap.blockBytes();
        if (bytes > dst.length - at) {
            return error.refuse(CodecError.NO_ROOM, CodecError.AT_BITMAP, at - base, "", bytes, dst.length - at);
        }
        bitmap.put(word, 64, dst, at, 0);
        return at + bytes;
    }

    private int fields(IsoMessage message, boolean same, int from) {
        runStart = 0;
        runEnd = 0;
        int at = from;
        for (int word = 0; word < 3 && at >= 0; word++) {
            if (word == 1 && bitmap.inField65 && words[2] != 0) {
                at = flush(message, at);
                at = at < 0 ? at : block(words[2], at);
            }
            long rest = message.presence[word];
            while (rest != 0 && at >= 0) {
                int lead = Long.numberOfLeadingZeros(rest);
                rest &= ~(Long.MIN_VALUE >>> lead);
                at = field(message, same, (word << 6) + lead + 1, at);
            }
        }
        return at < 0 ? at : flush(message, at);
    }

    private int field(IsoMessage message, boolean same, int field, int at) {
        int[] cells = message.slots.cells;
        int cell = field << Slots.SHIFT;
        if (!same || cells[cell + Slots.OP] < 0) {
            int flushed = flush(message, at);
            return flushed < 0 ? flushed : values.field(field, field, flushed);
        }
        int start = cells[cell + Slots.START];
        int next = at;
        if (start != runEnd) {
            next = flush(message, at);
            runStart = start;
        }
        runEnd = cells[cell + Slots.END];
        return next;
    }

    private int flush(IsoMessage message, int at) {
        int length = runEnd - runStart;
        if (length > dst.length - at) {
            return error.refuse(CodecError.NO_ROOM, CodecError.AT_MESSAGE, at - base, "", length, dst.length - at);
        }
        System.arraycopy(message.arena, runStart, dst, at, length);
        runStart = 0;
        runEnd = 0;
        return at + length;
    }
}
