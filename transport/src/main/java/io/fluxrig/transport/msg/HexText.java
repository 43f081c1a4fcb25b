package io.fluxrig.transport.msg;

import java.nio.charset.StandardCharsets;

/** Hex digits to bytes and numbers, in both cases of letters, without allocating. */
final class HexText {
    private static final int MARK_LENGTH = 4;

    private HexText() {}

    /** Decodes {@code hex:...}; bytes written, -1 if it is not that or has no room. */
    static int decode(byte[] text, int offset, int length, byte[] dst, int dstOffset) {
        int digits = length - MARK_LENGTH;
        boolean marked = digits >= 0
                && text[offset] == 'h'
                && text[offset + 1] == 'e'
                && text[offset + 2] == 'x'
                && text[offset + 3] == ':';
        if (!marked || (digits & 1) != 0 || digits / 2 > dst.length - dstOffset) {
            return -1;
        }
        for (int i = 0; i < digits / 2; i++) {
            int high = digit(text[offset + MARK_LENGTH + 2 * i]);
            int low = digit(text[offset + MARK_LENGTH + 2 * i + 1]);
            if ((high | low) < 0) {
                return -1;
            }
            dst[dstOffset + i] = (byte) (high << 4 | low);
        }
        return digits / 2;
    }

    static int decode(String text, byte[] dst, int dstOffset) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        return decode(ascii, 0, ascii.length, dst, dstOffset);
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
