package io.fluxrig.transport.msg;

import java.nio.charset.StandardCharsets;

/** Numbers written as decimal text, read without allocating. Only the canonical form counts: no plus, no leading zeros. */
final class DecimalText {
    private static final int DIGITS_MAX = 19;

    private DecimalText() {}

    static long parse(byte[] text, int offset, int length, long otherwise) {
        boolean negative = length > 0 && text[offset] == '-';
        int from = offset + (negative ? 1 : 0);
        int digits = offset + length - from;
        if (digits < 1 || digits > DIGITS_MAX || text[from] == '0' && (digits > 1 || negative)) {
            return otherwise;
        }
        long value = 0;
        for (int i = from; i < offset + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            value = value * 10 - digit;
            if (value > 0) {
                return otherwise;
            }
        }
        return negative ? value : value == Long.MIN_VALUE ? otherwise : -value;
    }

    static long parse(String text, long otherwise) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(ascii, 0, ascii.length, otherwise);
    }
}
