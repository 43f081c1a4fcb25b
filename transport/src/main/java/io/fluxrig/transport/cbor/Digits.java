package io.fluxrig.transport.cbor;

import io.fluxrig.perf.buffer.Bytes;

/** Decimal digits of a number, straight into bytes. */
final class Digits {
    private Digits() {}

    /** Two digits each, from 00 to 99, as they stand in two bytes. */
    private static final short[] PAIRS = new short[100];

    /** Powers of ten from 10 to 10^18. */
    private static final long[] TENS = new long[18];

    static {
        long power = 10;
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
        int digits = 1;
        while (digits <= TENS.length && number >= TENS[digits - 1]) {
            digits++;
        }
        return digits;
    }

    /** Writes the number into exactly {@code count} bytes. */
    static void put(long number, byte[] dst, int offset, int count) {
        int at = offset + count;
        long rest = number > 0 ? -number : number;
        while (rest <= -100) {
            long above = rest / 100;
            int pair = (int) (above * 100 - rest);
            at -= 2;
            Bytes.putShortBe(dst, at, PAIRS[pair]);
            rest = above;
        }
        if (rest <= -10) {
            Bytes.putShortBe(dst, at - 2, PAIRS[(int) -rest]);
        } else {
            dst[at - 1] = (byte) ('0' - rest);
        }
        if (number < 0) {
            dst[offset] = '-';
        }
    }
}
