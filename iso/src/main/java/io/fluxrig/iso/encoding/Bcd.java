package io.fluxrig.iso.encoding;

import io.fluxrig.perf.buffer.Bytes;

/**
 * Digits two a byte. Nibbles above 9 read as {@code A} to {@code F}; D reads as {@code =} where the value is a track.
 *
 * <pre>
 *   "12345"  right-aligned 01 23 45    left-aligned 12 34 50    (the odd nibble is the filler, 0 or F)
 * </pre>
 */
public final class Bcd {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
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
     * Reads {@code digits} characters, eight a step, from the nibble at {@code nibble} (0 is the high one of the first byte).
     *
     * @param separators whether nibble D is the track separator {@code =}
     */
    public static void decode(
            byte[] src, int offset, int nibble, int digits, boolean separators, byte[] dst, int dstOffset) {
        int i = 0;
        int from = offset + (nibble >> 1);
        if ((nibble & 1) != 0 && digits > 0) {
            dst[dstOffset] = character(src[from++], separators);
            i = 1;
        }
        for (; digits - i >= Long.BYTES; i += Long.BYTES, from += Integer.BYTES) {
            long eight = Hex.spread(Bytes.intBe(src, from) & 0xFFFF_FFFFL);
            Bytes.putLongBe(dst, dstOffset + i, separators ? separated(eight) : eight);
        }
        for (; digits - i >= 2; i += 2, from++) {
            dst[dstOffset + i] = character(src[from] >> 4, separators);
            dst[dstOffset + i + 1] = character(src[from], separators);
        }
        if (i < digits) {
            dst[dstOffset + i] = character(src[from] >> 4, separators);
        }
    }

    private static byte character(int nibble, boolean separators) {
        int value = nibble & 0xF;
        return separators && value == 0xD ? (byte) '=' : CHARACTERS[value];
    }

    /** Eight hex digits with {@code =} for each D: adding 7F sets the top bit of every byte that differs from D. */
    private static long separated(long eight) {
        long separators = ~((eight ^ 'D' * ONES) + 0x7F * ONES) & TOPS;
        return eight - (separators >>> 7) * ('D' - '=');
    }

    /**
     * Writes digits, eight a step; an odd count leaves {@code filler} in the first high nibble, or in the last low one if
     * {@code left}. Characters must have been checked: see {@link #isNibble}.
     */
    public static void encode(byte[] src, int offset, int digits, boolean left, int filler, byte[] dst, int dstOffset) {
        int i = 0;
        int at = dstOffset;
        if ((digits & 1) != 0 && !left) {
            dst[at++] = (byte) (filler << 4 | nibble(src[offset]));
            i = 1;
        }
        for (; digits - i >= Long.BYTES; i += Long.BYTES, at += Integer.BYTES) {
            Bytes.putIntBe(dst, at, (int) Hex.pack(Bytes.longBe(src, offset + i))); // packs "=" as D
        }
        for (; digits - i >= 2; i += 2) {
            dst[at++] = (byte) (nibble(src[offset + i]) << 4 | nibble(src[offset + i + 1]));
        }
        if (i < digits) {
            dst[at] = (byte) (nibble(src[offset + i]) << 4 | filler);
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
