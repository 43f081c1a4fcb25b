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
}
