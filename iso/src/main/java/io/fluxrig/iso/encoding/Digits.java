package io.fluxrig.iso.encoding;

import io.fluxrig.perf.buffer.Bytes;

/**
 * Checks for decimal digits, eight bytes a step.
 *
 * <pre>
 *   ASCII   30..39   zone 3:  byte &amp; F0 == 30 and (byte + 06) &amp; F0 == 30
 *   EBCDIC  F0..F9   zone F:  the same with F0; FA + 06 carries out of its byte, which then no longer reads F
 *   BCD     two digits a byte: a nibble above 9 has its 8 and (its 4 or its 2)
 * </pre>
 *
 * A carry can only come out of a byte that fails by itself, so "some byte fails" is exact.
 */
public final class Digits {

    private static final long HIGH_NIBBLES = 0xF0F0_F0F0_F0F0_F0F0L;
    private static final long SIXES = 0x0606_0606_0606_0606L;
    private static final long ASCII_ZEROS = 0x3030_3030_3030_3030L;
    private static final long EBCDIC_ZEROS = HIGH_NIBBLES;
    private static final long HEX_ZEROS = 0x3033_3033_3033_3033L;
    private static final long HEX_FIRSTS = 0x00FF_00FF_00FF_00FFL;
    private static final long NIBBLE_TOPS = 0x8888_8888_8888_8888L;

    private Digits() {}

    /** Whether every byte is an ASCII digit. */
    public static boolean areAscii(byte[] bytes, int offset, int length) {
        return areZoned(bytes, offset, length, ASCII_ZEROS);
    }

    /** Whether every byte is an EBCDIC digit, in any code page. */
    public static boolean areEbcdic(byte[] bytes, int offset, int length) {
        return areZoned(bytes, offset, length, EBCDIC_ZEROS);
    }

    /** Whether both nibbles of every byte are decimal digits. */
    public static boolean areBcd(byte[] bytes, int offset, int length) {
        if (length < Long.BYTES) {
            return length == 0 || aboveNine(tail(bytes, offset, length, 0)) == 0;
        }
        int last = offset + length - Long.BYTES;
        long bad = aboveNine(Bytes.longLe(bytes, last));
        for (int at = offset; at < last; at += Long.BYTES) {
            bad |= aboveNine(Bytes.longLe(bytes, at));
        }
        return bad == 0;
    }

    /** Whether eight bytes are ASCII digits. */
    static boolean areAscii(long eight) {
        return (notZoned(eight, ASCII_ZEROS) & HIGH_NIBBLES) == 0;
    }

    /** Whether eight bytes are EBCDIC digits. */
    static boolean areEbcdic(long eight) {
        return (notZoned(eight, EBCDIC_ZEROS) & HIGH_NIBBLES) == 0;
    }

    /** Whether every two bytes are an ASCII digit in hex, 33 and then 30 to 39; {@code length} must be even. */
    public static boolean areAsciiInHex(byte[] bytes, int offset, int length) {
        if (length < Long.BYTES) {
            return length == 0 || notInHex(tail(bytes, offset, length, HEX_ZEROS)) == 0;
        }
        int last = offset + length - Long.BYTES;
        long bad = notInHex(Bytes.longLe(bytes, last));
        for (int at = offset; at < last; at += Long.BYTES) {
            bad |= notInHex(Bytes.longLe(bytes, at));
        }
        return bad == 0;
    }

    /** Not zero where one of four pairs is no digit: the first byte, lower in the long, is 33, the other a digit. */
    private static long notInHex(long eight) {
        return notZoned(eight, ASCII_ZEROS) & HIGH_NIBBLES | (eight ^ HEX_ZEROS) & HEX_FIRSTS;
    }

    /** The last eight bytes are checked first, so that no rest is left however long the value is. */
    private static boolean areZoned(byte[] bytes, int offset, int length, long zeros) {
        if (length < Long.BYTES) {
            return length == 0 || (notZoned(tail(bytes, offset, length, zeros), zeros) & HIGH_NIBBLES) == 0;
        }
        int last = offset + length - Long.BYTES;
        long bad = notZoned(Bytes.longLe(bytes, last), zeros);
        for (int at = offset; at < last; at += Long.BYTES) {
            bad |= notZoned(Bytes.longLe(bytes, at), zeros);
        }
        return (bad & HIGH_NIBBLES) == 0;
    }

    /** High nibbles that are not zero where a byte is no digit; low nibbles that mean nothing. */
    private static long notZoned(long eight, long zeros) {
        return (eight ^ zeros) | (eight + SIXES ^ zeros);
    }

    private static long aboveNine(long eight) {
        return eight & (eight << 1 | eight << 2) & NIBBLE_TOPS;
    }

    /** The last 1 to 7 bytes, filled up with {@code filler}: one load where the array goes on, else byte by byte. */
    static long tail(byte[] bytes, int offset, int count, long filler) {
        long mask = -1L >>> (64 - 8 * count);
        if (offset + Long.BYTES <= bytes.length) {
            return Bytes.longLe(bytes, offset) & mask | filler & ~mask;
        }
        long value = filler & ~mask;
        for (int i = 0; i < count; i++) {
            value |= (bytes[offset + i] & 0xFFL) << (8 * i);
        }
        return value;
    }
}
