package io.fluxrig.iso.frame;

/** How the length field of a frame is written. */
public enum LengthEncoding {
    /** An unsigned integer, in the byte order of the framing. */
    BINARY,
    /** Decimal digits, one ASCII byte each: {@code "0055"}. */
    ASCII,
    /** Decimal digits, two a byte: {@code 0x00 0x55}. */
    BCD,
    /** Decimal digits, one EBCDIC byte each: {@code F0 F0 F5 F5}. */
    EBCDIC,
    /** Hexadecimal digits, one ASCII byte each, either case read, upper case written: {@code "0037"}. */
    HEX;

    /** The greatest number that fits. */
    long max(int size) {
        return switch (this) {
            case BINARY -> (1L << (8 * size)) - 1;
            case ASCII, EBCDIC -> pow(10, size) - 1;
            case BCD -> pow(100, size) - 1;
            case HEX -> (1L << (4 * size)) - 1;
        };
    }

    private static long pow(long base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }

    /** Reads {@code size} bytes; the number, or {@link FrameRefusal#LENGTH_NOT_DIGITS}. */
    long read(byte[] src, int offset, int size, boolean little) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            int b = src[little ? offset + size - 1 - i : offset + i] & 0xff;
            int high = b >>> 4;
            int low = b & 0x0f;
            switch (this) {
                case BINARY -> value = value << 8 | b;
                case ASCII -> {
                    if (high != 3 || low > 9) {
                        return FrameRefusal.LENGTH_NOT_DIGITS;
                    }
                    value = value * 10 + low;
                }
                case EBCDIC -> {
                    if (high != 15 || low > 9) {
                        return FrameRefusal.LENGTH_NOT_DIGITS;
                    }
                    value = value * 10 + low;
                }
                case BCD -> {
                    if (high > 9 || low > 9) {
                        return FrameRefusal.LENGTH_NOT_DIGITS;
                    }
                    value = value * 100 + high * 10L + low;
                }
                case HEX -> {
                    int digit = hexDigit(b);
                    if (digit < 0) {
                        return FrameRefusal.LENGTH_NOT_DIGITS;
                    }
                    value = value << 4 | digit;
                }
            }
        }
        return value;
    }

    /** Writes {@code value}, which must fit, into {@code size} bytes. */
    void write(long value, byte[] dst, int offset, int size, boolean little) {
        long rest = value;
        for (int i = size - 1; i >= 0; i--) {
            int at = little ? offset + size - 1 - i : offset + i;
            switch (this) {
                case BINARY -> {
                    dst[at] = (byte) rest;
                    rest >>>= 8;
                }
                case ASCII -> {
                    dst[at] = (byte) ('0' + rest % 10);
                    rest /= 10;
                }
                case EBCDIC -> {
                    dst[at] = (byte) (0xf0 + rest % 10);
                    rest /= 10;
                }
                case BCD -> {
                    dst[at] = (byte) (rest / 10 % 10 << 4 | rest % 10);
                    rest /= 100;
                }
                case HEX -> {
                    dst[at] = (byte) "0123456789ABCDEF".charAt((int) (rest & 15));
                    rest >>>= 4;
                }
            }
        }
    }

    private static int hexDigit(int b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
