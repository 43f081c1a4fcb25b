package io.fluxrig.load.mix;

/** A number that the sender works out; written only when it changes, which a date seldom does. */
final class DigitsPatch implements Patch {
    private final DigitPlaces places;
    private final Macro.Digits digits;
    private long written;

    /** @param places hold zeros */
    DigitsPatch(DigitPlaces places, Macro.Digits digits) {
        this.places = places;
        this.digits = digits;
    }

    @Override
    public void apply(byte[] bytes, Stamp stamp) {
        long number = number(stamp);
        if (number != written) {
            written = number;
            places.write(bytes, number);
        }
    }

    /** The number that the frame has since {@link #apply}. */
    long written() {
        return written;
    }

    private long number(Stamp stamp) {
        return switch (digits.kind()) {
            case STAN -> stamp.stan;
            case RRN -> stamp.rrn;
            case TERMINAL -> stamp.terminal;
            case SEQUENCE -> digits.min() + stamp.sequence;
            case NOW -> stamp.now(places.count());
            case RANDOM -> stamp.random.nextLong(digits.min(), digits.max() + 1);
        };
    }
}
