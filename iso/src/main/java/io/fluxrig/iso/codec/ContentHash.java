package io.fluxrig.iso.codec;

import io.fluxrig.perf.buffer.Bytes;

/**
 * One number for what a message says, some fields left out. A message as it came is hashed in the pieces of wire bytes
 * between the fields left out, since asking field by field takes several times as long. The pieces are the same whether a
 * field left out is there or not, and the bitmaps are hashed as if it never were.
 *
 * <pre>
 *   MTI bitmaps | 2 3 4 | 7 | 11 12 ... 49 | 52 |          left out: 7, 52 and 64
 *                 piece       piece              piece of no bytes, and another behind 64
 * </pre>
 */
final class ContentHash {
    private ContentHash() {}

    static long of(IsoMessage message, FieldSet leftOut) {
        return message.pristine() ? ofWire(message, leftOut.words) : ofValues(message, leftOut.words);
    }

    private static long ofWire(IsoMessage message, long[] leftOut) {
        long[] present = message.fields.present;
        byte[] bytes = message.arena.bytes;
        long hash = 0;
        for (int word = 0; word < FieldBits.WORDS; word++) {
            hash = Bytes.mix64(hash ^ present[word] & ~leftOut[word]);
        }
        int from = message.wireFields;
        for (int word = 0; word < FieldBits.WORDS; word++) {
            for (long cuts = leftOut[word]; cuts != 0; cuts &= ~Long.highestOneBit(cuts)) {
                int field = FieldBits.first(word, cuts);
                boolean there = (present[word] & FieldBits.bit(field)) != 0;
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

    private static long ofValues(IsoMessage message, long[] leftOut) {
        long hash = 0;
        for (int field = message.nextField(0); field > 0; field = message.nextField(field)) {
            if ((leftOut[FieldBits.word(field)] & FieldBits.bit(field)) == 0) {
                hash += message.hash(field, field);
            }
        }
        return hash;
    }
}
