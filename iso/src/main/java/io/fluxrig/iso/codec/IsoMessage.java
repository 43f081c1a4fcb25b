package io.fluxrig.iso.codec;

/**
 * One message: what a codec decoded, or what was set by hand. Reusable; a gear owns one and fills it again and again.
 *
 * <p>Field 0 is the MTI. A value is <em>canonical</em>: text in ISO-8859-1, raw bytes, or a tree of parts, the same
 * whatever the dialect wrote. Values are made canonical only when read.
 *
 * <p>Threading: owned by one strip. Ownership: holds its own copy of the bytes; {@link #wipe()} zeroes them.
 */
public final class IsoMessage {

    /** Returned for the length of a value that is not there. */
    public static final int ABSENT = -1;
    /** {@link #kind(int)} of a text value. */
    public static final int TEXT = 1;
    /** {@link #kind(int)} of a value of raw bytes. */
    public static final int BYTES = 2;
    /** {@link #kind(int)} of a composite. */
    public static final int TREE = 3;

    /** An empty message. */
    public IsoMessage() {
        clear();
    }

    /** Whether the field is there. */
    public boolean has(int field) {
        return length(field) != ABSENT;
    }

    /** Whether the value is there. */
    public boolean has(FieldPath path) {
        return length(path) != ABSENT;
    }

    /** The next field present above {@code after} (0 is the MTI; begin with -1), or -1. */
    public int nextField(int after) {
        return -1;
    }

    /** The MTI as a decimal number: {@code "0110"} is 110; {@link #ABSENT} if there is none. */
    public int mti() {
        return ABSENT;
    }

    /** {@link #TEXT}, {@link #BYTES}, {@link #TREE}, or {@link #ABSENT}. */
    public int kind(int field) {
        return ABSENT;
    }

    /** As {@link #kind(int)}, of a value inside a field. */
    public int kind(FieldPath path) {
        return ABSENT;
    }

    /** Length of the canonical value, of a composite's body as it is on the wire; {@link #ABSENT} if it is not there. */
    public int length(int field) {
        return ABSENT;
    }

    /** As {@link #length(int)}, of a value inside a field. */
    public int length(FieldPath path) {
        return ABSENT;
    }

    /** Copies the canonical value and returns its length, or {@link #ABSENT}. */
    public int copyTo(int field, byte[] dst, int dstOffset) {
        return ABSENT;
    }

    /** As {@link #copyTo(int, byte[], int)}, of a value inside a field. */
    public int copyTo(FieldPath path, byte[] dst, int dstOffset) {
        return ABSENT;
    }

    /** Whether the field is there and its canonical value is these bytes. */
    public boolean valueEquals(int field, byte[] literal) {
        return false;
    }

    /** As {@link #valueEquals(int, byte[])}, of a value inside a field. */
    public boolean valueEquals(FieldPath path, byte[] literal) {
        return false;
    }

    /** A 64-bit hash of the canonical value, the same whatever the dialect; of a field that is not there, {@code seed} mixed. */
    public long hash(int field, long seed) {
        return seed;
    }

    /** As {@link #hash(int, long)}, of a value inside a field. */
    public long hash(FieldPath path, long seed) {
        return seed;
    }

    /** The canonical text, for people, tests and configuration: allocates. Null if not there; hex for bytes. */
    public String text(int field) {
        return null;
    }

    /** As {@link #text(int)}, of a value inside a field. */
    public String text(FieldPath path) {
        return null;
    }

    /** Sets a field to a canonical value: bytes if the dialect that this message was decoded from says so, else text. */
    public void set(int field, byte[] src, int offset, int length) {}

    /** As {@link #set(int, byte[], int, int)}, of a value inside a field; trees on the way are made. */
    public void set(FieldPath path, byte[] src, int offset, int length) {}

    /** Sets a field to raw bytes, whatever the dialect it came from says. */
    public void setBytes(int field, byte[] src, int offset, int length) {}

    /** As {@link #setBytes(int, byte[], int, int)}, of a value inside a field. */
    public void setBytes(FieldPath path, byte[] src, int offset, int length) {}

    /** Sets a field to text of characters below 256. */
    public void setAscii(int field, CharSequence value) {}

    /** As {@link #setAscii(int, CharSequence)}, of a value inside a field. */
    public void setAscii(FieldPath path, CharSequence value) {}

    /** Sets the MTI from its decimal number: 110 becomes {@code "0110"}. */
    public void setMti(int mti) {}

    /** Removes a field; does nothing if it is not there. */
    public void unset(int field) {}

    /** Removes a value inside a field; does nothing if it is not there. */
    public void unset(FieldPath path) {}

    /** Copies everything from another message, its wire bytes and dialect too. */
    public void copyFrom(IsoMessage other) {}

    /** Empties the message without touching its bytes; see {@link #wipe()}. */
    public void clear() {}

    /** Empties the message and zeroes every byte that it held. */
    public void wipe() {
        clear();
    }

    /** Whether nothing was set or unset since it was decoded: it equals its wire bytes. */
    public boolean pristine() {
        return false;
    }

    /** Shows every field in order to the visitor. */
    public void walk(FieldVisitor visitor) {}
}
