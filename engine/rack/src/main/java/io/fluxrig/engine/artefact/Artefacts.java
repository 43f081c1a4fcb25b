package io.fluxrig.engine.artefact;

import java.util.List;

/** Keeps bytes under names and tags, for ever the same; wherever they lie. Threading is the keeper's. */
public interface Artefacts {

    /**
     * Keeps bytes under a tag. The same ones under a tag that has them change nothing.
     *
     * @throws ArtefactException if the tag names other bytes, if something cannot be called so, or if they cannot be kept
     */
    Artefact add(String name, String tag, byte[] content) throws ArtefactException;

    /**
     * Everything there is, in the order in which it was added.
     *
     * @throws ArtefactException if that cannot be told
     */
    List<Artefact> list() throws ArtefactException;

    /**
     * Whether there is such a tag.
     *
     * @throws ArtefactException if that cannot be told
     */
    boolean has(String name, String tag) throws ArtefactException;

    /**
     * The bytes of a tag.
     *
     * @throws ArtefactLostException if there are none, or they are not those that were kept
     * @throws ArtefactException if that cannot be told
     */
    byte[] content(String name, String tag) throws ArtefactException;
}
