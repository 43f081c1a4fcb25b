package io.fluxrig.mixer.registry;

/** The registry's store fails; the text says what it was doing, in one line for the operator, and holds no secret. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message for the operator, one line */
    public RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
