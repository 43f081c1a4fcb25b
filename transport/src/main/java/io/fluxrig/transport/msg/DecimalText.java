package io.fluxrig.transport.msg;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;

/** Numbers written as decimal text, read without allocating. Only the canonical form counts: no plus, no leading zeros. */
final class DecimalText {
    private static final int DIGITS_MAX = 19;
    private static final long EIGHT_DIGITS = 100_000_000;

    private static final long EACH_ONE = 0x0101_0101_0101_0101L;
    private static final long EACH_ZERO = 0x3030_3030_3030_3030L;
    private static final long EACH_HIGH = 0xF0F0_F0F0_F0F0_F0F0L;

    private DecimalText() {}

    static long parse(byte[] text, int offset, int length, long otherwise) {
        boolean negative = length > 0 && text[offset] == '-';
        int from = offset + (negative ? 1 : 0);
        int digits = offset + length - from;
        if (digits < 1 || digits > DIGITS_MAX || text[from] == '0' && (digits > 1 || negative)) {
            return otherwise;
        }
        int end = offset + length;
        int at = from;
        long value = 0;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long word = Bytes.longLe(text, at);
            if (!areDigits(word)) {
                return otherwise;
            }
            value = value * EIGHT_DIGITS - eight(word); // twice at most: below the bounds of a long
        }
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            value = value * 10 - digit;
            if (value > 0) {
                return otherwise;
            }
        }
        return negative ? value : value == Long.MIN_VALUE ? otherwise : -value;
    }

    /** Whether eight characters are digits: 3 above, and still 3 above with 6 more. */
    private static boolean areDigits(long word) {
        return (word & EACH_HIGH) == EACH_ZERO && (word + EACH_ONE * 6 & EACH_HIGH) == EACH_ZERO;
    }

    /** The number that eight digits spell, in the order of memory: joined to pairs, to fours, to eight. */
    private static int eight(long word) {
        long digits = word - EACH_ZERO;
        long pairs = digits * 10 + (digits >>> 8) & 0x00FF_00FF_00FF_00FFL;
        long fours = pairs * 100 + (pairs >>> 16) & 0x0000_FFFF_0000_FFFFL;
        return (int) (fours * 10_000 + (fours >>> 32));
    }

    static long parse(String text, long otherwise) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(ascii, 0, ascii.length, otherwise);
    }
}
