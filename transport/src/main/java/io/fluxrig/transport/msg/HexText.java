package io.fluxrig.transport.msg;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;

/** Hex digits to bytes and numbers, in both cases of letters, without allocating. */
final class HexText {
    private static final int MARK_LENGTH = 4;

    private static final byte[] DIGITS = new byte[256];

    /** Two lower-case digits for each byte, as they stand in two bytes. */
    private static final short[] PAIRS = new short[256];

    static {
        for (int i = 0; i < 256; i++) {
            DIGITS[i] = (byte) digitOf(i);
            PAIRS[i] = (short) (Character.forDigit(i >> 4, 16) << 8 | Character.forDigit(i & 0xF, 16));
        }
    }

    private HexText() {}

    /** Bytes that {@code hex:...} stands for, -1 if it is not that. */
    static int bytesLength(byte[] text, int offset, int length) {
        int digits = length - MARK_LENGTH;
        boolean marked = digits >= 0
                && text[offset] == 'h'
                && text[offset + 1] == 'e'
                && text[offset + 2] == 'x'
                && text[offset + 3] == ':';
        if (!marked || (digits & 1) != 0) {
            return -1;
        }
        for (int i = offset + MARK_LENGTH; i < offset + length; i++) {
            if (digit(text[i]) < 0) {
                return -1;
            }
        }
        return digits / 2;
    }

    static int bytesLength(String text) {
        return bytesLength(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
    }

    /** Decodes {@code hex:...}; bytes written, -1 if it is not that or has no room. */
    static int decode(byte[] text, int offset, int length, byte[] dst, int dstOffset) {
        int count = bytesLength(text, offset, length);
        if (count > dst.length - dstOffset) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            int at = offset + MARK_LENGTH + 2 * i;
            dst[dstOffset + i] = (byte) (digit(text[at]) << 4 | digit(text[at + 1]));
        }
        return count;
    }

    static int decode(String text, byte[] dst, int dstOffset) {
        return decode(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length(), dst, dstOffset);
    }

    /** Writes a number as 16 lower-case digits. */
    static void put(long value, byte[] dst, int offset) {
        for (int i = 0; i < Long.BYTES; i++) {
            Bytes.putShortBe(dst, offset + 2 * i, PAIRS[(int) (value >>> 56 - 8 * i) & 0xFF]);
        }
    }

    /** Whether 16 bytes are digits; their value is then {@link #value}. */
    static boolean isNumber(byte[] text, int offset) {
        int seen = 0;
        for (int i = offset; i < offset + 16; i++) {
            seen |= digit(text[i]);
        }
        return seen >= 0;
    }

    static long value(byte[] text, int offset) {
        long value = 0;
        for (int i = offset; i < offset + 16; i++) {
            value = value << 4 | digit(text[i]);
        }
        return value;
    }

    /** The value of a hex digit, -1 if it is none. */
    static int digit(byte character) {
        return DIGITS[character & 0xFF];
    }

    private static int digitOf(int character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int letter = character | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
