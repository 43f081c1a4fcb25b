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
        return over(file, DuckStore.open(file));
    }

    static Registry over(Path file, DuckStore store) {
        Registry registry = SqlRegistry.over(store);
        RegistryMark mark = new RegistryMark(file);
        mark.check(lastLine(store, 0));
        store.whenKept(() -> mark.reached(lastLine(store, mark.last())));
        return registry;
    }

    /** @param from a line that it has come to: what is before that is not looked at */
    private static long lastLine(DuckStore store, long from) {
        return store.query("SELECT coalesce(max(id), 0) AS n FROM audit WHERE id >= ?", row -> row.number("n"), from)
                .get(0);
    }
}
