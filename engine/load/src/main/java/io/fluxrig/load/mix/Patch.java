package io.fluxrig.load.mix;

/**
 * Writes one macro's value for one message into the stencil's bytes.
 *
 * <p>Digits are written as nibbles: in ASCII, EBCDIC and packed BCD alike a digit is four bits of one byte, the rest of
 * which never changes. A place is {@code byteIndex * 2}, plus 1 for the high half.
 */
interface Patch {

    void apply(byte[] bytes, Stamp stamp);

    /** Writes the decimal digits of {@code value}, right-aligned, zeros before. */
    static void digits(byte[] bytes, int[] places, long value) {
        long rest = value;
        for (int i = places.length - 1; i >= 0; i--) {
            digit(bytes, places[i], (int) (rest % 10));
            rest /= 10;
        }
    }

    static void digit(byte[] bytes, int place, int digit) {
        int index = place >> 1;
        bytes[index] = (byte) ((place & 1) == 0 ? bytes[index] & 0xF0 | digit : bytes[index] & 0x0F | digit << 4);
    }

    /** A card number: the prefix stays, the middle is random, the last digit makes it pass the Luhn check. */
    static Patch pan(int[] places, String prefix) {
        int[] digits = new int[places.length];
        for (int i = 0; i < prefix.length(); i++) {
            digits[i] = prefix.charAt(i) - '0';
        }
        return (bytes, stamp) -> {
            for (int i = prefix.length(); i < digits.length - 1; i++) {
                digits[i] = stamp.pick(10);
            }
            digits[digits.length - 1] = checkDigit(digits);
            long tail = 0;
            for (int i = 0; i < digits.length; i++) {
                digit(bytes, places[i], digits[i]);
                tail = (tail * 10 + digits[i]) % Stamp.PAN_TAIL;
            }
            stamp.panTail = tail;
        };
    }

    /** The Luhn check digit over all digits but the last (ISO/IEC 7812-1 annex B). */
    private static int checkDigit(int[] digits) {
        int sum = 0;
        for (int i = digits.length - 2, weight = 2; i >= 0; i--, weight = 3 - weight) {
            int product = digits[i] * weight;
            sum += product > 9 ? product - 9 : product;
        }
        return (10 - sum % 10) % 10;
    }
}
