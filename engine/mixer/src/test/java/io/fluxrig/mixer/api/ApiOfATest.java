package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.enrol.Adoption;
import io.fluxrig.mixer.enrol.EnrolSettings;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.lead.Leadership;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import io.fluxrig.mixer.scenario.Scenarios;
import io.fluxrig.mixer.secret.FileKeeper;
import io.fluxrig.mixer.secret.FleetKeys;
import io.fluxrig.mixer.secret.KeyWrapper;
import io.fluxrig.mixer.secret.SecretStore;
import io.fluxrig.mixer.spec.Specs;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An API that listens, over a registry of its own, with nobody in its NATS. */
abstract class ApiOfATest {
    static final int BODY_MAX = 64 << 10;
    static final String SCENARIO = """
        meta: { name: pay, version: 1.0.0 }
        racks: [ { name: east } ]
        gears: [ { name: door, type: io_iso8583, deploy: east } ]
        wires: [ { from: door.out, to: door.in } ]
        """;

    @TempDir
    Path folder;

    final Vertx vertx = Vertx.vertx();
    final Leadership leadership = new Leadership();
    volatile boolean leads = true;
    final Desk desk = new Desk(() -> leads);
    private final ControlBus bus = new ControlBus(
            new BusSettings(List.of("nats://127.0.0.1:1"), "test", "_INBOX.mixer", null, null, null, true));
    final HttpClient http = HttpClient.newHttpClient();
    Registry registry;
    Fleet fleet;
    Api api;
    String token;
    int port;

    @BeforeEach
    void start() throws Exception {
        Clock clock = Clock.systemUTC();
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        RackLine line = new RackLine(bus, NodeKey.ephemeral(), () -> 1, clock);
        SecretStore secrets = new SecretStore(
                registry.secrets(),
                new KeyWrapper("fleet", new FileKeeper(folder.resolve("secret.key"), new SecureRandom()), List.of()),
                Runnable::run,
                desk::attend,
                clock,
                System::nanoTime,
                new SecureRandom());
        FleetKeys keys = new FleetKeys(secrets, new SecureRandom(), System::nanoTime);
        // the keeper's answer is on the desk ahead of whatever comes next
        desk.attend(keys::prepare).join();
        Enrolment enrolment = new Enrolment(
                registry,
                line,
                new NoLogins(),
                (rack, key, until) -> new byte[0],
                keys,
                new EnrolSettings(Adoption.NOBODY, 10, 100_000, 1000),
                clock,
                System::nanoTime);
        fleet = new Fleet(enrolment, 1000, clock, System::nanoTime);
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), clock);
        Specs specs = new Specs(store, false, registry, clock);
        ScenarioVersions versions = new ScenarioVersions(registry, store, specs, () -> 0, clock);
        Scenarios scenarios = new Scenarios(
                registry, versions, line, new NoLogins(), 1_000_000_000, clock, System::nanoTime, ended -> {});
        TokenFile tokenFile = TokenFile.open(folder.resolve("api.token"));
        token = Files.readString(folder.resolve("api.token")).strip();
        api = new Api(
                vertx,
                tokenFile,
                BODY_MAX,
                new Api.Parts(
                        desk,
                        registry,
                        enrolment,
                        fleet,
                        scenarios,
                        versions,
                        specs,
                        line,
                        leadership,
                        null,
                        secrets,
                        keys),
                new RackMetrics(),
                clock,
                "1.2.3");
        port = api.listen(new Address("127.0.0.1", 0), null)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        api.close().toCompletionStage().toCompletableFuture().join();
        desk.close();
        registry.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Whether NATS cannot be told who is out. */
    volatile boolean letInStill;

    private final class NoLogins implements Logins {
        @Override
        public boolean isLetInStill(String rack) {
            return letInStill;
        }

        @Override
        public boolean managed() {
            return false;
        }

        @Override
        public boolean isMixers(byte[] login) {
            return false;
        }

        @Override
        public void admit(String rack, byte[] login) {
            // NATS's own operator does
        }

        @Override
        public void admitOnly(Map<String, byte[]> admitted) {}

        @Override
        public boolean allow(Map<String, WireRights> rights, boolean soon) {
            return true;
        }

        @Override
        public void expel(String rack) {
            // NATS's own operator does
        }
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    void problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotEmpty();
        assertThat(problem.getString("detail")).isNotEmpty();
    }

    JsonObject good(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return new JsonObject(response.body());
    }

    void put(String rack, String standing) {
        desk.ask(() -> {
                    registry.put(new RackEntry(rack, new byte[32], new byte[32], standing, "h", "1", 5, 0, "", 0, 0));
                    return null;
                })
                .join();
    }

    static String bundle(String yaml) {
        return new JsonObject()
                .put("main", "pay.yaml")
                .put(
                        "files",
                        new JsonObject()
                                .put(
                                        "pay.yaml",
                                        Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8))))
                .encode();
    }
}
