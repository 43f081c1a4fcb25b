package io.fluxrig.mixer.registry;

import java.nio.file.Path;

/** A {@link Registry} in a DuckDB file, which one mixer has for itself. */
public final class DuckRegistry {

    private DuckRegistry() {}

    /**
     * Opens the file, or makes it.
     *
     * @throws RegistryException if it cannot be used
     */
    public static Registry open(Path file) {
        return SqlRegistry.over(DuckStore.open(file));
    }
}
