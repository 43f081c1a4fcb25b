package io.fluxrig.engine.artefact;

/** There is no such artefact, or its bytes are gone or others than were kept: to ask again helps nobody before somebody brings them back. */
public final class ArtefactLostException extends ArtefactException {
    private static final long serialVersionUID = 1;

    /** @param message for the operator */
    public ArtefactLostException(String message) {
        super(message);
    }

    ArtefactLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
