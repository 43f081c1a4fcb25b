package io.fluxrig.engine.gears.conductor.correlation;

/** Which message types ask and which answer (ISO 8583, message function and origin). Types are decimal numbers: 0421 is 421. */
public final class MessageTypes {
    private MessageTypes() {}

    /** Whether the type answers another: its function, the third digit, is odd. */
    public static boolean isAnswer(int mti) {
        return (mti / 10 & 1) == 1;
    }

    /** A request's type with its repeat cleared, the same for all its sendings: 0420 of 0421. */
    public static int withoutRepeat(int mti) {
        return mti & ~1; // the origin is odd in a repeat, and so is the whole number
    }
}
