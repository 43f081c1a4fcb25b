package io.fluxrig.transport.cbor;

import io.fluxrig.perf.buffer.Bytes;

/** Decimal digits of a number, straight into bytes. */
final class Digits {
    private Digits() {}

    /** Two digits each, from 00 to 99, as they stand in two bytes. */
    private static final short[] PAIRS = new short[100];

    /** Powers of ten from 1 to 10^18. */
    private static final long[] TENS = new long[19];

    private static final int EIGHT_DIGITS = 100_000_000;
    private static final long EACH_ZERO = 0x3030_3030_3030_3030L;

    static {
        long power = 1;
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = power;
            power *= 10;
        }
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) ('0' + i / 10 << 8 | '0' + i % 10);
        }
    }

    /** Characters of the number in decimal, its sign included. */
    static int count(long number) {
        if (number < 0) {
            return number == Long.MIN_VALUE ? 20 : 1 + count(-number);
        }
        // The logarithm of two is 1233/4096 to within what 63 bits need: at most one below the number's own, never
        // above.
        int bits = Long.SIZE - Long.numberOfLeadingZeros(number | 1);
        int tens = bits * 1233 >>> 12;
        return number == 0 || number >= TENS[tens] ? tens + 1 : tens;
    }

    /** Writes the number into exactly {@code count} bytes. */
    static void put(long number, byte[] dst, int offset, int count) {
        int at = offset + count;
        long rest = number > 0 ? -number : number;
        while (rest <= -EIGHT_DIGITS) {
            long above = rest / EIGHT_DIGITS;
            at -= 8;
            Bytes.putLongLe(dst, at, eight((int) (above * EIGHT_DIGITS - rest)));
            rest = above;
        }
        putPairs((int) rest, dst, at);
        if (number < 0) {
            dst[offset] = '-';
        }
    }

    /** Eight digits, leading zeros too, as eight characters in the order of memory: halved, and halved, and halved. */
    private static long eight(int number) {
        long fours = number / 10_000 | (long) (number % 10_000) << 32;
        long hundreds = fours * 10_486 >>> 20 & 0x0000_007F_0000_007FL;
        long twos = hundreds | fours - 100 * hundreds << 16;
        long tens = twos * 103 >>> 10 & 0x000F_000F_000F_000FL;
        return (tens | twos - 10 * tens << 8) + EACH_ZERO;
    }

    /** Writes what is above the groups of eight, negated, to end at {@code end}. */
    private static void putPairs(int negated, byte[] dst, int end) {
        int at = end;
        int rest = negated;
        while (rest <= -100) {
            int above = rest / 100;
            at -= 2;
            Bytes.putShortBe(dst, at, PAIRS[above * 100 - rest]);
            rest = above;
        }
        if (rest <= -10) {
            Bytes.putShortBe(dst, at - 2, PAIRS[-rest]);
        } else {
            dst[at - 1] = (byte) ('0' - rest);
        }
    }
}
