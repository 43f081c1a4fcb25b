package io.fluxrig.engine.artefact;

/** Has the bytes of what a reference names: {@code name:tag}, {@code name:latest}, {@code sha256:...}. Threading is the source's. */
@FunctionalInterface
public interface ArtefactSource {

    /**
     * The bytes.
     *
     * @throws ArtefactException if there are none, or they are not those that were kept
     */
    byte[] content(String reference) throws ArtefactException;
}
