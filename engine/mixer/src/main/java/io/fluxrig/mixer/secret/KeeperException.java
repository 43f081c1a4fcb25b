package io.fluxrig.mixer.secret;

/** A key keeper does not do what it was asked for; the text says what, where, why and what to do, and holds no secret. */
public final class KeeperException extends Exception {
    private static final long serialVersionUID = 1;

    KeeperException(String message) {
        super(message);
    }

    KeeperException(String message, Throwable cause) {
        super(message, cause);
    }
}
