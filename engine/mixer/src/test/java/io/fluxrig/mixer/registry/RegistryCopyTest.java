package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.config.RegistryUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file into a PostgreSQL of the test's own. */
class RegistryCopyTest {
    private static final AuditEntry BY = AuditEntry.of(7, "operator", "rack.approve", "east", "");
    private static PostgresServer server;
    private static int databases;

    @TempDir
    private Path folder;

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

    private static PgSettings settings(String database) {
        return new PgSettings(
                RegistryUrl.parse(server.url(database)).orElseThrow(), PostgresServer.PASSWORD, false, null, 30_000);
    }

    private static PgSettings fresh() {
        String name = "copy" + ++databases;
        try (PgStore all = new PgStore(settings("postgres"))) {
            all.define("CREATE DATABASE " + name);
        }
        return settings(name);
    }

    private static RackEntry rack(String name) {
        return new RackEntry(
                name,
                name.getBytes(StandardCharsets.US_ASCII),
                new byte[] {0, -1},
                "active",
                "host",
                "1",
                5,
                6,
                "operator",
                9,
                10);
    }

    private Path file() {
        return folder.resolve("registry.duckdb");
    }

    /** With something in every table that a file's registry fills. */
    private void fill() {
        try (Registry registry = DuckRegistry.open(file())) {
            registry.claim("authority");
            registry.lead("one", 1_000, () -> true);
            for (int i = 0; i < 1_203; i++) {
                registry.audit("operator", "test", "line " + i, "", i);
            }
            registry.admit(rack("east"), BY);
            registry.admit(rack("west"), BY);
            registry.removeRack(rack("west"), BY);
            ScenarioEntry scenario = new ScenarioEntry("pay", "1.0.0", "ab", 12, 34);
            registry.add(scenario, BY);
            registry.activate(scenario, List.of("east"), true, 2_000, id -> BY);
            registry.secrets().add(new DataKeyEntry(1, "file", "mark", new byte[] {1, 2}, 3));
            registry.secrets().add(new SecretEntry("wires", 1, 1, new byte[] {4, 0, 5}, 6));
            registry.nextSerial();
        }
    }

    @Test
    void shouldCopyEverythingAndGoOnFromThere() {
        fill();
        PgSettings database = fresh();

        Map<String, Long> copied = RegistryCopy.copy(file(), database);

        assertThat(copied)
                .containsEntry("racks", 1L)
                .containsEntry("revoked", 1L)
                .containsEntry("audit", 1_208L)
                .containsEntry("secrets", 1L);
        try (Registry before = DuckRegistry.open(file());
                Registry now = PgRegistry.open(database, InstantSource.system()).registry()) {
            assertThat(now.claim("other")).isEqualTo("authority");
            assertThat(now.racks("", 9)).usingRecursiveComparison().isEqualTo(before.racks("", 9));
            assertThat(now.isRevoked("west".getBytes(StandardCharsets.US_ASCII)))
                    .isTrue();
            assertThat(now.scenarios("", null, 9)).isEqualTo(before.scenarios("", null, 9));
            assertThat(now.wanted("east")).isEqualTo(before.wanted("east"));
            assertThat(now.audit(Long.MAX_VALUE, 9_999)).isEqualTo(before.audit(Long.MAX_VALUE, 9_999));
            assertThat(now.secrets().versions("wires").get(0).sealed()).containsExactly(4, 0, 5);
            assertThat(now.secrets().dataKeys().get(0).wrapped()).containsExactly(1, 2);
            long last = now.audit(Long.MAX_VALUE, 1).get(0).id();
            assertThat(now.lead("two", 1, () -> true))
                    .as("above the last epoch")
                    .isGreaterThan(1_000);
            now.audit("operator", "test", "new", "", 1);
            assertThat(now.audit(Long.MAX_VALUE, 1).get(0).id()).isGreaterThan(last);
            assertThat(now.nextSerial()).isGreaterThan(1);
        }
    }

    @Test
    void shouldCopyNothingIntoADatabaseThatHoldsSomething() {
        fill();
        PgSettings database = fresh();
        try (Registry there = PgRegistry.open(database, InstantSource.system()).registry()) {
            there.claim("another");
        }

        assertThatThrownBy(() -> RegistryCopy.copy(file(), database))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("holds a registry already: owner 1; nothing was copied");
        try (Registry there = PgRegistry.open(database, InstantSource.system()).registry()) {
            assertThat(there.racks("", 9)).isEmpty();
        }
    }

    @Test
    void shouldCopyAllOrNothing() {
        fill();
        PgSettings database = fresh();
        PgRegistry.open(database, InstantSource.system()).registry().close();
        try (PgStore store = new PgStore(database)) {
            // the table that is filled last
            store.define("ALTER TABLE secrets ADD CHECK (version > 100)");
        }

        assertThatThrownBy(() -> RegistryCopy.copy(file(), database)).isInstanceOf(RuntimeException.class);
        try (Registry there = PgRegistry.open(database, InstantSource.system()).registry()) {
            assertThat(there.racks("", 9)).isEmpty();
            assertThat(there.claim("anybody")).isEqualTo("anybody");
        }
    }

    @Test
    void shouldNameEveryTableThatThereIs() {
        fill();
        PgSettings database = fresh();
        Map<String, Long> copied = RegistryCopy.copy(file(), database);

        try (PgStore store = new PgStore(database)) {
            List<String> tables = store.query(
                    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
                    row -> row.text("name"));
            assertThat(tables)
                    .filteredOn(name -> !name.equals("leader") && !name.equals("schema_versions"))
                    .containsExactlyInAnyOrderElementsOf(copied.keySet());
        }
    }

    @Test
    void shouldSayWhereThereIsNoFile() {
        PgSettings database = fresh();

        assertThatThrownBy(() -> RegistryCopy.copy(folder.resolve("none.duckdb"), database))
                .hasMessageContaining("there is no registry")
                .hasMessageContaining("base.data_dir");
        assertThat(folder.resolve("none.duckdb")).doesNotExist();
    }
}
