package io.fluxrig.engine.passport;

/** An identity that cannot be used; the text says what, where, why and what to do, and holds no key. */
public final class PassportException extends Exception {
    private static final long serialVersionUID = 1;

    public PassportException(String message) {
        super(message);
    }

    public PassportException(String message, Throwable cause) {
        super(message, cause);
    }
}
