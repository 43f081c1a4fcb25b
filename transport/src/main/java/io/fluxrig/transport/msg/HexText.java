package io.fluxrig.transport.msg;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;

/** Hex digits to bytes and numbers, in both cases of letters, without allocating. */
final class HexText {
    private static final int MARK_LENGTH = 4;

    private static final byte[] DIGITS = new byte[256];

    private static final long EACH_ONE = 0x0101_0101_0101_0101L;
    private static final long EACH_LOW = 0x0F0F_0F0F_0F0F_0F0FL;
    private static final long EACH_ZERO = 0x3030_3030_3030_3030L;

    static {
        for (int i = 0; i < 256; i++) {
            DIGITS[i] = (byte) digitOf(i);
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
        Bytes.putLongBe(dst, offset, digits(value >>> 32));
        Bytes.putLongBe(dst, offset + 8, digits(value & 0xFFFF_FFFFL));
    }

    /** Whether 16 bytes are digits; their value is then {@link #value}. */
    static boolean isNumber(byte[] text, int offset) {
        return isDigits(text, offset) && isDigits(text, offset + 8);
    }

    static long value(byte[] text, int offset) {
        return packed(nibbles(Bytes.longBe(text, offset))) << 32 | packed(nibbles(Bytes.longBe(text, offset + 8)));
    }

    /** Eight at once if they are lower-case, as they mostly are: a word is digits if its value is written as that word. */
    private static boolean isDigits(byte[] text, int offset) {
        long word = Bytes.longBe(text, offset);
        if (digits(packed(nibbles(word))) == word) {
            return true;
        }
        int seen = 0;
        for (int i = offset; i < offset + 8; i++) {
            seen |= digit(text[i]);
        }
        return seen >= 0;
    }

    /** Eight characters to eight numbers below 16, one a byte: the low four bits, and nine more for a letter. */
    private static long nibbles(long characters) {
        return (characters & EACH_LOW) + (characters >>> 6 & EACH_ONE) * 9;
    }

    /** Eight numbers below 16, one a byte, as 32 bits. */
    private static long packed(long nibbles) {
        long pairs = (nibbles | nibbles >>> 4) & 0x00FF_00FF_00FF_00FFL;
        long quads = (pairs | pairs >>> 8) & 0x0000_FFFF_0000_FFFFL;
        return (quads | quads >>> 16) & 0xFFFF_FFFFL;
    }

    /** 32 bits as eight lower-case characters: {@code '0'} and more, and 39 beyond that from ten on. */
    private static long digits(long value) {
        long quads = (value | value << 16) & 0x0000_FFFF_0000_FFFFL;
        long pairs = (quads | quads << 8) & 0x00FF_00FF_00FF_00FFL;
        long nibbles = (pairs | pairs << 4) & EACH_LOW;
        return nibbles + EACH_ZERO + (nibbles + EACH_ONE * 6 >>> 4 & EACH_ONE) * 39;
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
