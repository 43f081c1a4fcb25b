package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.rack.window.ApiConnections;
import io.fluxrig.mixer.desk.RateLimit;
import io.fluxrig.mixer.registry.AuditEntry;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API as a client meets it, without racks and NATS. */
class ApiServerTest extends ApiOfATest {
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

    @Test
    void shouldTakeTheSchemeOfTheTokenInAnyCase() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/racks"))
                .header("Authorization", "bearer " + token)
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
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
        ApiServer server = new ApiServer(
                vertx,
                null,
                CompletableFuture::completedFuture,
                new BodyBudget(BODY_MAX, 4L * BODY_MAX),
                Map.of(),
                leadership,
                connections,
                System::nanoTime);

        assertThatThrownBy(() -> server.listen(new Address("127.0.0.1", 0), null, Api.document())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("nothing does what the document calls");
    }

    /** Whoever could write the file could give themselves all rights, and take the line away again. */
    @Test
    void shouldWriteDownWhoseTokensItTakesNow() throws Exception {
        Path file = folder.resolve("api.token");
        byte[] more = (Files.readString(file) + "ana " + "1".repeat(32) + "\n").getBytes(StandardCharsets.US_ASCII);
        OwnFile.write(file, more);

        Awaitility.await()
                .untilAsserted(() -> assertThat(desk.ask(() -> registry.audit(Long.MAX_VALUE, 1))
                                .join())
                        .extracting(AuditEntry::action, AuditEntry::detail)
                        .containsExactly(tuple("api.tokens", "those of admin, ana")));
    }
}
