package io.fluxrig.mixer.spec;

import io.fluxrig.engine.artefact.ArtefactException;

/** Takes back the changes that were to be made together with an artefact, which cannot be kept. */
public final class NotKeptException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ArtefactException refused;

    public NotKeptException(ArtefactException refused) {
        super(refused.getMessage(), refused);
        this.refused = refused;
    }

    /** Why it cannot be. */
    public ArtefactException refused() {
        return refused;
    }
}
