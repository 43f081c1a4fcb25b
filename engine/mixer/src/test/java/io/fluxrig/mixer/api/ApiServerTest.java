package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.Name;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.engine.rack.ApiConnections;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RateLimit;
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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API as a client meets it, without racks and NATS. */
class ApiServerTest {
    private static final int BODY_MAX = 64 << 10;
    private static final String SCENARIO = """
        meta: { name: pay, version: 1.0.0 }
        racks: [ { name: east } ]
        gears: [ { name: door, type: io_iso8583, deploy: east } ]
        wires: [ { from: door.out, to: door.in } ]
        """;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Leadership leadership = new Leadership();
    private volatile boolean leads = true;
    private final Desk desk = new Desk(() -> leads);
    private final ControlBus bus = new ControlBus(
            new BusSettings(List.of("nats://127.0.0.1:1"), "test", "_INBOX.mixer", null, null, null, true));
    private final HttpClient http = HttpClient.newHttpClient();
    private Registry registry;
    private Fleet fleet;
    private Api api;
    private String token;
    private int port;

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
        fleet = new Fleet(enrolment, 1000, clock);
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), clock);
        Specs specs = new Specs(store, false, registry, clock);
        ScenarioVersions versions = new ScenarioVersions(registry, store, specs, clock);
        Scenarios scenarios = new Scenarios(registry, store, versions, line, new NoLogins(), 1000, clock, ended -> {});
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

    private record NoLogins() implements Logins {
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

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotEmpty();
        assertThat(problem.getString("detail")).isNotEmpty();
    }

    private JsonObject good(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return new JsonObject(response.body());
    }

    private void put(String rack, String standing) {
        desk.ask(() -> {
                    registry.put(new RackEntry(rack, new byte[32], new byte[32], standing, "h", "1", 5, 0, "", 0, 0));
                    return null;
                })
                .join();
    }

    private static String bundle(String yaml) {
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

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Basic eDp5", "Bearer ", "bearer x"})
    void shouldWantTheToken(String header) throws Exception {
        for (String path : new String[] {"/api/v1/racks", "/metrics", "/nowhere", "/api/v1/racks/east/approve"}) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            if (!header.isEmpty()) {
                request.header("Authorization", header);
            }
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());

            problem(response, 401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/docs", "/openapi.json"})
    void shouldTellThatItIsThereAndHowToAskWithoutAToken(String path) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void shouldSayThatThereIsNoConnectionToNats() throws Exception {
        JsonObject health = good(send("GET", "/health", null));
        assertThat(health.getString("status")).isEqualTo("degraded");
        assertThat(health.getBoolean("nats")).isFalse();
        assertThat(health.getBoolean("secrets")).isTrue();
    }

    @Test
    void shouldShowWhoLooksWithABrowserWhereThePageIs() throws Exception {
        HttpResponse<String> root = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(root.headers().firstValue("Location")).hasValue("/docs");
    }

    @Test
    void shouldSayWhatNamesAreMadeOf() throws Exception {
        for (HttpResponse<String> refused : List.of(
                send("POST", "/api/v1/racks/East/approve", null),
                send("POST", "/api/v1/scenarios/pay/activations", "{\"version\":\"1\",\"racks\":[\"East\"]}"))) {
            problem(refused, 400);
            assertThat(refused.body()).contains(Name.FIX).doesNotContain("East");
        }
    }

    @Test
    void shouldApproveOnlyTheKeyThatItIsTold() throws Exception {
        put("east", "pending");

        HttpResponse<String> another = send("POST", "/api/v1/racks/east/approve", "{\"key\":\"ab\"}");
        problem(another, 409);
        String key = good(send("GET", "/api/v1/racks/east", null)).getString("key");
        assertThat(another.body()).contains("has key " + key);
        assertThat(good(send("POST", "/api/v1/racks/east/approve", "{\"key\":\"" + key + "\"}"))
                        .getString("standing"))
                .isEqualTo("active");
    }

    @Test
    void shouldApproveAnyKeyWhereTheBodyIsEmpty() throws Exception {
        put("east", "pending");

        assertThat(good(send("POST", "/api/v1/racks/east/approve", "")).getString("standing"))
                .isEqualTo("active");
    }

    @Test
    void shouldMarkARackThatComesBackAfterItWasRemoved() throws Exception {
        put("east", "active");
        assertThat(good(send("DELETE", "/api/v1/racks/east", null)).getString("text"))
                .contains("fluxrig admin keys rotate wires --retire");

        put("east", "pending");
        assertThat(good(send("GET", "/api/v1/racks/east", null)).getBoolean("removed"))
                .isTrue();
        put("east", "active");
        assertThat(good(send("GET", "/api/v1/racks/east", null)).containsKey("removed"))
                .isFalse();
    }

    @Test
    void shouldReferToTheMixerThatLeads() throws Exception {
        leads = false;
        HttpResponse<String> nobody = send("GET", "/api/v1/racks", null);
        problem(nobody, 503);
        assertThat(nobody.headers().firstValue("Retry-After")).hasValue("1");

        leadership.follows("http://leader.example:8090", "leader.example, pid 7");
        HttpResponse<String> get = send("GET", "/api/v1/racks?limit=5&after=a", null);
        problem(get, 307);
        assertThat(get.headers().firstValue("Location"))
                .hasValue("http://leader.example:8090/api/v1/racks?limit=5&after=a");
        problem(send("POST", "/api/v1/scenarios", bundle(SCENARIO)), 307);
        problem(send("DELETE", "/api/v1/racks/east", null), 307);
        assertThat(good(send("GET", "/health", null)).getBoolean("leads")).isFalse();
        leads = true;
        assertThat(good(send("GET", "/api/v1/scenarios", null)).getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void shouldReferToTheLeaderHoweverMuchItsOwnDeskHangs() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        CompletableFuture<Object> hanging = desk.first(() -> {
            hung.await();
            return null;
        });
        leads = false;
        leadership.follows("http://leader.example:8090", "leader.example, pid 7");
        try {
            problem(send("GET", "/api/v1/racks", null), 307);
            assertThat(hanging).isNotDone();
        } finally {
            hung.countDown();
        }
    }

    @Test
    void shouldNameALeaderWhoseApiNobodyElseReachesAndReferNobodyThere() throws Exception {
        leads = false;
        leadership.follows("", "leader.example, pid 7");

        HttpResponse<String> named = send("GET", "/api/v1/racks", null);

        problem(named, 503);
        assertThat(named.headers().firstValue("Location")).isEmpty();
        assertThat(new JsonObject(named.body()).getString("leader")).isEqualTo("leader.example, pid 7");
        assertThat(named.body()).contains("leader.example, pid 7 leads", "api.advertise");
    }

    @Test
    void shouldSayThatNobodyCameToItInTime() {
        Reply late = ApiServer.reply(new CompletionException(new TimeoutException()));

        assertThat(late.status()).isEqualTo(503);
        assertThat(late.type()).isEqualTo("application/problem+json");
        assertThat(late.body()).contains("is not done, unless it had begun");
    }

    @Test
    void shouldSayThatTheRegistryIsAwayAndTakeRequestsOn() throws Exception {
        registry.close();

        HttpResponse<String> away = send("GET", "/api/v1/racks", null);

        problem(away, 503);
        assertThat(away.body()).contains("registry: cannot read: ", "closed");
        assertThat(send("GET", "/health", null).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/racks/UPPER",
                "/api/v1/racks/..%2f..%2fetc",
                "/api/v1/racks/a%00b",
                "/api/v1/racks/%27%3B%20DROP%20TABLE%20racks",
                "/api/v1/scenarios/pay/versions/..%2f1",
                "/api/v1/racks?limit=x",
                "/api/v1/racks?limit=0",
                "/api/v1/racks?limit=501",
                "/api/v1/audit?before=-1",
                "/api/v1/audit?before=9223372036854775808",
                "/api/v1/audit?before=9007199254740992",
                "/api/v1/activations?before=99999999999999999999999",
                "/api/v1/activations?before=1.5",
                "/api/v1/scenarios?offset=99999999999999999999"
            })
    void shouldRefuseHostileNamesAndNumbers(String path) throws Exception {
        problem(send("GET", path, null), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/racks?limit=1e2",
                "/api/v1/audit?before=9007199254740991",
                "/api/v1/activations?before=1.0E3",
                "/api/v1/scenarios?offset=5.0"
            })
    void shouldTakeWholeNumbersHoweverTheyAreWritten(String path) throws Exception {
        good(send("GET", path, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/specs/%zz", "/%", "/health%4", "/api/v1/racks?limit=%zz", "/api/v1/racks?after=%C3%"})
    void shouldRefuseWhatIsNotEscapedRight(String uri) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = "GET " + uri + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("HTTP/1.1 400");
            List<String> headers = new ArrayList<>();
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                headers.add(line.toLowerCase(Locale.ROOT));
            }
            assertThat(headers).contains("content-type: application/problem+json");
        }
    }

    @Test
    void shouldSayWhatOfARequestIsMissingOrNotTaken() throws Exception {
        assertThat(send("POST", "/api/v1/scenarios", null).body()).contains("does not contain the required body");
        assertThat(send("POST", "/api/v1/scenarios", "nonsense").body()).contains("The request body can't be decoded");
        assertThat(send("GET", "/api/v1/racks/a%00b", null).body()).doesNotContain("a%00b");
    }

    @Test
    void shouldRefuseABodyThatIsTooLongOrNoneOfTheDocument() throws Exception {
        problem(send("POST", "/api/v1/scenarios", "\"" + "x".repeat(BODY_MAX) + "\""), 413);
        for (String body :
                new String[] {"{", "[]", "{}", "{\"main\":1,\"files\":{}}", "nonsense", "{\"main\":\"a\"}"}) {
            problem(send("POST", "/api/v1/scenarios", body), 400);
        }
        problem(send("POST", "/api/v1/racks/east/orders", "{\"order\":\"format_disk\"}"), 400);
    }

    @Test
    void shouldRefuseABodyInAnotherType() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/scenarios"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build();

        problem(http.send(request, BodyHandlers.ofString()), 400);
    }

    @Test
    void shouldRefuseBundlesWithNamesThatLeadElsewhere() throws Exception {
        problem(send("POST", "/api/v1/scenarios", "{\"main\":\"../a\",\"files\":{\"../a\":\"eA==\"}}"), 409);
        problem(send("POST", "/api/v1/scenarios", "{\"main\":\"a\",\"files\":{\"a\":\"not base64!\"}}"), 409);
        problem(send("POST", "/api/v1/scenarios", "{\"main\":\"a\",\"files\":{\"a\":\"eA==\",\"a/b\":\"eA==\"}}"), 409);
        problem(send("POST", "/api/v1/scenarios", bundle("no: scenario")), 409);
    }

    @Test
    void shouldKeepNoPrivateKey() throws Exception {
        JsonObject bundle = new JsonObject(bundle(SCENARIO));
        String key = "-----BEGIN PRIVATE " + "KEY-----\nAAAA\n";
        bundle.getJsonObject("files")
                .put("tls/key.pem", Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII)));

        HttpResponse<String> refused = send("POST", "/api/v1/scenarios", bundle.encode());

        problem(refused, 409);
        assertThat(refused.body()).contains("tls/key.pem holds a private key");
        assertThat(good(send("GET", "/api/v1/scenarios", null)).getJsonArray("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"order\":\"close\",\"value\":\"nonsense\"}",
                "{\"order\":\"close\"}",
                "{\"order\":\"log_level\",\"value\":\"loud\"}"
            })
    void shouldRefuseAnOrderWithAValueThatNoneCanHave(String order) throws Exception {
        put("east", "active");

        HttpResponse<String> refused = send("POST", "/api/v1/racks/east/orders", order);

        problem(refused, 400);
        assertThat(refused.body()).doesNotContain("nonsense", "loud").contains("value");
    }

    @Test
    void shouldTakeTheSchemeOfTheTokenInAnyCase() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/racks"))
                .header("Authorization", "bearer " + token)
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefusePathsAndMethodsThatAreNotThere() throws Exception {
        problem(send("GET", "/api/v1/nothing", null), 404);
        HttpResponse<String> wrongMethod = send("PUT", "/api/v1/scenarios", null);
        problem(wrongMethod, 405);
        assertThat(wrongMethod.headers().firstValue("allow")).hasValue("GET, POST");
        assertThat(send("DELETE", "/api/v1/racks/east/approve", null).headers().firstValue("allow"))
                .hasValue("POST");
    }

    @Test
    void shouldRefuseHeadersThatAreTooLong() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /health HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(9000) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);
            InputStream in = socket.getInputStream();

            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 431");
        }
    }

    @Test
    void shouldLimitTheRateToABurstOfTwiceAsMany() {
        RateLimit limit = new RateLimit(10);
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += limit.take(1_000_000_000L) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(20);
        assertThat(limit.take(1_100_000_000L)).isTrue();
        assertThat(limit.take(1_100_000_000L)).isFalse();
    }

    @Test
    void shouldMaskWhatARackSaysInWords() throws Exception {
        NodeKey key = NodeKey.ephemeral();
        String reason = "no route for 4111111111111111";
        Heartbeat said = new Heartbeat(
                "east",
                "1",
                "held",
                reason,
                "",
                "",
                "",
                0,
                0,
                "",
                "",
                1,
                1,
                0,
                null,
                null,
                null,
                System.currentTimeMillis());
        desk.ask(() -> {
                    registry.put(
                            new RackEntry("east", key.publicKey(), new byte[32], "active", "h", "1", 5, 0, "", 1, 9));
                    fleet.heartbeat(Signed.of(key, Heartbeat.PURPOSE, said).write(), (rack, heard) -> {});
                    return null;
                })
                .join();

        assertThat(good(send("GET", "/api/v1/racks/east", null)).getString("reason"))
                .startsWith("no route for ")
                .doesNotContain("4111111111111111");
    }

    @Test
    void shouldShowRacksPageByPage() throws Exception {
        put("east", "pending");
        put("north", "pending");
        put("west", "active");

        JsonObject first = good(send("GET", "/api/v1/racks?limit=2", null));
        JsonObject second = good(send("GET", "/api/v1/racks?limit=2&after=" + first.getString("next"), null));

        assertThat(first.getJsonArray("items").size()).isEqualTo(2);
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("name"))
                .isEqualTo("west");
        assertThat(second.containsKey("next")).isFalse();
    }

    @Test
    void shouldLeadARackThroughItsStandingsAndWriteItDown() throws Exception {
        put("east", "pending");

        problem(send("POST", "/api/v1/racks/none/approve", null), 404);
        problem(send("POST", "/api/v1/racks/east/suspend", null), 409);
        assertThat(good(send("POST", "/api/v1/racks/east/approve", null)).getString("standing"))
                .isEqualTo("active");
        problem(send("POST", "/api/v1/racks/east/approve", null), 409);
        assertThat(good(send("POST", "/api/v1/racks/east/suspend", null)).getString("standing"))
                .isEqualTo("suspended");
        assertThat(good(send("POST", "/api/v1/racks/east/activate", null)).getString("standing"))
                .isEqualTo("active");
        problem(send("POST", "/api/v1/racks/east/orders", "{\"order\":\"drain\"}"), 409);
        assertThat(good(send("DELETE", "/api/v1/racks/east", null)).getBoolean("ok"))
                .isTrue();
        problem(send("GET", "/api/v1/racks/east", null), 404);

        JsonArray audit = good(send("GET", "/api/v1/audit", null)).getJsonArray("items");
        assertThat(audit.stream().map(each -> ((JsonObject) each).getString("action")))
                .containsExactly(
                        "rack.remove", "rack.drain", "rack.activate", "rack.suspend", "passport.issue", "rack.approve");
    }

    @Test
    void shouldKeepScenariosAndSayWhatRacksAreToRun() throws Exception {
        put("east", "active");
        JsonObject kept = good(send("POST", "/api/v1/scenarios", bundle(SCENARIO)));
        assertThat(good(send("POST", "/api/v1/scenarios", bundle(SCENARIO)))).isEqualTo(kept);
        problem(send("POST", "/api/v1/scenarios", bundle(SCENARIO + "# other bytes\n")), 409);
        good(send("POST", "/api/v1/scenarios", bundle(SCENARIO.replace("1.0.0", "1.1.0"))));

        JsonObject files = good(send("GET", "/api/v1/scenarios/pay/versions/1.0.0", null));
        assertThat(new JsonObject(bundle(SCENARIO)).getJsonObject("files")).isEqualTo(files.getJsonObject("files"));
        problem(send("GET", "/api/v1/scenarios/pay/versions/9.9.9", null), 404);
        problem(send("POST", "/api/v1/scenarios/pay/activations", "{\"version\":\"9.9.9\"}"), 404);
        problem(send("POST", "/api/v1/scenarios/pay/rollback", "{}"), 404);

        JsonObject made = good(send("POST", "/api/v1/scenarios/pay/activations", "{\"version\":\"1.0.0\"}"));
        assertThat(made.getJsonArray("items").getJsonObject(0).getString("rack"))
                .isEqualTo("east");
        desk.ask(() -> {
                    registry.ended(registry.wanted("east").ended("changed", "runs", 9));
                    return null;
                })
                .join();
        good(send("POST", "/api/v1/scenarios/pay/activations", "{\"version\":\"1.1.0\",\"racks\":[\"east\"]}"));
        assertThat(wantedVersion()).isEqualTo("1.1.0");

        good(send("POST", "/api/v1/scenarios/pay/rollback", "{\"restart\":true}"));
        assertThat(wantedVersion()).isEqualTo("1.0.0");
        assertThat(desk.ask(() -> registry.wanted("east").restart()).join()).isTrue();
        assertThat(good(send("GET", "/api/v1/activations?rack=east", null)).getJsonArray("items"))
                .hasSize(3);
        assertThat(good(send("GET", "/api/v1/scenarios?name=pay", null)).getJsonArray("items"))
                .hasSize(2);
        assertThat(good(send("GET", "/api/v1/specs", null)).getJsonArray("items"))
                .isEmpty();

        JsonObject topology = good(send("GET", "/api/v1/topology", null));
        assertThat(topology.getJsonArray("racks").getJsonObject(0).getJsonArray("gears"))
                .hasSize(1);
        assertThat(topology.getJsonArray("wires").getJsonObject(0).getString("lane"))
                .isEqualTo("hot");
    }

    private String wantedVersion() throws Exception {
        return good(send("GET", "/api/v1/racks/east", null))
                .getJsonObject("wanted")
                .getString("version");
    }

    @Test
    void shouldDescribeEveryOperationThatItHasAndHaveEveryOneThatItDescribes() throws Exception {
        JsonObject document = good(send("GET", "/openapi.json", null));
        Set<String> described = new TreeSet<>();
        String page = send("GET", "/docs", null).body();
        document.getJsonObject("paths").forEach(path -> {
            assertThat(page).contains(path.getKey());
            ((JsonObject) path.getValue())
                    .forEach(method -> described.add(((JsonObject) method.getValue()).getString("operationId")));
        });
        Set<String> has = new TreeSet<>(
                new RackOperations(null, null, null, null, null, null).all().keySet());
        has.addAll(new ScenarioOperations(null, null, null, null).all().keySet());
        has.addAll(new SpecOperations(null, null, null).all().keySet());
        has.addAll(new KeyOperations(null, null, null, null, null).all().keySet());
        has.addAll(new MixerOperations(null, null, null, null, null, null, null, Api.document(), "", null, null)
                .all()
                .keySet());

        assertThat(document.getString("openapi")).startsWith("3.1");
        assertThat(described).isEqualTo(has);
        described.forEach(each ->
                assertThat(page).containsOnlyOnce("href=\"#" + each + "\"").containsOnlyOnce("id=\"" + each + "\""));
        assertThat(page).contains("curl -H").containsOnlyOnce("a wrong one");
        assertThat(page).doesNotContain("<script", "http://", "https://", "src=");
    }

    @Test
    void shouldRefuseATokenThatAnybodyCouldGuess() throws Exception {
        Path file = folder.resolve("short.token");
        Files.writeString(file, "abc");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> TokenFile.open(file)).hasMessageContaining("too short");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> TokenFile.open(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void shouldNotStartWithAnOperationThatNobodyDoes() {
        ApiConnections connections = new ApiConnections(vertx, new RackMetrics());
        ApiServer server = new ApiServer(vertx, null, BODY_MAX, Map.of(), leadership, connections, System::nanoTime);

        assertThatThrownBy(() -> server.listen(new Address("127.0.0.1", 0), null, Api.document())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("nothing does what the document calls");
    }

    @Test
    void shouldMakeAnotherKeyAndShowNone() throws Exception {
        put("east", "active");
        put("west", "pending");

        assertThat(good(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"wires\"}"))
                        .getString("text"))
                .contains("key 2 goes to 1 rack,");
        good(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"journal\"}"));
        assertThat(good(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"wires\",\"retire\":true}"))
                        .getString("text"))
                .contains("key 3 goes to 1 rack,", "open nothing 10 minutes after");
        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"journal\",\"retire\":true}"), 409);

        JsonObject keys = good(send("GET", "/api/v1/keys", null));
        assertThat(keys.getJsonArray("items").encode())
                .contains("\"name\":\"wires\",\"version\":3", "\"name\":\"journal/east/")
                .doesNotContain("west");
        assertThat(keys.getBoolean("open")).isTrue();
        assertThat(keys.getJsonArray("data_keys").encode()).contains("\"keeper\":\"file\"", "of secret.key");
        assertThat(keys.encode()).as("names and numbers").doesNotContain("sealed", "wrapped");
        JsonObject audit = good(send("GET", "/api/v1/audit", null));
        assertThat(audit.encode())
                .contains("\"action\":\"keys.rotate\",\"subject\":\"wires\",\"detail\":\"version 2\"");
    }

    @Test
    void shouldDoWhateverElseThereIsWhileItRotatesForManyRacks() throws Exception {
        for (int i = 0; i < 20; i++) {
            put("rack" + i, "active");
        }
        CountDownLatch waits = new CountDownLatch(1);
        CompletableFuture<Boolean> busy = desk.attend(() -> waits.await(30, TimeUnit.SECONDS));
        CompletableFuture<HttpResponse<String>> asked = CompletableFuture.supplyAsync(
                () -> unchecked("/api/v1/keys/rotate", "{\"kind\":\"journal\"}"),
                task -> new Thread(task, "asks").start());
        Awaitility.await().until(() -> desk.waiting() == 1);
        CompletableFuture<Long> between = desk.attend(this::rotated);
        waits.countDown();
        assertThat(busy.join()).isTrue();

        assertThat(between.join()).as("rotated ahead of what came next").isLessThan(20);
        assertThat(good(asked.join()).getString("text")).contains("another key goes to 20 racks");
        assertThat(desk.attend(this::rotated).join()).isEqualTo(20);
    }

    private long rotated() {
        return registry.audit(Long.MAX_VALUE, 100).stream()
                .filter(each -> each.action().equals("keys.rotate"))
                .count();
    }

    private HttpResponse<String> unchecked(String path, String body) {
        try {
            return send("POST", path, body);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void shouldRotateNothingOfARackThatIsNotActive() throws Exception {
        put("west", "pending");

        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"journal\",\"rack\":\"west\"}"), 409);
        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"journal\",\"rack\":\"north\"}"), 404);
        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"wires\",\"rack\":\"west\"}"), 409);
        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"other\"}"), 400);
        assertThat(good(send("GET", "/api/v1/keys", null)).getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void shouldHaveKeysWrappedAnewAndSayWhyNot() throws Exception {
        good(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"wires\"}"));
        Path file = folder.resolve("secret.key");
        Files.writeString(file, "ab".repeat(32) + "\n", StandardOpenOption.APPEND);
        assertThat(good(send("GET", "/api/v1/keys", null))
                        .getJsonArray("wrapping_keys")
                        .encode())
                .matches("\\[\"key [0-9a-f]{16} of secret.key\",\"key [0-9a-f]{16} of secret.key\"]");
        String before = good(send("GET", "/api/v1/keys", null))
                .getJsonArray("data_keys")
                .encode();

        assertThat(good(send("POST", "/api/v1/keys/rewrap", null)).getString("text"))
                .matches("data key 1 from file: key [0-9a-f]{16} of secret.key to file: key [0-9a-f]{16} of secret.key;"
                        + " .*");
        assertThat(good(send("GET", "/api/v1/audit", null)).encode())
                .contains("\"action\":\"keys.rewrap\"", "data key 1 from file: key ");
        assertThat(good(send("POST", "/api/v1/keys/rewrap", null)).getString("text"))
                .matches("nothing changed: data key 1 stays under file: key [0-9a-f]{16} of secret.key");

        assertThat(good(send("GET", "/api/v1/keys", null))
                        .getJsonArray("data_keys")
                        .encode())
                .isNotEqualTo(before);
        Files.writeString(file, "cd".repeat(32) + "\n");
        HttpResponse<String> refused = send("POST", "/api/v1/keys/rewrap", null);
        problem(refused, 409);
        assertThat(refused.body())
                .contains("nothing is changed", "does not hold the key")
                .doesNotContain("abab", "cdcd");
    }
}
