package io.fluxrig.load.mix;

import io.fluxrig.perf.buffer.Bytes;

/**
 * Eight decimal digits at once, a byte each, the first the most significant. Numbers in messages are read and written some
 * ten times for each transaction; digit by digit that is most of what a load tool computes.
 *
 * <pre>
 *   '0' '0' '1' '2' '3' '4' '5' '6'        bytes, little-endian in a word
 *       0      12      34      56          pairs      (digit * 10 + next)
 *              12            3456          fours      (pair * 100 + next)
 *                          123456          the number
 * </pre>
 *
 * Writing goes the other way. Division is by multiplication, for two or four numbers in one word: {@code n * 10_486 >>> 20} is
 * {@code n / 100} for every n below 10,000 and {@code n * 103 >>> 10} is {@code n / 10} for every n below 100; the mask takes
 * off what the neighbour's product leaves. No state, any thread.
 */
public final class EightDigits {
    /** One more than the greatest of eight digits. */
    public static final int MODULUS = 100_000_000;

    private static final long DIGITS = 0x0F0F_0F0F_0F0F_0F0FL;
    private static final long PAIRS = 0x00FF_00FF_00FF_00FFL;
    private static final long FOURS = 0x0000_FFFF_0000_FFFFL;

    private EightDigits() {}

    /** @return the number that stands there, whatever the high nibbles; undefined if a byte's low nibble is no digit */
    public static int read(byte[] bytes, int offset) {
        long digits = Bytes.longLe(bytes, offset) & DIGITS;
        long pairs = (digits * 10 + (digits >>> 8)) & PAIRS;
        long fours = (pairs * 100 + (pairs >>> 16)) & FOURS;
        return (int) (fours * 10_000 + (fours >>> 32));
    }

    /**
     * Writes a number, zeros before.
     *
     * @param number 0 to {@link #MODULUS} - 1
     * @param zeros the eight bytes of digit 0, such as {@code 0x30} in ASCII; each with a low nibble of 0
     */
    static void write(byte[] bytes, int offset, int number, long zeros) {
        long head = number / 10_000;
        long fours = head | (number - head * 10_000) << 32;
        long hundreds = (fours * 10_486 >>> 20) & 0x0000_007F_0000_007FL;
        long pairs = hundreds | (fours - hundreds * 100) << 16;
        long tens = (pairs * 103 >>> 10) & 0x000F_000F_000F_000FL;
        Bytes.putLongLe(bytes, offset, zeros | tens | (pairs - tens * 10) << 8);
    }
}
