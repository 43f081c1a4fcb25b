package io.fluxrig.iso.codec;

/**
 * Sees the fields of a message in order, MTI first, as canonical values: what a JSON or CBOR writer and the converter
 * between dialects need. Byte ranges are lent for the call.
 */
public interface FieldVisitor {

    /** A text value, ISO-8859-1. */
    void text(Key key, byte[] value, int offset, int length);

    /** A value of raw bytes. */
    void bytes(Key key, byte[] value, int offset, int length);

    /** A composite begins; its parts follow until {@link #endTree()}. */
    void beginTree(Key key);

    /** The innermost composite ends. */
    void endTree();

    /**
     * A field's own part of the path, lent for the call: {@code mti}, {@code 2}, {@code 9F02}; {@code 82#2} of the second part of one key
     * in one composite.
     */
    interface Key {
        /** The DE number, 0 for the MTI, -1 for a part of a composite. */
        int field();

        /** Most that {@link #copyTo} writes: a key, and which of its kind. */
        int LENGTH_MAX = 13;

        /** Characters that {@link #copyTo} writes, 1 to {@value #LENGTH_MAX}. */
        int length();

        /** Writes the ASCII characters that stand for it in a path and returns how many. */
        int copyTo(byte[] dst, int dstOffset);

        /** Which of the parts of its key in its composite it is, from 1. */
        int count();

        /** As {@link #copyTo}, of the key alone, 1 to 8 characters. */
        int copyKeyTo(byte[] dst, int dstOffset);
    }
}
