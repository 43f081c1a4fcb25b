package io.fluxrig.iso.codec;

import io.fluxrig.iso.tlv.BerTag;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.UnknownTags;

/**
 * Reads the parts inside a composite's body into slots of their own. Every byte of the body belongs to a part, to
 * filling, or is refused; each step consumes bytes, so the walk is linear in them.
 */
final class CompositeDecoder {

    private final FieldTable table;
    private final ValueDecoder values;
    private final CodecError error;
    private final int partsMax;
    private byte[] arena;
    private Slots slots;
    private final byte[] tagText = new byte[PartKey.LENGTH_MAX];

    /** Set by {@link #tagAt}: the tag read. */
    private long tagKey;

    /** Set by {@link #positional}: the last part read. */
    private int lastPart;

    CompositeDecoder(FieldTable table, ValueDecoder values, CodecError error) {
        this.table = table;
        this.values = values;
        this.error = error;
        this.partsMax = table.wire.limits().partsMax();
    }

    void begin(IsoMessage into, byte[] loaded) {
        arena = loaded;
        slots = into.slots;
    }

    /** Reads a body from {@code from} to {@code end}; returns {@code end}, or a negative code. */
    int body(int op, int slot, int from, int end) {
        CompositeOps composite = table.composite(op);
        slots.put(slot, Slots.CHILD, Slots.NIL);
        int at = composite.groupOp >= 0 ? groups(composite, slot, from, end) : parts(composite, slot, from, end);
        if (at < 0 || at == end || isFilling(table.head(op), at, end)) {
            return at < 0 ? at : end;
        }
        return error.refuseAt(CodecError.TRAILING_BYTES, slots, slot, at, "", 0, end - at);
    }

    private boolean isFilling(int head, int from, int end) {
        if ((head & FieldTable.PAD_RIGHT) == 0) {
            return false;
        }
        int at = from;
        while (at < end && arena[at] == (byte) (head >> FieldTable.PAD_SHIFT)) {
            at++;
        }
        return at == end;
    }

    private int parts(CompositeOps composite, int slot, int from, int end) {
        if (composite.layout == Composite.Layout.POSITIONAL) {
            return positional(composite.parts, composite.keys, slot, from, end);
        }
        int at = from;
        int last = Slots.NIL;
        if (composite.leadParts.length > 0 && hasLead(composite, from, end)) {
            at = positional(composite.leadParts, composite.leadKeys, slot, from, end);
            if (at < 0 || at == end) {
                return at;
            }
            last = lastPart;
        }
        return composite.layout == Composite.Layout.BITMAPPED
                ? bitmapped(composite, slot, last, at, end)
                : tagged(composite, slot, last, at, end);
    }

    private boolean hasLead(CompositeOps composite, int from, int end) {
        return !composite.leadOptional || from < end && values.beginsAs(composite.leadParts[0], from);
    }

    private int groups(CompositeOps composite, int slot, int from, int end) {
        CompositeOps group = table.composite(composite.groupOp);
        int at = from;
        int last = Slots.NIL;
        for (int number = 1; at < end; number++) {
            if (number > composite.groupsMax) {
                return error.refuseAt(CodecError.LIMIT, slots, slot, at, "groups", composite.groupsMax, number);
            }
            int child = child(slot, last, PartKey.ofNumber(number), at);
            if (child < 0) {
                return child;
            }
            int start = at;
            at = parts(group, child, start, end);
            if (at == start) {
                return error.refuseAt(CodecError.TRAILING_BYTES, slots, slot, at, "", 0, end - at);
            }
            if (at < 0) {
                return at;
            }
            values.record(composite.groupOp, child, start, start, at, at - start);
            last = child;
        }
        return at;
    }

    private int positional(int[] parts, long[] keys, int slot, int from, int end) {
        int at = from;
        int last = Slots.NIL;
        for (int index = 0; index < parts.length && at < end; index++) {
            int child = child(slot, last, keys[index], at);
            if (child < 0) {
                return child;
            }
            at = values.field(parts[index], child, at, end);
            if (at < 0) {
                return at;
            }
            last = child;
        }
        lastPart = last;
        return at;
    }

    private int bitmapped(CompositeOps composite, int slot, int behind, int from, int end) {
        BitmapOps bitmap = composite.bitmap;
        int blocks = 1;
        for (int block = 0; block < blocks; block++) {
            int blockAt = from + block * bitmap.blockBytes();
            if (bitmap.blockBytes() > end - blockAt) {
                return error.refuseAt(
                        CodecError.TRUNCATED, slots, slot, blockAt, "", bitmap.blockBytes(), end - blockAt);
            }
            int malformed = bitmap.firstMalformed(arena, blockAt);
            if (malformed >= 0) {
                return error.refuseAt(CodecError.BITMAP, slots, slot, blockAt + malformed, "", 0, 0);
            }
            boolean more = bitmap.canExtend(block) && bitmap.word(arena, blockAt, 0) < 0;
            blocks += more ? 1 : 0;
        }
        return bits(composite, slot, behind, from, blocks, end);
    }

    private int bits(CompositeOps composite, int slot, int behind, int from, int blocks, int end) {
        BitmapOps bitmap = composite.bitmap;
        int at = from + blocks * bitmap.blockBytes();
        int last = behind;
        for (int block = 0; block < blocks; block++) {
            for (int first = 0; first < bitmap.blockBits; first += 64) {
                long rest = bitmap.word(arena, from + block * bitmap.blockBytes(), first);
                rest &= first == 0 && bitmap.canExtend(block) ? Long.MAX_VALUE : -1L;
                for (; rest != 0; rest &= ~Long.highestOneBit(rest)) {
                    int bit = block * bitmap.blockBits + first + Long.numberOfLeadingZeros(rest) + 1;
                    int child = child(slot, last, PartKey.ofNumber(bit), from);
                    if (child < 0) {
                        return child;
                    }
                    at = bitPart(composite, bit, child, from, at, end);
                    if (at < 0) {
                        return at;
                    }
                    last = child;
                }
            }
        }
        return at;
    }

    private int bitPart(CompositeOps composite, int bit, int child, int bitmapAt, int at, int end) {
        int op = composite.parts[bit];
        return op == 0
                ? error.refuseAt(CodecError.FIELD_UNDEFINED, slots, child, bitmapAt, "", 0, 0)
                : values.field(op, child, at, end);
    }

    private int tagged(CompositeOps composite, int slot, int behind, int from, int end) {
        int at = from;
        int last = behind;
        boolean ber = composite.layout == Composite.Layout.BER_TLV;
        while (at < end) {
            boolean filling = ber && arena[at] == 0;
            boolean kept = !filling || composite.unknownTags == UnknownTags.PRESERVE;
            int child = kept ? child(slot, Slots.NIL, 0, at) : Slots.NIL;
            if (kept && child < 0) {
                return child;
            }
            int start = at;
            at = filling ? filling(composite, child, at, end) : tag(composite, slot, child, at, end);
            if (at < 0) {
                return at;
            }
            if (kept && (filling || isKept(composite, child, start))) {
                slots.link(slot, last, child);
                last = child;
            }
        }
        return at;
    }

    /** Zero bytes between BER elements, kept as one slot without a key. */
    private int filling(CompositeOps composite, int child, int from, int end) {
        int at = from;
        while (at < end && arena[at] == 0) {
            at++;
        }
        if (child != Slots.NIL) {
            values.record(composite.unknownOp, child, from, from, at, at - from);
        }
        return at;
    }

    private boolean isKept(CompositeOps composite, int child, int start) {
        return slots.get(child, Slots.START) == start
                && (slots.get(child, Slots.OP) != composite.unknownOp || composite.unknownTags == UnknownTags.PRESERVE);
    }

    private int tag(CompositeOps composite, int slot, int child, int start, int end) {
        boolean lengthFirst = composite.tag.lengthFirst();
        int at = start;
        int told = 0;
        if (lengthFirst) {
            told = values.prefix(composite.leadOp, composite.leadBytes, child, at, end);
            if (told < 0) {
                return told;
            }
            at = values.behindPrefix();
        }
        at = tagAt(composite, slot, at, end);
        if (at < 0) {
            return at;
        }
        slots.keys[child] = tagKey;
        int index = composite.indexOf(tagKey);
        int op = index < 0 ? composite.unknownOp : composite.parts[index];
        if (op < 0 || composite.leads(tagKey)) {
            return error.refuseAt(CodecError.TAG, slots, child, start, "a tag that the dialect has", 0, 0);
        }
        if (!lengthFirst) {
            return values.field(op, child, start, at, end);
        }
        return told < composite.tagUnits
                ? error.refuseAt(
                        CodecError.LENGTH_OUT_OF_BOUNDS, slots, child, start, "at least", composite.tagUnits, told)
                : values.valueOf(op, child, start, at, told - composite.tagUnits, end);
    }

    /** Reads a tag into {@link #tagKey}; returns where it ends, or a negative code. */
    private int tagAt(CompositeOps composite, int slot, int at, int end) {
        boolean ber = composite.layout == Composite.Layout.BER_TLV;
        int bytes = ber ? BerTag.bytes(arena, at, end) : composite.tagBytes;
        if (bytes == BerTag.TOO_LONG) {
            return error.refuseAt(CodecError.TAG, slots, slot, at, "a tag of at most 4 bytes", 0, 0);
        }
        if (bytes < 0 || bytes > end - at) {
            int wanted = bytes < 0 ? end - at + 1 : bytes;
            return error.refuseAt(CodecError.TRUNCATED, slots, slot, at, "", wanted, end - at);
        }
        int units = ber ? 2 * bytes : composite.tagUnits;
        ValueOp.decode(composite.tagOp, false, arena, at, units, tagText, 0);
        tagKey = key(composite, units);
        return tagKey == 0
                ? error.refuseAt(CodecError.TAG, slots, slot, at, "a tag of printable characters", 0, 0)
                : at + bytes;
    }

    private long key(CompositeOps composite, int units) {
        int from = 0;
        int to = units;
        if (composite.layout != Composite.Layout.BER_TLV && composite.padsTags()) {
            byte pad = composite.tag.padding().pad();
            boolean left = composite.padsTagsLeft();
            while (left && to - from > 1 && tagText[from] == pad) {
                from++;
            }
            while (!left && to - from > 1 && tagText[to - 1] == pad) {
                to--;
            }
        }
        long key = 0;
        for (int i = from; i < to; i++) {
            if (tagText[i] <= ' ' || tagText[i] > '~') {
                return 0;
            }
            key = PartKey.append(key, i - from, tagText[i]);
        }
        return key;
    }

    private int child(int slot, int last, long key, int at) {
        if (slots.count - Slots.FIELDS >= partsMax) {
            return error.refuseAt(CodecError.LIMIT, slots, slot, at, "parts", partsMax, partsMax + 1);
        }
        int child = slots.add(key, slot);
        if (key != 0) {
            slots.link(slot, last, child);
        }
        return child;
    }
}
