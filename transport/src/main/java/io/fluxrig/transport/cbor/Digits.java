package io.fluxrig.transport.cbor;

/** Decimal digits of a number, straight into bytes. */
final class Digits {
    private Digits() {}

    /** Characters of the number in decimal, its sign included. */
    static int count(long number) {
        if (number < 0) {
            return number == Long.MIN_VALUE ? 20 : 1 + count(-number);
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Writes the number into exactly {@code count} bytes. */
    static void put(long number, byte[] dst, int offset, int count) {
        int at = offset + count;
        long rest = number;
        do {
            dst[--at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (number < 0) {
            dst[--at] = '-';
        }
    }
}
