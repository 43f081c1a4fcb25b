package io.fluxrig.mixer.desk;

/** What was asked for cannot be done; the text says why and what to do. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    private enum Kind {
        MISSING,
        CONFLICT,
        INVALID
    }

    private RefusedException(String message, Kind kind) {
        super(message);
        this.kind = kind;
    }

    /** There is no such thing. */
    public static RefusedException missing(String message) {
        return new RefusedException(message, Kind.MISSING);
    }

    /** Not as things stand. */
    public static RefusedException conflict(String message) {
        return new RefusedException(message, Kind.CONFLICT);
    }

    /** Never, however things stand. */
    public static RefusedException invalid(String message) {
        return new RefusedException(message, Kind.INVALID);
    }

    /** Whether what was named is not there. */
    public boolean missing() {
        return kind == Kind.MISSING;
    }

    /** Whether what was asked for makes no sense, here or elsewhere. */
    public boolean invalid() {
        return kind == Kind.INVALID;
    }
}
