package io.fluxrig.mixer.registry;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DuckArtefactsTest extends ArtefactsContract {
    @TempDir
    private Path folder;

    @Override
    SqlStore make() {
        SqlStore store = DuckStore.open(folder.resolve("artefacts.duckdb"));
        Schema.bringUp(store);
        return store;
    }
}
