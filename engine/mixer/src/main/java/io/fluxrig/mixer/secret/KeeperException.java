package io.fluxrig.mixer.secret;

/** A key keeper does not do what it was asked for; the text says what, where, why and what to do, and holds no secret. */
public final class KeeperException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean otherwise;

    KeeperException(String message) {
        this(message, false);
    }

    KeeperException(String message, Throwable cause) {
        super(message, cause);
        this.otherwise = false;
    }

    private KeeperException(String message, boolean otherwise) {
        super(message);
        this.otherwise = otherwise;
    }

    /** The keeper, which was there and had its key, has not wrapped those bytes for that context. */
    static KeeperException otherwise(String message) {
        return new KeeperException(message, true);
    }

    /** Whether the keeper has answered that it has not wrapped those bytes for that context. */
    boolean isOtherwise() {
        return otherwise;
    }
}
