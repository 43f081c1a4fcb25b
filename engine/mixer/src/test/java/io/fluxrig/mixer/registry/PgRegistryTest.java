package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.config.RegistryUrl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a PostgreSQL of its own: what every registry does, with others at work, and where the database is not as it should be. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PgRegistryTest extends RegistryContract {
    private static final long TIMEOUT_MS = 30_000;
    private static final ScenarioEntry SCENARIO = new ScenarioEntry("pay", "1.0.0", "a".repeat(64), 10, 1);
    private static PostgresServer server;
    private static int databases;

    private final String place = "test" + ++databases + "_";

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
    Registry open(String name) {
        String database = place + name;
        try (PgStore all = new PgStore(settings("postgres", PostgresServer.PASSWORD, TIMEOUT_MS))) {
            if (all.query("SELECT datname FROM pg_database WHERE datname = ?", row -> row.text("datname"), database)
                    .isEmpty()) {
                all.define("CREATE DATABASE " + database);
            }
        }
        return opened(settings(database, PostgresServer.PASSWORD, TIMEOUT_MS));
    }

    private static PgSettings settings(String database, String password, long timeoutMs) {
        return new PgSettings(RegistryUrl.parse(server.url(database)).orElseThrow(), password, false, null, timeoutMs);
    }

    private static Registry opened(PgSettings settings) {
        return PgRegistry.open(settings, InstantSource.system()).registry();
    }

    private PgStore store() {
        return new PgStore(settings(place + "registry", PostgresServer.PASSWORD, TIMEOUT_MS));
    }

    @Test
    void shouldMakeItsTablesOnceHoweverManyMixersStart() throws Exception {
        open("crowd").close();
        try (PgStore all = store()) {
            all.define("CREATE DATABASE " + place + "many");
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Registry>> opened = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            opened.add(CompletableFuture.supplyAsync(() -> open("many"), threads));
        }
        for (CompletableFuture<Registry> each : opened) {
            try (Registry one = each.get(60, TimeUnit.SECONDS)) {
                assertThat(one.racks("", 10)).isEmpty();
            }
        }
        threads.shutdown();
    }

    @Test
    void shouldTryAgainWhatAnotherMixerChangedAtTheSameTime() throws Exception {
        registry().put(rack("east"));
        List<Integer> runs = new ArrayList<>();
        try (PgStore one = store();
                PgStore other = store()) {
            one.together(() -> {
                runs.add(1);
                one.query("SELECT host FROM racks WHERE name = ?", row -> row.text("host"), "east");
                if (runs.size() == 1) {
                    other.change("UPDATE racks SET host = ? WHERE name = ?", "b", "east");
                }
                one.change("UPDATE racks SET version = ? WHERE name = ?", "2", "east");
            });
        }

        assertThat(runs).as("runs of what was to be changed").hasSize(2);
        assertThat(registry().rack("east").host()).isEqualTo("b");
        assertThat(registry().rack("east").version()).isEqualTo("2");
    }

    @Test
    void shouldGiveUpWhatOthersAlwaysChangeAtTheSameTime() {
        registry().put(rack("east"));
        List<Integer> runs = new ArrayList<>();
        try (PgStore one = store();
                PgStore other = store()) {
            assertThatThrownBy(() -> one.together(() -> {
                        runs.add(1);
                        one.query("SELECT host FROM racks WHERE name = ?", row -> row.text("host"), "east");
                        other.change("UPDATE racks SET host = ? WHERE name = ?", "b" + runs.size(), "east");
                        one.change("UPDATE racks SET version = ? WHERE name = ?", "2", "east");
                    }))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("40001");
            one.change("UPDATE racks SET version = ? WHERE name = ?", "3", "east");
        }

        assertThat(runs).hasSize(5);
        assertThat(registry().rack("east").version()).isEqualTo("3");
    }

    @Test
    void shouldRefuseWhatAMixerChangesThatLeadsNoMore() {
        registry().lead("one", 1_000, () -> true);
        registry().put(rack("east"));
        try (Registry successor = open("registry")) {
            assertThat(successor.lead("two", 1_000, () -> true)).isEqualTo(1_001);

            assertThatThrownBy(() -> registry().put(rack("west")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("another mixer leads now");
            assertThatThrownBy(() -> registry().activate(SCENARIO, List.of("east"), false, 1, id -> BY))
                    .isInstanceOf(RegistryException.class);
            assertThatThrownBy(() -> registry().removeRack(rack("east"), BY)).isInstanceOf(RegistryException.class);
            assertThatThrownBy(() -> registry().nextSerial()).isInstanceOf(RegistryException.class);
            assertThatThrownBy(() -> registry().check()).isInstanceOf(RegistryException.class);
            successor.check();
            successor.put(rack("north"));
            assertThat(successor.racks("", 10)).extracting(RackEntry::name).containsExactly("east", "north");
            assertThat(successor.wanted("east")).isNull();
        }
    }

    @Test
    void shouldKeepNoArtefactOfAMixerThatLeadsNoMore() throws Exception {
        PgRegistry mine = PgRegistry.open(
                settings(place + "registry", PostgresServer.PASSWORD, TIMEOUT_MS), InstantSource.system());
        try (Registry deposed = mine.registry()) {
            deposed.lead("one", 1_000, () -> true);
            mine.artefacts().add("acme", "v1.0.0", new byte[] {1});
            registry().lead("two", 2_000, () -> true);

            assertThatThrownBy(() -> mine.artefacts().add("acme", "v1.1.0", new byte[] {1}))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("another mixer leads now");
            assertThat(mine.artefacts().list()).hasSize(1);
        }
    }

    @Test
    void shouldKnowWhatOthersHaveChangedOnceItLeadsAgain() {
        registry().lead("one", 1_000, () -> true);
        registry().put(rack("east"));
        assertThat(registry().rack("east").standing()).isEqualTo("pending");
        assertThat(registry().wanted("east")).isNull();
        try (Registry other = open("registry")) {
            other.lead("two", 2_000, () -> true);
            other.put(rack("east").as("suspended"));
            other.activate(SCENARIO, List.of("east"), false, 1, id -> BY);
        }

        registry().lead("one", 3_000, () -> true);

        assertThat(registry().rack("east").standing()).isEqualTo("suspended");
        assertThat(registry().wanted("east").version()).isEqualTo(SCENARIO.version());
    }

    /** It stood still between the look at its lease and the write: by then another one leads. */
    @Test
    void shouldDeposeNobodyWhereAnotherMixerHasBegunMeanwhile() {
        try (Registry successor = open("registry")) {
            AtomicInteger asked = new AtomicInteger();

            assertThatThrownBy(() -> registry().lead("late", 9_000, () -> {
                        boolean holds = asked.getAndIncrement() == 0;
                        if (holds) {
                            successor.lead("two", 1_000, () -> true);
                        }
                        return holds;
                    }))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("the lease was lost");

            successor.check();
            successor.put(rack("north"));
        }
    }

    @Test
    void shouldMakeChangesWholeOverAnotherConnectionWhereOneIsLostAmongThem() {
        List<Integer> runs = new ArrayList<>();
        try (PgStore one = store();
                PgStore other = store()) {
            one.together(() -> {
                runs.add(1);
                one.change("INSERT INTO revoked (key) VALUES (?)", (Object) new byte[] {1});
                if (runs.size() == 1) {
                    other.query(
                            "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE datname = ?"
                                    + " AND state = 'idle in transaction'",
                            row -> row.flag("ended"),
                            place + "registry");
                    Awaitility.await("the connection is lost")
                            .atMost(20, TimeUnit.SECONDS)
                            .until(() -> !one.connected());
                }
                one.change("INSERT INTO revoked (key) VALUES (?)", (Object) new byte[] {2});
            });
        }

        assertThat(runs).as("runs of what was to be changed").hasSize(2);
        assertThat(registry().isRevoked(new byte[] {1})).isTrue();
        assertThat(registry().isRevoked(new byte[] {2})).isTrue();
    }

    @Test
    void shouldKeepNothingOfChangesThatFailHalfWay() {
        try (PgStore one = store()) {
            assertThatThrownBy(() -> one.together(() -> {
                        one.change("INSERT INTO revoked (key) VALUES (?)", (Object) new byte[] {9});
                        one.change("INSERT INTO nowhere (key) VALUES (?)", "x");
                    }))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("42P01");
        }

        assertThat(registry().isRevoked(new byte[] {9})).isFalse();
    }

    @Test
    void shouldGoOnOverANewConnectionAfterTheDatabaseCameBack() throws Exception {
        registry().put(rack("east"));
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            server.kill();
            assertThatThrownBy(() -> registry().rack("east"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("cannot be reached: connection refused");
        } finally {
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .as("by the client itself")
                .doesNotContain("PgException");
        assertThatThrownBy(() -> registry().reach()).isInstanceOf(RegistryException.class);
        server.begin();

        Awaitility.await("the database is asked again")
                .atMost(20, TimeUnit.SECONDS)
                .ignoreException(RegistryException.class)
                .until(() -> registry().rack("east") != null);
        registry().reach();
    }

    @Test
    void shouldWaitForADatabaseThatHangsOnceAndNoLonger() throws Exception {
        registry().put(rack("east"));
        PgSettings impatient = settings(place + "registry", PostgresServer.PASSWORD, 1_500);
        Registry hurried = Awaitility.await("opened")
                .atMost(60, TimeUnit.SECONDS)
                .ignoreException(RegistryException.class)
                .until(() -> opened(impatient), Objects::nonNull);
        server.freeze();
        try {
            assertThatThrownBy(() -> hurried.put(rack("west")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("does not answer within 1500 ms");
            assertThat(hurried.isUp()).isFalse();
            // each would wait for that long, and the test for longer than it may
            for (int i = 0; i < 1_000; i++) {
                assertThatThrownBy(() -> hurried.rack("east")).isInstanceOf(RegistryException.class);
            }
        } finally {
            server.thaw();
        }
        Awaitility.await("it answers again")
                .atMost(60, TimeUnit.SECONDS)
                .ignoreException(RegistryException.class)
                .until(() -> hurried.rack("east") != null);
        assertThat(hurried.isUp()).isTrue();
        hurried.close();
    }

    @Test
    void shouldSayThatThePasswordIsWrongAndNotWhichItIs() {
        assertThatThrownBy(() -> opened(settings("postgres", "wrong-one", TIMEOUT_MS)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not let 'fluxrig' in: look at registry.url and registry.password_file")
                .hasMessageNotContaining("wrong-one");
    }

    @Test
    void shouldSayThatThereIsNoSuchDatabase() {
        assertThatThrownBy(() -> opened(settings("nowhere", PostgresServer.PASSWORD, TIMEOUT_MS)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("create it, for this user");
    }

    @Test
    void shouldRefuseADatabaseThatSpeaksNoTls() {
        PgSettings plain = settings("postgres", PostgresServer.PASSWORD, TIMEOUT_MS);

        assertThatThrownBy(() -> opened(new PgSettings(plain.url(), plain.password(), true, null, plain.timeoutMs())))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("it must speak TLS");
    }

    @Test
    void shouldTrustADatabaseThatSomebodyItTrustsHasSignedForItsName(@TempDir Path folder) throws Exception {
        TestCertificate here = TestCertificate.make(folder, "here", "ip:127.0.0.1");
        TestCertificate elsewhere = TestCertificate.make(folder, "elsewhere", "dns:elsewhere.example");
        speakTls(here);
        assertThat(racksOver(here.certFile())).isEmpty();
        assertThatThrownBy(() -> racksOver(elsewhere.certFile()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("a certificate for its name");

        speakTls(elsewhere);
        assertThatThrownBy(() -> racksOver(elsewhere.certFile()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("a certificate for its name");
    }

    private List<RackEntry> racksOver(Path caFile) {
        PgSettings plain = settings(place + "registry", PostgresServer.PASSWORD, TIMEOUT_MS);
        try (Registry tls = opened(new PgSettings(plain.url(), plain.password(), true, caFile, plain.timeoutMs()))) {
            return tls.racks("", 1);
        }
    }

    private void speakTls(TestCertificate with) throws Exception {
        Path cert = server.put("server.crt", Files.readAllBytes(with.certFile()));
        Path key = server.put("server.key", Files.readAllBytes(with.keyFile()));
        try (PgStore all = store()) {
            all.define("ALTER SYSTEM SET ssl_cert_file = '" + cert + "'");
            all.define("ALTER SYSTEM SET ssl_key_file = '" + key + "'");
            all.define("ALTER SYSTEM SET ssl = on");
            all.define("SELECT pg_reload_conf()");
        }
        Awaitility.await("it speaks TLS").atMost(20, TimeUnit.SECONDS).until(() -> {
            try (PgStore all = store()) {
                return all.query("SELECT setting FROM pg_settings WHERE name = ?", row -> row.text("setting"), "ssl")
                        .equals(List.of("on"));
            }
        });
    }

    @Test
    void shouldTakeTheHostThatTakesWrites() throws Exception {
        RegistryUrl none = RegistryUrl.parse(
                        "postgresql://fluxrig@127.0.0.1:1,127.0.0.1:" + server.port() + "/" + place + "registry")
                .orElseThrow();
        PgSettings several = new PgSettings(none, PostgresServer.PASSWORD, false, null, TIMEOUT_MS);
        try (Registry second = opened(several)) {
            assertThat(second.racks("", 1)).isEmpty();
        }

        try (PgStore all = store()) {
            all.define("ALTER DATABASE " + place + "registry SET default_transaction_read_only = on");
        }
        assertThatThrownBy(() -> opened(several))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("takes no writes");
    }
}
