package io.fluxrig.engine.artefact;

/** Says what the store cannot do, where, why, and what to do about it; it may pass, unless it is an {@link ArtefactLostException}. */
public sealed class ArtefactException extends Exception permits ArtefactLostException {
    private static final long serialVersionUID = 1;

    /** @param message for the operator */
    public ArtefactException(String message) {
        super(message);
    }

    ArtefactException(String message, Throwable cause) {
        super(message, cause);
    }
}
