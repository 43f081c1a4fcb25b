package io.fluxrig.engine.gear;

import io.fluxrig.iso.spec.Spec;

/** The dialects of the running scenario, loaded and checked before any gear starts. Immutable, any thread. */
public interface SpecCatalog {

    /**
     * The spec of that {@code spec_path} (a file, {@code name:tag} or {@code sha256:...}) as seen from the scenario.
     *
     * @throws IllegalArgumentException if the scenario check did not load it, a programmer's error
     */
    Spec bySpecPath(String specPath);

    /** The spec with that {@code codec.spec_hash} (first 12 hex digits of SHA-256), null if this rack has none such. */
    Spec byHash(String specHash);

    /** The spec with that {@code codec.spec_id}, in whatever version it is here, null if this rack has none such. */
    default Spec byId(String specId) {
        return null;
    }
}
