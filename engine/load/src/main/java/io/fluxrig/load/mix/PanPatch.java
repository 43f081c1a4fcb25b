package io.fluxrig.load.mix;

/** A card number: the prefix stays, the middle is random, the last digit makes it pass the Luhn check. */
final class PanPatch implements Patch {
    /** What a digit adds to the Luhn sum where it counts twice (ISO/IEC 7812-1 annex B). */
    private static final int[] TWICE = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};

    private final DigitPlaces places;
    private final int middleDigits;
    /** Middles are drawn from zero up to this, which is none of them. */
    private final long middleBound;
    /** The prefix's part of the Luhn sum. */
    private final int prefixSum;
    /** The prefix's part of {@link Stamp#panTail}. */
    private final long prefixTail;

    /**
     * @param places of the middle and the check digit
     * @param prefix at least one digit, and no more than leave places for 19 in all
     */
    PanPatch(DigitPlaces places, String prefix) {
        this.places = places;
        this.middleDigits = places.count() - 1;
        long bound = 1;
        for (int i = 0; i < middleDigits; i++) {
            bound *= 10;
        }
        this.middleBound = bound;
        int sum = 0;
        long tail = 0;
        for (int i = 0; i < prefix.length(); i++) {
            int digit = prefix.charAt(i) - '0';
            boolean twice = (prefix.length() - i + middleDigits) % 2 != 0;
            sum += twice ? TWICE[digit] : digit;
            tail = (tail * 10 + digit) % Stamp.PAN_TAIL;
        }
        this.prefixSum = sum;
        for (int i = 0; i < places.count(); i++) {
            tail = tail * 10 % Stamp.PAN_TAIL;
        }
        this.prefixTail = tail;
    }

    @Override
    public void apply(byte[] bytes, Stamp stamp) {
        long middle = stamp.random.nextLong(middleBound);
        long ending = middle * 10 + checkDigit(middle);
        places.write(bytes, ending);
        stamp.panTail = (prefixTail + ending) % Stamp.PAN_TAIL;
    }

    private int checkDigit(long middle) {
        int sum = prefixSum;
        long rest = middle;
        for (int i = 0; i < middleDigits; i++) {
            int digit = (int) (rest % 10);
            sum += i % 2 == 0 ? TWICE[digit] : digit;
            rest /= 10;
        }
        return (10 - sum % 10) % 10;
    }
}
