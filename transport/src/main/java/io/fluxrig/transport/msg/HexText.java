package io.fluxrig.transport.msg;

import java.nio.charset.StandardCharsets;

/** Hex digits to bytes and numbers, in both cases of letters, without allocating. */
final class HexText {
    private static final int MARK_LENGTH = 4;

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

    /** The value of a hex digit, -1 if it is none. */
    static int digit(byte character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int letter = character | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
