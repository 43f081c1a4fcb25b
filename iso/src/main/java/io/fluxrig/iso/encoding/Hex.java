package io.fluxrig.iso.encoding;

import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;

/** Bytes as two hex characters each, in ASCII; upper case when written, either case when read. */
public final class Hex {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_NIBBLES = 0x0F0F_0F0F_0F0F_0F0FL;
    private static final byte[] UPPER = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };
    private static final byte[] VALUES = values();

    private Hex() {}

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int value = 0; value < 16; value++) {
            values[UPPER[value]] = (byte) value;
            values[Character.toLowerCase(UPPER[value])] = (byte) value;
        }
        return values;
    }

    /** The value of a hex character, or -1. */
    public static int digit(int character) {
        return VALUES[character & 0xFF];
    }

    /** The upper case character of a value from 0 to 15. */
    public static byte character(int value) {
        return UPPER[value & 0xF];
    }

    /** The byte that two characters spell, or a negative number. */
    public static int octet(int high, int low) {
        return digit(high) << 4 | digit(low);
    }

    /**
     * Whether eight ASCII characters are hex digits. Bit 40 tells letters; a digit has high nibble 3 and at most 9 below
     * it, a letter 4 or 6 and 1 to 6.
     */
    public static boolean areDigits(long eight) {
        long letters = eight >>> 6 & ONES;
        long low = eight & LOW_NIBBLES;
        long bad = (eight & 0xD0D0_D0D0_D0D0_D0D0L) ^ (0x10 * ONES + letters * 0x30);
        bad |= ~eight & 0x20 * ONES & ~(letters * 0x20);
        bad |= (low + 6 * ONES + letters * 3) & 0x10 * ONES;
        bad |= letters * 0x10 & ~(low + LOW_NIBBLES);
        return bad == 0;
    }

    /** The 32 bits that eight ASCII hex digits spell, the first of them the top byte of {@code eight}. */
    public static long pack(long eight) {
        long nibbles = (eight & LOW_NIBBLES) + (eight >>> 6 & ONES) * 9;
        long bytes = (nibbles | nibbles >>> 4) & 0x00FF_00FF_00FF_00FFL;
        long shorts = (bytes | bytes >>> 8) & 0x0000_FFFF_0000_FFFFL;
        return (shorts | shorts >>> 16) & 0xFFFF_FFFFL;
    }

    /** The eight ASCII hex digits of 32 bits, the first of them in the top byte. */
    public static long spread(long bits) {
        long shorts = (bits | bits << 16) & 0x0000_FFFF_0000_FFFFL;
        long bytes = (shorts | shorts << 8) & 0x00FF_00FF_00FF_00FFL;
        long nibbles = (bytes | bytes << 4) & LOW_NIBBLES;
        long letters = nibbles + 6 * ONES >>> 4 & ONES;
        return nibbles + '0' * ONES + letters * 7;
    }

    /** Whether all these ASCII characters are hex digits, eight a step. */
    public static boolean areDigits(byte[] text, int offset, int length) {
        if (length < Long.BYTES) {
            return length == 0 || areDigits(Digits.tail(text, offset, length, '0' * ONES));
        }
        int last = offset + length - Long.BYTES;
        boolean digits = areDigits(Bytes.longLe(text, last));
        for (int at = offset; at < last && digits; at += Long.BYTES) {
            digits = areDigits(Bytes.longLe(text, at));
        }
        return digits;
    }

    /** Writes each byte as two characters, four bytes a step; {@code src} and {@code dst} must not overlap. */
    public static void encode(byte[] src, int offset, int bytes, byte[] dst, int dstOffset) {
        int i = 0;
        for (; bytes - i >= Integer.BYTES; i += Integer.BYTES) {
            Bytes.putLongBe(dst, dstOffset + 2 * i, spread(Bytes.intBe(src, offset + i) & 0xFFFF_FFFFL));
        }
        for (; i < bytes; i++) {
            int value = src[offset + i];
            dst[dstOffset + 2 * i] = character(value >> 4);
            dst[dstOffset + 2 * i + 1] = character(value);
        }
    }

    /** Reads each two characters as a byte, four bytes a step; they must have been checked. */
    public static void decode(byte[] src, int offset, int bytes, byte[] dst, int dstOffset) {
        int i = 0;
        for (; bytes - i >= Integer.BYTES; i += Integer.BYTES) {
            Bytes.putIntBe(dst, dstOffset + i, (int) pack(Bytes.longBe(src, offset + 2 * i)));
        }
        for (; i < bytes; i++) {
            dst[dstOffset + i] = (byte) octet(src[offset + 2 * i], src[offset + 2 * i + 1]);
        }
    }
}
