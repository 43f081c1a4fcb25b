package io.fluxrig.iso.codec;

import java.util.Objects;

/** Some of the data elements 1 to 192, a bit for each, in the order of bitmaps. Mutable; one thread. */
public final class FieldSet {
    final long[] words = new long[FieldBits.WORDS];

    /**
     * Adds a field.
     *
     * @throws IndexOutOfBoundsException unless it is 1 to 192
     */
    public void add(int field) {
        Objects.checkIndex(field - 1, FieldBits.WORDS * Long.SIZE);
        words[FieldBits.word(field)] |= FieldBits.bit(field);
    }

    /** Whether it holds a field, 1 to 192. */
    public boolean has(int field) {
        return (words[FieldBits.word(field)] & FieldBits.bit(field)) != 0;
    }

    /** The next field above {@code after} (begin with 0) that is in this set and in the message, or -1. */
    public int nextPresent(IsoMessage message, int after) {
        return next(message, 0, after);
    }

    /** The next field above {@code after} (begin with 0) that is in this set and not in the message, or -1. */
    public int nextAbsent(IsoMessage message, int after) {
        return next(message, -1, after);
    }

    private int next(IsoMessage message, long flip, int after) {
        long[] present = message.fields.present;
        long mask = -1L >>> (after & 63);
        for (int word = after >> 6; word < FieldBits.WORDS; word++) {
            long bits = words[word] & (present[word] ^ flip) & mask;
            if (bits != 0) {
                return FieldBits.first(word, bits);
            }
            mask = -1L;
        }
        return -1;
    }
}
