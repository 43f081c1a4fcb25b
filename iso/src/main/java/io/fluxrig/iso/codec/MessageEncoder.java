package io.fluxrig.iso.codec;

import io.fluxrig.iso.wire.WireSpec;
import java.util.Arrays;

/**
 * Writes a message. One decoded from this very dialect gives back its own bytes: all of them at once while it is
 * pristine, else whatever lies between two touched fields in one copy.
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

    MessageEncoder(FieldTable table, CodecError error) {
        this.table = table;
        this.bitmap = table.bitmap;
        this.error = error;
        this.values = new ValueEncoder(table, error);
    }

    int encode(IsoMessage message, byte[] into, int offset) {
        error.clear();
        boolean same = message.isFrom(table);
        if (same && message.pristine()) {
            return copyAll(message, into, offset);
        }
        if (message.mti() < 0) {
            return error.refuse(CodecError.MTI, 0, 0, "", 4, 0);
        }
        if (dst != into) { // a store of a reference costs more than this question
            dst = into;
        }
        base = offset;
        values.begin(message, into, offset, same);
        int at = table.wire.header() == 0 ? offset : header(message, same);
        if (at < 0) {
            return at;
        }
        at = values.isOwn(0, 0) ? values.copy(0, at) : values.field(0, 0, at);
        at = at < 0 ? at : blocks(message, at);
        if (at >= 0) {
            at = same && !bitmap.inField65 ? changed(message, at) : fields(message, at);
        }
        return at < 0 ? at : at - offset;
    }

    /** Writes the header that the message came with, or zeros. */
    private int header(IsoMessage message, boolean same) {
        int header = table.wire.header();
        if (header > dst.length - base) {
            return error.refuse(CodecError.NO_ROOM, CodecError.AT_MESSAGE, 0, "", header, dst.length - base);
        }
        if (same) {
            System.arraycopy(message.arena.bytes, 0, dst, base, header);
        } else {
            Arrays.fill(dst, base, base + header, (byte) 0);
        }
        return base + header;
    }

    void wipe() {
        values.wipe();
    }

    private int copyAll(IsoMessage message, byte[] into, int offset) {
        int length = message.wireLength;
        if (length > into.length - offset) {
            return error.refuse(CodecError.NO_ROOM, CodecError.AT_MESSAGE, 0, "", length, into.length - offset);
        }
        System.arraycopy(message.arena.bytes, 0, into, offset, length);
        return length;
    }

    /** Writes the blocks that follow the MTI; what DE 65 carries comes in its place. */
    private int blocks(IsoMessage message, int from) {
        for (int word = 0; word < 3; word++) {
            words[word] = message.fields.present[word];
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

    /** Copies what came between the fields that were touched, and writes those anew. */
    private int changed(IsoMessage message, int from) {
        int at = from;
        int copied = message.wireFields;
        for (int word = 0; word < 3; word++) {
            for (long rest = message.fields.touched[word]; rest != 0; ) {
                int lead = Long.numberOfLeadingZeros(rest);
                long bit = Long.MIN_VALUE >>> lead;
                rest &= ~bit;
                int field = (word << 6) + lead + 1;
                boolean arrived = (message.fields.arrived[word] & bit) != 0;
                int start = arrived ? message.slots.get(field, Slots.START) : message.nextArrived(field);
                at = copy(message, copied, start, at);
                copied = arrived ? message.slots.get(field, Slots.END) : start;
                if (at >= 0 && (message.fields.present[word] & bit) != 0) {
                    at = values.field(field, field, at);
                }
                if (at < 0) {
                    return at;
                }
            }
        }
        return copy(message, copied, message.wireLength, at);
    }

    private int copy(IsoMessage message, int start, int end, int at) {
        int length = end - start;
        if (length > dst.length - at) {
            return error.refuse(CodecError.NO_ROOM, CodecError.AT_MESSAGE, at - base, "", length, dst.length - at);
        }
        System.arraycopy(message.arena.bytes, start, dst, at, length);
        return at + length;
    }

    /** Writes every field, from another dialect or around a third bitmap in DE 65's place. */
    private int fields(IsoMessage message, int from) {
        int at = from;
        for (int word = 0; word < 3 && at >= 0; word++) {
            if (word == 1 && bitmap.inField65 && words[2] != 0) {
                at = block(words[2], at);
            }
            long rest = message.fields.present[word];
            while (rest != 0 && at >= 0) {
                int lead = Long.numberOfLeadingZeros(rest);
                rest &= ~(Long.MIN_VALUE >>> lead);
                int field = message.slot((word << 6) + lead + 1);
                at = values.isOwn(field, field) ? values.copy(field, at) : values.field(field, field, at);
            }
        }
        return at;
    }
}
