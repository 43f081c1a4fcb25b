package io.fluxrig.mixer.bus;

/**
 * What a rack is given with its standing; each is empty where there is nothing to give.
 *
 * @param passport signed
 * @param certificate PEM, with that of who signed it
 * @param keys sealed for whoever said hello
 * @param keysMark what the keys are called that the rack is to have
 */
public record Granted(byte[] passport, byte[] certificate, byte[] keys, String keysMark) {
    private static final byte[] EMPTY = {};

    /** Nothing. */
    public static final Granted NOTHING = unasked(EMPTY, "");

    /** To a rack that has not said hello. */
    public static Granted unasked(byte[] passport, String keysMark) {
        return new Granted(passport, EMPTY, EMPTY, keysMark);
    }
}
