package io.fluxrig.engine.artefact;

import java.time.Instant;

/**
 * A tag of a name, and what it stands for.
 *
 * @param name of letters, digits, dot, dash and underscore
 * @param tag most often a version, such as {@code v1.0.0}
 * @param hash SHA-256 of its bytes, 64 hex digits
 * @param added when the tag was given
 */
public record Artefact(String name, String tag, String hash, Instant added) {
    /** {@code acme:v1.0.0}. */
    public String reference() {
        return name + ":" + tag;
    }
}
