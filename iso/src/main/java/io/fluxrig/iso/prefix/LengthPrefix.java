package io.fluxrig.iso.prefix;

import io.fluxrig.iso.encoding.Ebcdic;
import io.fluxrig.iso.encoding.Hex;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Prefix;

/**
 * Reads and writes the number ahead of a value. A dense op code stands for the encoding, so that the codec's switch
 * needs no virtual call.
 *
 * <pre>
 *   op       bytes for n digits   19 with LL          malformed
 *   ASCII    n                    31 39               a byte not 30..39
 *   EBCDIC   n                    F1 F9               a byte not F0..F9
 *   BCD      (n + 1) / 2          19                  a nibble above 9
 *   BINARY   n (bytes)            00 13               never
 *   HEX      2n                   30 30 31 33         a byte not hex
 *   BER      1 to 4               13, 81 80, 82 ...   80, 84 and above
 * </pre>
 */
public final class LengthPrefix {

    /** No prefix, the field's own length. */
    public static final int FIXED = 0;
    /** ASCII digits. */
    public static final int ASCII = 1;
    /** BCD digits. */
    public static final int BCD = 2;
    /** EBCDIC digits, in any code page. */
    public static final int EBCDIC = 3;
    /** A big-endian number. */
    public static final int BINARY = 4;
    /** A big-endian number in ASCII hex. */
    public static final int HEX = 5;
    /** BER length octets. */
    public static final int BER = 6;
    /** No prefix, what is left. */
    public static final int NONE = 7;

    /** Returned for bytes that are not a length. */
    public static final int MALFORMED = -1;

    private static final int BER_BYTES_MAX = 4;

    private LengthPrefix() {}

    /** The op code of a prefix. */
    public static int op(Prefix prefix) {
        return switch (prefix.kind()) {
            case FIXED -> FIXED;
            case BER -> BER;
            case NONE -> NONE;
            case DIGITS -> digitsOp(prefix.enc());
        };
    }

    private static int digitsOp(Encoding enc) {
        return switch (enc) {
            case ASCII -> ASCII;
            case BCD, BCD_F, LBCD, LBCD_F -> BCD;
            case EBCDIC, EBCDIC1047 -> EBCDIC;
            case BINARY -> BINARY;
            case HEX_ASCII, HEX_TO_BYTES -> HEX;
            default -> throw new IllegalArgumentException("a prefix cannot be written in " + enc);
        };
    }

    /** Bytes of the prefix, the fewest for BER. */
    public static int bytes(Prefix prefix) {
        return switch (op(prefix)) {
            case FIXED, NONE -> 0;
            case BCD -> prefix.digits() + 1 >> 1;
            case HEX -> 2 * prefix.digits();
            case BER -> 1;
            default -> prefix.digits();
        };
    }

    /** The greatest length that so many bytes can tell, at most {@link Integer#MAX_VALUE}. */
    public static int max(int op, int bytes, int digits) {
        return switch (op) {
            case BINARY, HEX -> digits >= 4 ? Integer.MAX_VALUE : (1 << 8 * digits) - 1;
            case ASCII, EBCDIC, BCD -> (int) Math.pow(10, digits) - 1;
            case BER -> 0xFF_FFFF;
            default -> Integer.MAX_VALUE;
        };
    }

    /** What people call the encoding. */
    public static String name(int op) {
        return switch (op) {
            case ASCII -> "ASCII digits";
            case BCD -> "BCD digits";
            case EBCDIC -> "EBCDIC digits";
            case BINARY -> "binary";
            case HEX -> "hex digits";
            case BER -> "BER octets, short or of 1 to 3 bytes";
            default -> "none";
        };
    }

    /** Reads a number of {@code bytes} bytes, which must be there; {@link #MALFORMED} if they are none. Not for BER. */
    public static int read(int op, int bytes, byte[] src, int at) {
        return switch (op) {
            case ASCII -> bytes == 2 ? readTwo(src, at) : readZoned(src, at, bytes, '0');
            case EBCDIC -> readZoned(src, at, bytes, 0xF0);
            case BCD -> readBcd(src, at, bytes);
            case BINARY -> readBinary(src, at, bytes);
            case HEX -> readHex(src, at, bytes);
            default -> MALFORMED;
        };
    }

    private static int readTwo(byte[] src, int at) {
        int tens = src[at] - '0';
        int ones = src[at + 1] - '0';
        boolean digits = (tens | ones | 9 - tens | 9 - ones) >= 0;
        return digits ? 10 * tens + ones : MALFORMED;
    }

    private static int readZoned(byte[] src, int at, int bytes, int zero) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            int digit = (src[at + i] & 0xFF) - zero;
            if (digit < 0 || digit > 9) {
                return MALFORMED;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private static int readBcd(byte[] src, int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            int high = src[at + i] >> 4 & 0xF;
            int low = src[at + i] & 0xF;
            if (high > 9 || low > 9) {
                return MALFORMED;
            }
            value = 100 * value + 10 * high + low;
        }
        return value;
    }

    private static int readBinary(byte[] src, int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | src[at + i] & 0xFF;
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private static int readHex(byte[] src, int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int digit = Hex.digit(src[at + i]);
            if (digit < 0) {
                return MALFORMED;
            }
            value = value << 4 | digit;
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    /** Bytes of the BER length that begins with this byte, 1 to 4, or {@link #MALFORMED}. */
    public static int berBytes(int first) {
        int octet = first & 0xFF;
        if (octet < 0x80) {
            return 1;
        }
        int more = octet & 0x7F;
        return more == 0 || more >= BER_BYTES_MAX ? MALFORMED : 1 + more;
    }

    /** Reads a BER length of {@code bytes} bytes, as {@link #berBytes} told, all of which must be there. */
    public static int readBer(byte[] src, int at, int bytes) {
        return bytes == 1 ? src[at] & 0x7F : readBinary(src, at + 1, bytes - 1);
    }

    /** Bytes of the shortest BER length that tells this. */
    public static int berBytesFor(int length) {
        return length < 0x80 ? 1 : length <= 0xFF ? 2 : length <= 0xFFFF ? 3 : BER_BYTES_MAX;
    }

    /** Writes a length in {@code bytes} bytes; it must fit. */
    public static void write(int op, int bytes, int length, byte[] dst, int at) {
        int rest = length;
        for (int i = bytes - 1; i >= 0; i--) {
            switch (op) {
                case ASCII -> {
                    dst[at + i] = (byte) ('0' + rest % 10);
                    rest /= 10;
                }
                case EBCDIC -> {
                    dst[at + i] = Ebcdic.CP037.fromLatin('0' + rest % 10);
                    rest /= 10;
                }
                case BCD -> {
                    dst[at + i] = (byte) (rest / 10 % 10 << 4 | rest % 10);
                    rest /= 100;
                }
                case HEX -> {
                    dst[at + i] = Hex.character(rest);
                    rest >>>= 4;
                }
                default -> {
                    dst[at + i] = (byte) rest;
                    rest >>>= 8;
                }
            }
        }
    }

    /** Writes the shortest BER length and returns its bytes. */
    public static int writeBer(int length, byte[] dst, int at) {
        int bytes = berBytesFor(length);
        if (bytes == 1) {
            dst[at] = (byte) length;
        } else {
            dst[at] = (byte) (0x80 | bytes - 1);
            write(BINARY, bytes - 1, length, dst, at + 1);
        }
        return bytes;
    }
}
