package io.fluxrig.transport.cbor;

/** Major types of RFC 8949, section 3.1: the upper three bits of an item's first byte. */
public final class CborType {
    public static final int UINT = 0;
    public static final int NEGATIVE = 1;
    public static final int BYTES = 2;
    public static final int TEXT = 3;
    public static final int ARRAY = 4;
    public static final int MAP = 5;
    public static final int TAG = 6;
    /** Simple values and floats. */
    public static final int SIMPLE = 7;

    static final int FALSE = 0xF4;
    static final int TRUE = 0xF5;
    static final int NULL = 0xF6;
    static final int HALF = 0xF9;
    static final int SINGLE = 0xFA;
    static final int DOUBLE = 0xFB;

    private CborType() {}
}
