package io.fluxrig.load;

/** A run that could not begin; the text says what, where and what to do. */
public final class LoadException extends Exception {
    private static final long serialVersionUID = 1;

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }

    public LoadException(String message) {
        super(message);
    }
}
