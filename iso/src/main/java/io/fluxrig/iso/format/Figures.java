package io.fluxrig.iso.format;

import io.fluxrig.iso.encoding.Digits;
import io.fluxrig.perf.buffer.Bytes;

/**
 * Card numbers and numbers, as text of digits or packed two a byte. Stateless; allocates nothing; linear in the value's
 * length. Values are borrowed for the call.
 */
public final class Figures {
    /** Fewest digits of a card number (ISO/IEC 7812-1). */
    public static final int PAN_DIGITS_MIN = 10;

    /** Most digits of a card number. */
    public static final int PAN_DIGITS_MAX = 19;

    private static final int FILLER = 0xF;
    private static final long LOW_NIBBLES = 0x000F_000F_000F_000FL;
    private static final long ONES = 0x0001_0001_0001_0001L;

    private Figures() {}

    /** Whether a value is 10 to 19 digits; packed ones may end in one filler F. */
    public static boolean isPan(byte[] src, int offset, int length, boolean packed) {
        int digits = digitCount(src, offset, length, packed);
        return digits >= PAN_DIGITS_MIN
                && digits <= PAN_DIGITS_MAX
                && (packed ? areDigits(src, offset, 0, digits, true) : Digits.areAscii(src, offset, digits));
    }

    /** Whether the last of a card number's digits is the check digit of the others (modulus 10, ISO/IEC 7812-1 annex B). */
    public static boolean passesLuhn(byte[] src, int offset, int length, boolean packed) {
        if (!packed) {
            return luhnSum(src, offset, length) % 10 == 0;
        }
        int digits = digitCount(src, offset, length, true);
        int sum = 0;
        boolean doubled = false;
        for (int i = digits - 1; i >= 0; i--) {
            int digit = digit(src, offset, i, true);
            int weighed = doubled ? 2 * digit : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
            doubled = !doubled;
        }
        return sum % 10 == 0;
    }

    /** Eight digits a step from the last one on, then those that are left. */
    private static int luhnSum(byte[] src, int offset, int length) {
        int sum = 0;
        int end = offset + length;
        while (end - offset >= Long.BYTES) {
            end -= Long.BYTES;
            sum += luhnSum(Bytes.longBe(src, end));
        }
        boolean doubled = false;
        while (end > offset) {
            int digit = src[--end] & 0xF;
            sum += doubled ? digit > 4 ? 2 * digit - 9 : 2 * digit : digit;
            doubled = !doubled;
        }
        return sum;
    }

    /** Four digits as they are and four doubled, less 9 where that is above 9, each in 16 bits of its own. */
    private static int luhnSum(long eight) {
        long single = eight & LOW_NIBBLES;
        long doubled = (eight >>> 8 & LOW_NIBBLES) << 1;
        long aboveNine = doubled + ONES * 6 >>> 4 & ONES;
        long weighed = single + doubled - 9 * aboveNine;
        return (int) (weighed * ONES >>> 48);
    }

    /** Whether a value is one digit or more and nothing else. */
    public static boolean isNumber(byte[] src, int offset, int length, boolean packed) {
        return length > 0 && areDigits(src, offset, 0, packed ? 2 * length : length, packed);
    }

    /** As {@link #isNumber}; a text may have a sign ahead: {@code C}, {@code D}, {@code +} or {@code -}. */
    public static boolean isAmount(byte[] src, int offset, int length, boolean packed) {
        int from = !packed && length > 1 && isSign(src[offset]) ? 1 : 0;
        return length > 0 && areDigits(src, offset, from, packed ? 2 * length : length, packed);
    }

    private static boolean isSign(byte first) {
        return first == 'C' || first == 'D' || first == '+' || first == '-';
    }

    private static int digitCount(byte[] src, int offset, int length, boolean packed) {
        if (!packed) {
            return length;
        }
        boolean filled = length > 0 && (src[offset + length - 1] & 0xF) == FILLER;
        return 2 * length - (filled ? 1 : 0);
    }

    private static boolean areDigits(byte[] src, int offset, int from, int to, boolean packed) {
        for (int i = from; i < to; i++) {
            int digit = digit(src, offset, i, packed);
            if (digit < 0 || digit > 9) {
                return false;
            }
        }
        return true;
    }

    /** The digit at an index, or a number outside of 0 to 9 if none stands there. */
    static int digit(byte[] src, int offset, int index, boolean packed) {
        return packed ? src[offset + (index >> 1)] >> ((~index & 1) << 2) & 0xF : src[offset + index] - '0';
    }
}
