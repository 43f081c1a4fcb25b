package io.fluxrig.iso.codec;

import io.fluxrig.iso.wire.BitmapSpec.Tertiary;
import io.fluxrig.perf.buffer.Bytes;

/**
 * One number for what a message says, some fields left out. A message as it came is hashed in the pieces of wire bytes
 * between the fields left out, so that no field is looked at by itself. The pieces are the same whether a field left out is
 * there or not, and the bitmaps are hashed as if it never were.
 *
 * <pre>
 *   MTI bitmaps | 2 3 4 | 7 | 11 12 ... 49 | 52 |          left out: 7, 52 and 64
 *                 piece       piece              piece of no bytes, and another behind 64
 * </pre>
 *
 * Where a bitmap stands among the fields, and in a message that was changed, the canonical values are hashed in turn.
 */
final class ContentHash {
    private ContentHash() {}

    static long of(IsoMessage message, FieldSet leftOut, long seed) {
        return message.pristine() && message.table.wire.bitmap().tertiary() != Tertiary.IN_FIELD_65
                ? ofWire(message, leftOut, seed)
                : ofValues(message, leftOut, seed);
    }

    /** What is present is then what arrived. */
    private static long ofWire(IsoMessage message, FieldSet leftOut, long seed) {
        byte[] bytes = message.arena.bytes;
        long hash = seed;
        for (int word = 0; word < FieldBits.WORDS; word++) {
            hash = Bytes.mix64(hash ^ message.fields.present[word] & ~leftOut.words[word]);
        }
        int from = message.wireFields;
        for (int word = 0; word < FieldBits.WORDS; word++) {
            for (long cuts = leftOut.words[word]; cuts != 0; cuts &= ~Long.highestOneBit(cuts)) {
                int field = FieldBits.first(word, cuts);
                boolean there = message.fields.has(field);
                int to = there ? startOf(message, field) : message.nextArrived(field);
                hash = Bytes.hash64(bytes, from, to - from, hash);
                from = there ? message.slots.get(field, Slots.END) : to;
            }
        }
        return Bytes.hash64(bytes, from, message.wireLength - from, hash);
    }

    private static int startOf(IsoMessage message, int field) {
        message.fill(field);
        return message.slots.get(field, Slots.START);
    }

    private static long ofValues(IsoMessage message, FieldSet leftOut, long seed) {
        long hash = Bytes.mix64(seed);
        for (int field = message.nextField(0); field > 0; field = message.nextField(field)) {
            if (!leftOut.has(field)) {
                hash = ofSlot(message, message.slot(field), hash ^ field);
            }
        }
        return hash;
    }

    /** Of a composite that was changed, its parts; one that came whole counts by its bytes. */
    private static long ofSlot(IsoMessage message, int slot, long seed) {
        Slots slots = message.slots;
        if (slots.get(slot, Slots.OP) != Slots.SET_TREE) {
            return message.hashOf(slot, seed);
        }
        long hash = Bytes.mix64(seed);
        for (int part = slots.get(slot, Slots.CHILD); part != Slots.NIL; part = slots.get(part, Slots.NEXT)) {
            hash = ofSlot(message, part, Bytes.mix64(hash ^ slots.keys[part]));
        }
        return hash;
    }
}
