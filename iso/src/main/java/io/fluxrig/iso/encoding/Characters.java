package io.fluxrig.iso.encoding;

import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.perf.buffer.Bytes;

/**
 * Which characters belong to which class, as one bit a class in a table of 256: a value is checked by and-ing the
 * entries of its bytes. One table a code page, so that EBCDIC is checked where it stands.
 */
public final class Characters {

    /** Classes of ISO-8859-1 bytes. */
    public static final Characters LATIN = new Characters(null);

    /** Classes of code page 037 bytes. */
    public static final Characters CP037 = new Characters(Ebcdic.CP037);

    /** Classes of code page 1047 bytes. */
    public static final Characters CP1047 = new Characters(Ebcdic.CP1047);

    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long BLANKS = 0x2020_2020_2020_2020L;
    private static final long ONES = 0x0101_0101_0101_0101L;

    private final short[] classes = new short[256];

    private Characters(Ebcdic page) {
        for (int code = 0; code < 256; code++) {
            classes[code] = bits(page == null ? code : page.toLatin(code));
        }
    }

    /** The bit of a class. */
    public static int bit(CharClass chars) {
        return 1 << chars.ordinal();
    }

    /** The index of the first byte outside the class, or -1. */
    public int firstOutside(byte[] bytes, int offset, int length, int classBit) {
        int all = classBit;
        for (int i = 0; i < length; i++) {
            all &= classes[bytes[offset + i] & 0xFF];
        }
        return all != 0 ? -1 : find(bytes, offset, length, classBit);
    }

    private int find(byte[] bytes, int offset, int length, int classBit) {
        for (int i = 0; i < length; i++) {
            if (!has(bytes[offset + i], classBit)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether one byte is in the class. */
    public boolean has(int code, int classBit) {
        return (classes[code & 0xFF] & classBit) != 0;
    }

    /**
     * Whether every byte is printable ASCII, 20 to 7E, eight a step: below 20 borrows into its top bit, 7F carries into
     * it, and above 7F has it.
     */
    public static boolean arePrintable(byte[] bytes, int offset, int length) {
        if (length < Long.BYTES) {
            return length == 0 || (notPrintable(Digits.tail(bytes, offset, length, BLANKS)) & TOPS) == 0;
        }
        int last = offset + length - Long.BYTES;
        long bad = notPrintable(Bytes.longLe(bytes, last));
        for (int at = offset; at < last; at += Long.BYTES) {
            bad |= notPrintable(Bytes.longLe(bytes, at));
        }
        return (bad & TOPS) == 0;
    }

    /** Top bits that are set where a byte is not printable; lower ones mean nothing. */
    private static long notPrintable(long eight) {
        return eight | eight - BLANKS | eight + ONES;
    }

    /** Whether every byte is an ASCII letter, digit or space, eight a step. */
    public static boolean areAlphanumeric(byte[] bytes, int offset, int length) {
        if (length < Long.BYTES) {
            return length == 0 || notAlphanumeric(Digits.tail(bytes, offset, length, BLANKS)) == 0;
        }
        int last = offset + length - Long.BYTES;
        long bad = notAlphanumeric(Bytes.longLe(bytes, last));
        for (int at = offset; at < last; at += Long.BYTES) {
            bad |= notAlphanumeric(Bytes.longLe(bytes, at));
        }
        return bad == 0;
    }

    /** Bit 20 folds letters to lower case; what it makes of anything else is no letter. */
    private static long notAlphanumeric(long eight) {
        long low = eight & ~TOPS;
        long good = within(low | BLANKS, 'a', 'z') | within(low, '0', '9') | within(low, ' ', ' ');
        return (eight | ~good) & TOPS;
    }

    /** The top bit of each byte from {@code from} to {@code to}; the bytes must be below 80. */
    private static long within(long eight, int from, int to) {
        return eight + ONES * (0x80 - from) & ~(eight + ONES * (0x7F - to));
    }

    private static short bits(int character) {
        int bits = 0;
        for (CharClass chars : CharClass.values()) {
            bits |= holds(chars, character) ? bit(chars) : 0;
        }
        return (short) bits;
    }

    private static boolean holds(CharClass chars, int c) {
        boolean digit = c >= '0' && c <= '9';
        boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        boolean printable = c >= ' ' && c <= '~';
        return switch (chars) {
            case ANY -> true;
            case N -> digit;
            case A -> letter || c == ' ';
            case AN -> letter || digit || c == ' ';
            case AS -> printable && !digit;
            case NS -> printable && !letter;
            case ANS -> printable;
            case Z -> c >= '0' && c <= '?' || c == 'D' || c == 'F';
            case XN -> digit || c == 'C' || c == 'D';
            case HEX -> digit || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f';
        };
    }
}
