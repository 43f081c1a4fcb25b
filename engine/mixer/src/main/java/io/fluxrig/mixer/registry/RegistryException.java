package io.fluxrig.mixer.registry;

/** The registry's store fails; the text says what it was doing. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
