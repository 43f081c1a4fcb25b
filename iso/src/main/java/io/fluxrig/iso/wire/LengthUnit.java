package io.fluxrig.iso.wire;

/** What a length prefix counts. Composites are always counted in {@link #BYTES}. */
public enum LengthUnit {
    /** Units of the value: characters, digits or bytes. What moov and jPOS count. */
    VALUE,
    /** Bytes on the wire: a BCD value of 5 digits counts 3, a hex one of 2 bytes counts 4. */
    BYTES,
    /** Half bytes on the wire: a value of 8 bytes counts 16. For values of raw bytes, and always even. */
    NIBBLES
}
