package io.fluxrig.mixer.desk;

/** What was asked for cannot be done; the text says why and what to do. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /** Whether what was named is not there. */
    private final boolean missing;

    private RefusedException(String message, boolean missing) {
        super(message);
        this.missing = missing;
    }

    /** There is no such thing. */
    public static RefusedException missing(String message) {
        return new RefusedException(message, true);
    }

    /** Not as things stand. */
    public static RefusedException conflict(String message) {
        return new RefusedException(message, false);
    }

    public boolean missing() {
        return missing;
    }
}
