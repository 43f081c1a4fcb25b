package io.fluxrig.iso.encoding;

/**
 * Digits two a byte. Nibbles above 9 read as {@code A} to {@code F}; D reads as {@code =} where the value is a track.
 *
 * <pre>
 *   "12345"  right-aligned 01 23 45    left-aligned 12 34 50    (the odd nibble is the filler, 0 or F)
 * </pre>
 */
public final class Bcd {

    private static final byte[] CHARACTERS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };

    private Bcd() {}

    /** Bytes that so many digits take. */
    public static int bytes(int digits) {
        return digits + 1 >> 1;
    }

    /** The character of one nibble (0 is the high one of the first byte), D as {@code =}. */
    public static int character(byte[] src, int offset, int nibble) {
        int value = src[offset + (nibble >> 1)] >> ((~nibble & 1) << 2) & 0xF;
        return value == 0xD ? '=' : CHARACTERS[value];
    }

    /**
     * Reads {@code digits} characters from the nibble at {@code nibble} (0 is the high one of the first byte).
     *
     * @param separators whether nibble D is the track separator {@code =}
     */
    public static void decode(
            byte[] src, int offset, int nibble, int digits, boolean separators, byte[] dst, int dstOffset) {
        int at = nibble;
        for (int i = 0; i < digits; i++, at++) {
            int value = src[offset + (at >> 1)] >> ((~at & 1) << 2) & 0xF;
            dst[dstOffset + i] = separators && value == 0xD ? (byte) '=' : CHARACTERS[value];
        }
    }

    /**
     * Writes digits; an odd count leaves {@code filler} in the first high nibble, or in the last low one if
     * {@code left}. Characters must have been checked: see {@link #isNibble}.
     */
    public static void encode(byte[] src, int offset, int digits, boolean left, int filler, byte[] dst, int dstOffset) {
        int bytes = bytes(digits);
        int at = (digits & 1) == 0 || left ? 0 : 1;
        if ((digits & 1) != 0) {
            dst[dstOffset + (left ? bytes - 1 : 0)] = (byte) (left ? filler : filler << 4);
        }
        for (int i = 0; i < digits; i++, at++) {
            int index = dstOffset + (at >> 1);
            int value = nibble(src[offset + i]);
            boolean high = (at & 1) == 0;
            boolean shared = (digits & 1) != 0 && (left ? at == digits - 1 : at == 1);
            if (high) {
                dst[index] = (byte) (value << 4 | (shared ? filler : 0));
            } else {
                dst[index] = (byte) (dst[index] & 0xF0 | value);
            }
        }
    }

    /** Whether a character can be written as a nibble: a digit, {@code =}, or a hex letter. */
    public static boolean isNibble(int character) {
        return nibble(character) >= 0;
    }

    private static int nibble(int character) {
        return character == '=' ? 0xD : Hex.digit(character);
    }
}
