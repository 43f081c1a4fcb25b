package io.fluxrig.iso.codec;

import io.fluxrig.iso.prefix.LengthPrefix;
import io.fluxrig.iso.wire.TrailingBytes;
import io.fluxrig.iso.wire.WireSpec;

/**
 * Walks a message once from its first byte to its last, and notes in the message's slots where each value lies. Values
 * are checked where they stand and not decoded.
 *
 * <pre>
 *   [header] | MTI | bitmap block(s) | DE 2 ... DE 64 | [third bitmap in DE 65's place] | DE 66 ... DE 192
 * </pre>
 */
final class MessageDecoder {

    private final FieldTable table;
    private final BitmapOps bitmap;
    private final ValueDecoder values;
    private final CodecError error;
    private final int bytesMax;
    private final int header;
    private final boolean refusesTrailing;
    private final byte[] mtiText = new byte[4];
    private final PlanCache plans;
    private final PlanWalk planWalk;

    MessageDecoder(FieldTable table, CodecError error) {
        this.table = table;
        this.bitmap = table.bitmap;
        this.error = error;
        this.values = new ValueDecoder(table, error);
        this.bytesMax = table.wire.limits().messageBytesMax();
        this.header = table.wire.header();
        this.plans = new PlanCache(table);
        this.planWalk = new PlanWalk(table, values);
        this.refusesTrailing = table.wire.trailing() == TrailingBytes.REFUSE;
    }

    int decode(byte[] src, int offset, int length, IsoMessage into) {
        error.clear();
        into.clear();
        if (length > bytesMax) {
            return error.refuse(CodecError.LIMIT, CodecError.AT_MESSAGE, bytesMax, "bytes", bytesMax, length);
        }
        values.begin(into, into.arena.load(src, offset, length));
        int used = fields(into, length);
        if (used < 0) {
            into.clear();
        }
        return used;
    }

    int decodeReadable(byte[] src, int offset, int length, IsoMessage into) {
        error.clear();
        into.clear();
        if (length > bytesMax) {
            return error.refuse(CodecError.LIMIT, CodecError.AT_MESSAGE, bytesMax, "bytes", bytesMax, length);
        }
        values.begin(into, into.arena.load(src, offset, length));
        int at = behindHeader(length);
        int mti = at < 0 ? IsoMessage.ABSENT : mti(into);
        if (at >= 0 && mti < 0) {
            at = error.refuse(CodecError.MTI, 0, header, "", 4, 4);
        }
        at = at < 0 ? at : blocks(into, at, length);
        if (at < 0) {
            into.clear();
            return at;
        }
        into.wireFields = at;
        into.decodedInPart(table, readable(into, at, length), mti);
        return into.wireLength;
    }

    /** Walks the fields up to the first that is refused and takes that and all behind it for absent; where the rest begins. */
    private int readable(IsoMessage into, int from, int length) {
        into.slots.clear();
        int at = from;
        for (int field = into.fields.next(0); field > 0; field = into.fields.next(field)) {
            int end = readable(field, at, length);
            if (end < 0) {
                into.fields.keepBelow(field);
                return at;
            }
            at = end;
        }
        if (at < length && refusesTrailing) {
            error.refuse(CodecError.TRAILING_BYTES, CodecError.AT_MESSAGE, at, "", 0, length - at);
        }
        return at;
    }

    private int readable(int field, int at, int length) {
        boolean thirdBitmap = field == 65 && bitmap.inField65;
        if (thirdBitmap || (table.defined[field - 1 >> 6] & Long.MIN_VALUE >>> (field - 1 & 63)) == 0) {
            return error.refuse(CodecError.FIELD_UNDEFINED, field, at, "", 0, WireSpec.FIELD_MAX);
        }
        return values.field(field, field, at, length);
    }

    /** Reads the MTI behind the header; where the bitmap begins, or a negative code. */
    private int behindHeader(int length) {
        return header > length
                ? error.refuse(CodecError.TRUNCATED, CodecError.AT_MESSAGE, 0, "", header, length)
                : values.field(0, 0, header, length);
    }

    private int fields(IsoMessage into, int length) {
        int at = behindHeader(length);
        if (at < 0) {
            return at;
        }
        int mti = mti(into);
        if (mti < 0) {
            return error.refuse(CodecError.MTI, 0, header, "", 4, 4);
        }
        int mtiEnd = at;
        at = blocks(into, at, length);
        if (at < 0) {
            return at;
        }
        BitmapPlan plan = plans.recent(into.fields.present);
        if (plan == null) {
            int undefined = undefined(into);
            if (undefined != 0) {
                return undefinedAt(undefined, mtiEnd);
            }
            plan = bitmap.inField65 ? null : plans.find(into.fields.present);
        }
        into.wireFields = at;
        int planned = plan == null ? PlanWalk.OFF : planWalk.walk(plan, into, at, length);
        at = planned == PlanWalk.OFF ? unplanned(into, at, length) : planned;
        if (at >= 0 && at < length && refusesTrailing) {
            return error.refuse(CodecError.TRAILING_BYTES, CodecError.AT_MESSAGE, at, "", 0, length - at);
        }
        if (at >= 0) {
            into.decoded(table, at, mti, planned == PlanWalk.OFF ? null : plan);
        }
        return at;
    }

    private int unplanned(IsoMessage into, int from, int length) {
        into.slots.clear();
        int at = from;
        for (int word = 0; word < 3 && at >= 0; word++) {
            if (word == 1 && bitmap.inField65 && into.fields.present[1] < 0) {
                at = thirdBlock(into, at, length);
            }
            at = at < 0 ? at : word(into.fields.present[word], word << 6, at, length);
        }
        return at;
    }

    private int word(long bits, int before, int from, int length) {
        int at = from;
        long rest = bits;
        while (rest != 0) {
            int lead = Long.numberOfLeadingZeros(rest);
            rest &= ~(Long.MIN_VALUE >>> lead);
            int field = before + lead + 1;
            at = values.field(field, field, at, length);
            if (at < 0) {
                return at;
            }
        }
        return at;
    }

    private int mti(IsoMessage into) {
        int valueOp = FieldTable.valueOp(table.head(0));
        int at = into.slots.get(0, Slots.AT);
        if (valueOp == ValueOp.LATIN) {
            return LengthPrefix.read(LengthPrefix.ASCII, 4, into.arena.bytes, at);
        }
        ValueOp.decode(valueOp, false, into.arena.bytes, at, 4, mtiText, 0);
        return LengthPrefix.read(LengthPrefix.ASCII, 4, mtiText, 0);
    }

    /** Reads the bitmap's blocks into the message's presence. */
    private int blocks(IsoMessage into, int from, int length) {
        int at = from;
        boolean more = true;
        for (int word = 0; more; word++) {
            int next = block(into, word, at, length);
            if (next < 0) {
                return next;
            }
            more = into.fields.present[word] < 0 && bitmap.canExtend(word);
            if (more) {
                into.fields.present[word] &= Long.MAX_VALUE;
            }
            at = next;
        }
        return at;
    }

    private int block(IsoMessage into, int word, int at, int length) {
        int bytes = bitmap.blockBytes();
        if (bytes > length - at) {
            return error.refuse(CodecError.TRUNCATED, CodecError.AT_BITMAP, at, "", bytes, length - at);
        }
        int malformed = bitmap.firstMalformed(into.arena.bytes, at);
        if (malformed >= 0) {
            return error.refuse(CodecError.BITMAP, CodecError.AT_BITMAP, at + malformed, "", 0, 0);
        }
        into.fields.present[word] = bitmap.word(into.arena.bytes, at, 0);
        return at + bytes;
    }

    private int thirdBlock(IsoMessage into, int from, int length) {
        into.fields.present[1] &= Long.MAX_VALUE;
        int at = block(into, 2, from, length);
        int undefined = at < 0 ? 0 : undefined(into);
        return undefined == 0 ? at : undefinedAt(undefined, from - 2 * bitmap.blockBytes());
    }

    /** The first field present that the dialect lacks, or 0. */
    private int undefined(IsoMessage into) {
        for (int word = 0; word < 3; word++) {
            long lacking = into.fields.present[word] & ~table.defined[word];
            if (word == 1 && bitmap.inField65) {
                lacking &= Long.MAX_VALUE;
            }
            if (lacking != 0) {
                return (word << 6) + Long.numberOfLeadingZeros(lacking) + 1;
            }
        }
        return 0;
    }

    private int undefinedAt(int field, int bitmapAt) {
        int bit = field - 1;
        int at = bitmapAt + (bitmap.blockBytes() == 8 ? bit >> 3 : bit >> 2);
        return error.refuse(CodecError.FIELD_UNDEFINED, field, at, "", 0, WireSpec.FIELD_MAX);
    }
}
