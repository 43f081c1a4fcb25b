package io.fluxrig.load.mix;

/**
 * Where the digits of a number stand in a frame, the most significant first.
 *
 * <p>Digits are written as nibbles: in ASCII, EBCDIC and packed BCD alike a digit is four bits of one byte, the rest of
 * which never changes. A place is {@code byteIndex * 2}, plus 1 for the high half. Where eight digits stand in eight bytes
 * on end, as they do unless packed, they are written as one word.
 */
final class DigitPlaces {
    private static final int WORD = 8;

    private final int[] places;
    /** Digits at the end, a multiple of {@link #WORD}, that are written as words. */
    private final int inWords;

    /** Eight bytes of digit 0, as this frame's encoding has it. */
    private final long zeros;

    /**
     * @param places copied
     * @param frame read now and not kept; what is written to later has the same other nibbles
     */
    DigitPlaces(int[] places, byte[] frame) {
        this.places = places.clone();
        int run = run(places, frame);
        inWords = run - run % WORD;
        zeros = inWords == 0 ? 0 : (frame[last() >> 1] & 0xF0) * 0x0101_0101_0101_0101L;
    }

    int count() {
        return places.length;
    }

    /**
     * Writes as many of a number's last digits as there are places, zeros before.
     *
     * @param number zero or more
     */
    void write(byte[] bytes, long number) {
        long rest = number;
        int left = places.length;
        int singles = places.length - inWords;
        while (left > singles) {
            left -= WORD;
            EightDigits.write(bytes, places[left] >> 1, (int) (rest % EightDigits.MODULUS), zeros);
            rest /= EightDigits.MODULUS;
        }
        while (left > 0) {
            left--;
            digit(bytes, places[left], (int) (rest % 10));
            rest /= 10;
        }
    }

    private static void digit(byte[] bytes, int place, int digit) {
        int index = place >> 1;
        bytes[index] = (byte) ((place & 1) == 0 ? bytes[index] & 0xF0 | digit : bytes[index] & 0x0F | digit << 4);
    }

    /** How many digits at the end are the low halves of bytes on end that have the same high half. */
    private static int run(int[] places, byte[] frame) {
        int run = 0;
        for (int i = places.length - 1; i >= 0; i--) {
            int expected = places[places.length - 1] - 2 * run;
            boolean low = (places[i] & 1) == 0;
            if (!low || places[i] != expected || zone(frame, places[i]) != zone(frame, places[places.length - 1])) {
                break;
            }
            run++;
        }
        return run;
    }

    private int last() {
        return places[places.length - 1];
    }

    private static int zone(byte[] frame, int place) {
        return frame[place >> 1] & 0xF0;
    }
}
