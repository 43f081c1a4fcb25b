package io.fluxrig.iso.codec;

import io.fluxrig.iso.prefix.LengthPrefix;
import io.fluxrig.iso.tlv.BerTag;
import io.fluxrig.iso.wire.Composite;
import java.util.Arrays;

/**
 * Writes the parts of a composite: the body first, behind the room of its length, then the length. Parts that this
 * very dialect decoded are copied as they came, unknown ones too.
 */
final class CompositeEncoder {

    private final FieldTable table;
    private final ValueEncoder values;
    private final CodecError error;
    private final byte[] tagText = new byte[PartKey.LENGTH_MAX];
    private final long[] bits;
    private IsoMessage message;
    private Slots slots;
    private byte[] dst;
    private int base;
    private int depth;
    private int passes;
    /** By op, the last pass over tags that met it. */
    private final int[] passOf;

    CompositeEncoder(FieldTable table, ValueEncoder values, CodecError error) {
        this.table = table;
        this.values = values;
        this.error = error;
        this.passOf = new int[table.ops.length >> FieldTable.SHIFT];
        this.bits = new long[(2 * table.wire.limits().depthMax() + 2) * 3];
    }

    void begin(IsoMessage from, byte[] into) {
        message = from;
        slots = from.slots;
        dst = into;
    }

    /** Where the message being written begins. */
    void at(int start) {
        base = start;
        depth = 0;
    }

    /** Writes a composite with its length ahead: from its parts, or from a body that was never taken apart. */
    int field(int op, int slot, int at) {
        int ahead = table.cell(op, FieldTable.LENGTH_BYTES);
        if (ahead > dst.length - at) {
            return values.noRoom(slot, ahead, at);
        }
        int end;
        if (message.kindOf(slot) == IsoMessage.TREE) {
            end = body(table.composite(op), slot, at + ahead);
        } else {
            end = values.take(op, slot, at);
            end = end < 0 ? end : values.bare(op, slot, at + ahead);
        }
        return end < 0 ? end : close(op, slot, at, ahead, end);
    }

    /** Writes a composite without parts: an empty body, or an empty bitmap. */
    int absent(int op, int parent, int at) {
        CompositeOps composite = table.composite(op);
        int ahead = table.cell(op, FieldTable.LENGTH_BYTES);
        boolean none = composite.bitmap == null || composite.groupOp >= 0 || composite.leadParts.length > 0;
        int bitmap = none ? 0 : composite.bitmap.blockBytes();
        if (ahead + bitmap > dst.length - at) {
            return values.noRoom(parent, ahead + bitmap, at);
        }
        for (int bit = 0; bitmap > 0 && bit < composite.bitmap.blockBits; bit += 8) {
            composite.bitmap.put(0, 8, dst, at + ahead, bit);
        }
        return close(op, parent, at, ahead, at + ahead + bitmap);
    }

    /** Bounds a body, fills it where it is fixed, and writes its length ahead. */
    private int close(int op, int slot, int at, int ahead, int bodyEnd) {
        int head = table.head(op);
        int length = bodyEnd - at - ahead;
        int max = table.max(op);
        if (length > max) {
            return error.refuseAt(CodecError.LENGTH_OUT_OF_BOUNDS, slots, slot, at - base, "at most", max, length);
        }
        int end = bodyEnd;
        int min = table.cell(op, FieldTable.MIN);
        if (length < min) {
            if ((head & FieldTable.PAD_RIGHT) == 0) {
                return error.refuseAt(CodecError.LENGTH_OUT_OF_BOUNDS, slots, slot, at - base, "at least", min, length);
            }
            if (min - length > dst.length - end) {
                return values.noRoom(slot, min - length, end);
            }
            Arrays.fill(dst, end, end + min - length, (byte) (head >> FieldTable.PAD_SHIFT));
            end += min - length;
        }
        return prefix(FieldTable.lengthOp(head), slot, at, ahead, end);
    }

    private int prefix(int lengthOp, int slot, int at, int ahead, int end) {
        int length = end - at - ahead;
        if (lengthOp != LengthPrefix.BER) {
            if (ahead > 0) {
                LengthPrefix.write(lengthOp, ahead, length, dst, at);
            }
            return end;
        }
        int more = LengthPrefix.berBytesFor(length) - ahead;
        if (more > dst.length - end) {
            return values.noRoom(slot, more, end);
        }
        System.arraycopy(dst, at + ahead, dst, at + ahead + more, length);
        LengthPrefix.writeBer(length, dst, at);
        return end + more;
    }

    /** Writes the parts of a whole field, without a length. */
    int bodyOf(int field, int at) {
        return body(table.composite(field), field, at);
    }

    private int body(CompositeOps composite, int slot, int at) {
        depth++;
        int end = composite.groupOp >= 0 ? groups(composite, slot, at) : parts(composite, slot, at);
        depth--;
        return end;
    }

    private int parts(CompositeOps composite, int slot, int from) {
        int at = composite.leadParts.length == 0 || first(slot) == Slots.NIL ? from : lead(composite, slot, from);
        if (at < 0) {
            return at;
        }
        return switch (composite.layout) {
            case POSITIONAL -> positional(composite, slot, at);
            case BITMAPPED -> bitmapped(composite, slot, at);
            default -> composite.tag.ordered() ? orderedTags(composite, slot, at) : tags(composite, slot, at, false);
        };
    }

    /** Writes the parts ahead of the tags or the bitmap, all of them. */
    private int lead(CompositeOps composite, int slot, int from) {
        int at = from;
        for (int index = 0; index < composite.leadParts.length && at >= 0; index++) {
            int child = slots.find(slot, composite.leadKeys[index]);
            if (child == Slots.NIL && composite.leadOptional) {
                continue;
            }
            if (child == Slots.NIL) {
                at = values.absent(composite.leadParts[index], slot, at);
                at = at < 0 ? error.inPart(composite.leadKeys[index]) : at;
            } else {
                at = part(composite.leadParts[index], child, at);
            }
        }
        return at;
    }

    private int groups(CompositeOps composite, int slot, int from) {
        CompositeOps group = table.composite(composite.groupOp);
        int at = from;
        int count = 0;
        for (int child = first(slot); child != Slots.NIL && at >= 0; child = next(child)) {
            if (++count > composite.groupsMax) {
                return error.refuseAt(CodecError.LIMIT, slots, slot, at - base, "groups", composite.groupsMax, count);
            }
            at = values.isOwn(composite.groupOp, child) ? values.copy(child, at) : group(group, child, at);
        }
        return at;
    }

    private int group(CompositeOps group, int child, int at) {
        return message.kindOf(child) == IsoMessage.TREE
                ? body(group, child, at)
                : error.refuseAt(CodecError.KIND, slots, child, at - base, "parts, not text or bytes", 0, 0);
    }

    private int positional(CompositeOps composite, int slot, int from) {
        int children = 0;
        for (int child = first(slot); child != Slots.NIL; child = next(child)) {
            long key = slots.keys[child];
            if (key != 0 && (composite.indexOf(key) < 0 || ++children > composite.parts.length)) {
                return error.refuseAt(CodecError.FIELD_UNDEFINED, slots, child, from - base, "", 0, 0);
            }
        }
        int at = from;
        int last = Slots.NIL;
        for (int index = 0; index < composite.parts.length && children > 0 && at >= 0; index++) {
            int child = slots.findAfter(slot, last, composite.keys[index]);
            if (child == Slots.NIL) {
                at = values.absent(composite.parts[index], slot, at);
                at = at < 0 ? error.inPart(composite.keys[index]) : at;
            } else {
                at = part(composite.parts[index], child, at);
                last = child;
                children--;
            }
        }
        return at >= 0 && children > 0 ? twice(slot, at) : at;
    }

    private int part(int op, int child, int at) {
        return values.isOwn(op, child) ? values.copy(child, at) : values.field(op, child, at);
    }

    /** Refuses the first part that is there twice. */
    private int twice(int slot, int at) {
        int child = first(slot);
        while (slots.keys[child] == 0 || slots.find(slot, slots.keys[child]) == child) {
            child = next(child);
        }
        return error.refuseAt(CodecError.FIELD_UNDEFINED, slots, child, at - base, "", 0, 0);
    }

    private int bitmapped(CompositeOps composite, int slot, int from) {
        BitmapOps bitmap = composite.bitmap;
        int words = 3 * depth;
        Arrays.fill(bits, words, words + 3, 0);
        int highest = 1;
        for (int child = first(slot); child != Slots.NIL; child = next(child)) {
            if (composite.leads(slots.keys[child])) {
                continue;
            }
            int bit = slots.keys[child] == 0 ? 0 : composite.indexOf(slots.keys[child]);
            if (bit < 0 || slots.keys[child] != 0 && composite.parts[bit] == 0) {
                return error.refuseAt(CodecError.FIELD_UNDEFINED, slots, child, from - base, "", 0, 0);
            }
            if (isSet(words, bit)) {
                return error.refuseAt(CodecError.FIELD_UNDEFINED, slots, child, from - base, "", 0, 0);
            }
            set(words, bit);
            highest = Math.max(highest, bit);
        }
        int blocks = (highest + bitmap.blockBits - 1) / bitmap.blockBits;
        for (int block = 0; block + 1 < blocks; block++) {
            set(words, block * bitmap.blockBits + 1);
        }
        int bytes = blocks * bitmap.blockBytes();
        if (bytes > dst.length - from) {
            return values.noRoom(slot, bytes, from);
        }
        for (int bit = 0; bit < blocks * bitmap.blockBits; bit += 8) {
            int block = bit / bitmap.blockBits;
            long eight = bits[words + (bit >> 6)] << (bit & 63);
            bitmap.put(eight, 8, dst, from + block * bitmap.blockBytes(), bit - block * bitmap.blockBits);
        }
        return bitParts(composite, slot, from + bytes);
    }

    private void set(int words, int bit) {
        if (bit > 0) {
            bits[words + (bit - 1 >> 6)] |= Long.MIN_VALUE >>> (bit - 1 & 63);
        }
    }

    private boolean isSet(int words, int bit) {
        return bit > 0 && (bits[words + (bit - 1 >> 6)] & Long.MIN_VALUE >>> (bit - 1 & 63)) != 0;
    }

    private int bitParts(CompositeOps composite, int slot, int from) {
        int at = from;
        int last = Slots.NIL;
        for (int bit = 1; bit < composite.parts.length && at >= 0; bit++) {
            if (isSet(3 * depth, bit) && composite.parts[bit] != 0) {
                last = slots.findAfter(slot, last, composite.keys[bit]);
                at = part(composite.parts[bit], last, at);
            }
        }
        return at;
    }

    /** Writes the first of each part in the spec's order, then whatever else there is. */
    private int orderedTags(CompositeOps composite, int slot, int from) {
        int at = from;
        for (int index = 0; index < composite.parts.length && at >= 0; index++) {
            int child = slots.find(slot, composite.keys[index]);
            at = child == Slots.NIL ? at : tagged(composite, composite.parts[index], child, at);
        }
        return at < 0 ? at : tags(composite, slot, at, true);
    }

    /** Writes the parts in the order they came; only those without a place in the order if {@code rest}. */
    private int tags(CompositeOps composite, int slot, int from, boolean rest) {
        int at = from;
        int pass = ++passes;
        for (int child = first(slot); child != Slots.NIL && at >= 0; child = next(child)) {
            long key = slots.keys[child];
            int index = key == 0 ? -1 : composite.indexOf(key);
            boolean written = rest && index >= 0 && isFirst(composite.parts[index], pass) || composite.leads(key);
            if (!written && (key != 0 || values.isOwn(composite.unknownOp, child))) {
                at = index < 0 ? unknown(composite, child, at) : tagged(composite, composite.parts[index], child, at);
            }
        }
        return at;
    }

    /** Whether a part is met for the first time in a pass over tags, without looking back at the others. */
    private boolean isFirst(int op, int pass) {
        boolean first = passOf[op] != pass;
        passOf[op] = pass;
        return first;
    }

    private int unknown(CompositeOps composite, int child, int at) {
        return switch (composite.unknownTags) {
            case PRESERVE -> tagged(composite, composite.unknownOp, child, at);
            case SKIP -> at;
            case REJECT -> error.refuseAt(CodecError.TAG, slots, child, at - base, "a tag that the dialect has", 0, 0);
        };
    }

    private int tagged(CompositeOps composite, int op, int child, int at) {
        if (values.isOwn(op, child)) {
            return values.copy(child, at);
        }
        if (composite.tag.lengthFirst()) {
            return lengthFirst(composite, op, child, at);
        }
        int valueAt = tag(composite, child, at);
        return valueAt < 0 ? valueAt : values.field(op, child, valueAt);
    }

    private int lengthFirst(CompositeOps composite, int op, int child, int at) {
        if (composite.leadBytes > dst.length - at) {
            return values.noRoom(child, composite.leadBytes, at);
        }
        int valueAt = tag(composite, child, at + composite.leadBytes);
        if (valueAt < 0) {
            return valueAt;
        }
        int units = values.take(op, child, valueAt);
        units = units < 0 ? units : values.check(op, child, valueAt);
        if (units < 0) {
            return units;
        }
        LengthPrefix.write(composite.leadOp, composite.leadBytes, composite.tagUnits + units, dst, at);
        return values.bare(op, child, valueAt);
    }

    private int tag(CompositeOps composite, int child, int at) {
        boolean ber = composite.layout == Composite.Layout.BER_TLV;
        int length = PartKey.copyTo(slots.keys[child], tagText, 0);
        int units = ber ? length : composite.tagUnits;
        if (length < units && composite.padsTags()) {
            boolean left = composite.padsTagsLeft();
            System.arraycopy(tagText, 0, tagText, left ? units - length : 0, length);
            Arrays.fill(
                    tagText,
                    left ? 0 : length,
                    left ? units - length : units,
                    composite.tag.padding().pad());
            length = units;
        }
        if (length != units || !composite.writesTag(tagText, units)) {
            return error.refuseAt(CodecError.TAG, slots, child, at - base, "a tag as the composite writes them", 0, 0);
        }
        int bytes = ValueOp.bytes(composite.tagOp, units);
        if (bytes > dst.length - at) {
            return values.noRoom(child, bytes, at);
        }
        ValueOp.encode(composite.tagOp, tagText, 0, units, dst, at);
        boolean whole = !ber || BerTag.bytes(dst, at, at + bytes) == bytes;
        return whole ? at + bytes : error.refuseAt(CodecError.TAG, slots, child, at - base, "a whole BER tag", 0, 0);
    }

    private int first(int slot) {
        return slots.get(slot, Slots.CHILD);
    }

    private int next(int child) {
        return slots.get(child, Slots.NEXT);
    }
}
