package io.fluxrig.iso.frame;

/** How the message type at the start of a message is written, for the look a decoder takes before it hands one on. */
public enum PeekEncoding {
    /** Four ASCII digits: {@code 30 31 30 30}. */
    ASCII(4),
    /** Four EBCDIC digits: {@code F0 F1 F0 F0}. */
    EBCDIC(4),
    /** Two bytes of two digits: {@code 01 00}. */
    BCD(2);

    /** Bytes of a message type. */
    final int length;

    PeekEncoding(int length) {
        this.length = length;
    }

    /**
     * Whether a message type can stand here: version 0, 1, 2, 8 (national) or 9 (private), class 1 to 8, two more
     * digits.
     */
    boolean isMti(byte[] src, int offset) {
        if (this == BCD) {
            int a = src[offset] & 0xff;
            int b = src[offset + 1] & 0xff;
            return plausible(a >>> 4, a & 15, b >>> 4, b & 15);
        }
        int zone = this == ASCII ? 0x30 : 0xf0;
        return plausible(
                (src[offset] & 0xff) - zone,
                (src[offset + 1] & 0xff) - zone,
                (src[offset + 2] & 0xff) - zone,
                (src[offset + 3] & 0xff) - zone);
    }

    private static boolean plausible(int version, int mtiClass, int function, int origin) {
        return (version >= 0 && version <= 2 || version == 8 || version == 9)
                && mtiClass >= 1
                && mtiClass <= 8
                && function >= 0
                && function <= 9
                && origin >= 0
                && origin <= 9;
    }
}
