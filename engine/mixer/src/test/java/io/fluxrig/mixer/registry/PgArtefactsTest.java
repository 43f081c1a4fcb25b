package io.fluxrig.mixer.registry;

import io.fluxrig.engine.config.RegistryUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PgArtefactsTest extends ArtefactsContract {
    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    SqlStore make() {
        RegistryUrl url = RegistryUrl.parse(server.url("postgres")).orElseThrow();
        PgStore store = new PgStore(new PgSettings(url, PostgresServer.PASSWORD, false, null, 30_000));
        Schema.bringUp(store);
        store.change("DELETE FROM artefacts");
        store.change("DELETE FROM blobs");
        return store;
    }
}
