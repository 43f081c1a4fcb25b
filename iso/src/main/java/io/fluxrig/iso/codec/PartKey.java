package io.fluxrig.iso.codec;

/**
 * The key of a composite's part as one long, so that finding a part compares numbers.
 *
 * <pre>
 *   "9F02" -> 39 46 30 32 00 00 00 00    characters from the high byte down, zeros behind
 * </pre>
 */
final class PartKey {

    static final int LENGTH_MAX = 8;

    /** Keys of numbers up to the highest field's, which a walk over a message asks for each time. */
    private static final long[] NUMBERS = new long[193];

    static {
        for (int number = 0; number < NUMBERS.length; number++) {
            NUMBERS[number] = of(Integer.toString(number));
        }
    }

    private PartKey() {}

    static boolean isValid(CharSequence key) {
        if (key.length() < 1 || key.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    static long of(CharSequence key) {
        if (!isValid(key)) {
            throw new IllegalArgumentException("part key of length=" + key.length() + ", expected 1 to 8 printable");
        }
        long packed = 0;
        for (int i = 0; i < key.length(); i++) {
            packed = append(packed, i, key.charAt(i));
        }
        return packed;
    }

    /** The decimal number, 0 to 99,999,999, as a key. */
    static long ofNumber(int number) {
        int unit = 1;
        while (number / unit >= 10) {
            unit *= 10;
        }
        long packed = 0;
        for (int index = 0; unit > 0; unit /= 10) {
            packed = append(packed, index++, '0' + number / unit % 10);
        }
        return packed;
    }

    static long append(long packed, int index, int character) {
        return packed | (long) (character & 0xFF) << (56 - 8 * index);
    }

    /** Whether a key ends as one does that is counted: in {@code #} and 1 to 4 digits, the first of which is no 0. */
    static boolean looksCounted(long key) {
        int at = length(key) - 1;
        int digits = 0;
        while (at > 0 && isDigit(at(key, at))) {
            at--;
            digits++;
        }
        return digits > 0 && digits <= 4 && at > 0 && at(key, at) == '#' && at(key, at + 1) != '0';
    }

    private static int at(long key, int index) {
        return (int) (key >>> (56 - 8 * index)) & 0xFF;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    static int length(long key) {
        return key == 0 ? 0 : 8 - Long.numberOfTrailingZeros(key) / 8;
    }

    static int copyTo(long key, byte[] dst, int dstOffset) {
        int length = length(key);
        for (int i = 0; i < length; i++) {
            dst[dstOffset + i] = (byte) (key >>> (56 - 8 * i));
        }
        return length;
    }

    static String text(long key) {
        StringBuilder text = new StringBuilder(LENGTH_MAX);
        for (int i = 0; i < length(key); i++) {
            text.append((char) (key >>> (56 - 8 * i) & 0xFF));
        }
        return text.toString();
    }
}
