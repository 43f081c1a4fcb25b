package io.fluxrig.iso.wire;

/**
 * What a field's value is once decoded. Text values are ISO-8859-1, one byte a character; the others are raw bytes
 * or a tree of parts.
 */
public enum WireType {
    /** Text of any character class. */
    STRING,
    /** Decimal digits. */
    NUMERIC,
    /** Raw bytes. */
    BINARY,
    /** Raw bytes that people read and write as hex; a {@link #BINARY} on the wire and in the codec. */
    HEX,
    /** A bitmap; as a message's DE 1 it is described by {@link WireSpec#bitmap()} and never stands among the fields. */
    BITMAP,
    /** Parts inside a body of their own, see {@link Composite}. */
    COMPOSITE,
    /** Track 1 text. */
    TRACK1,
    /** Track 2 text; the separator is {@code =} in text and nibble {@code D} in BCD. */
    TRACK2;

    /** Whether the decoded value is raw bytes rather than text. */
    public boolean isBytes() {
        return this == BINARY || this == HEX || this == BITMAP;
    }
}
