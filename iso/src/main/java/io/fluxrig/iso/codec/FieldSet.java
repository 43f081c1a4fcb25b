package io.fluxrig.iso.codec;

import java.util.Objects;

/** Some of the data elements 1 to 192, a bit for each, in the order of bitmaps. Mutable; one thread. */
public final class FieldSet {
    /** Words of 64 fields. */
    public static final int WORDS = FieldBits.WORDS;

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

    /** Those of this set that a message has, of the 64 from {@code 64 * word + 1} on, the first in the top bit. */
    public long present(IsoMessage message, int word) {
        return words[word] & message.fields.present[word];
    }

    /** All that a message has, as {@link #present} counts them. */
    public static long all(IsoMessage message, int word) {
        return message.fields.present[word];
    }

    /** As {@link #present}, those that it lacks. */
    public long absent(IsoMessage message, int word) {
        return words[word] & ~message.fields.present[word];
    }

    /** The first field of such bits, of which there is one. */
    public static int first(long bits, int word) {
        return FieldBits.first(word, bits);
    }

    /** Such bits without the first of them. */
    public static long behindFirst(long bits) {
        return bits & ~Long.highestOneBit(bits);
    }
}
