package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.lead.Leadership;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.spec.Specs;
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
import java.time.Clock;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs, as a client of the API meets them; each test has its own names. */
@TestInstance(Lifecycle.PER_CLASS)
class SpecApiTest {
    private static final String SPEC = """
        spec:
          id: acme
          version: 1.0.0
          wire: { source: moov:spec87ascii }
          fields: { 62: { name: Hush, scope: private } }
        """;
    private static final String PACKAGER = """
        <isopackager>
          <isofield id="0" length="4" name="Type" class="org.jpos.iso.IFA_NUMERIC"/>
          <isofield id="1" length="16" name="Bitmap" class="org.jpos.iso.IFA_BITMAP"/>
          <isofield id="11" length="6" name="Trace" class="org.jpos.iso.IFA_NUMERIC"/>
          MORE
        </isopackager>
        """;
    private static final String LOSSY =
            "<isofield id=\"63\" length=\"99\" name=\"Token\" class=\"org.jpos.iso.IF_TCHAR\"/>";

    private final Vertx vertx = Vertx.vertx();
    private final Desk desk = new Desk(() -> true);
    private final HttpClient http = HttpClient.newHttpClient();
    private Registry registry;
    private Api api;
    private String token;
    private int port;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Clock clock = Clock.systemUTC();
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        Specs specs = new Specs(new ArtefactStore(folder.resolve("artefacts"), clock), false, registry, clock);
        TokenFile tokenFile = TokenFile.open(folder.resolve("api.token"));
        token = Files.readString(folder.resolve("api.token")).strip();
        Api.Parts parts =
                new Api.Parts(desk, registry, null, null, null, null, specs, null, new Leadership(), null, null, null);
        api = new Api(vertx, tokenFile, 64 << 10, parts, new RackMetrics(), clock, "1.2.3");
        port = api.listen(new Address("127.0.0.1", 0), null)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    void stop() {
        api.close().toCompletionStage().toCompletableFuture().join();
        desk.close();
        registry.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<String> send(String method, String path, JsonObject body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
                .header("Authorization", "Bearer " + token);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject take(String name, String tag, String text) {
        return new JsonObject().put("name", name).put("tag", tag).put("content", base64(text));
    }

    private JsonObject get(String path) throws Exception {
        HttpResponse<String> response = send("GET", path, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    private String post(JsonObject body, int status) throws Exception {
        HttpResponse<String> response = send("POST", "/api/v1/specs", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body();
    }

    private String content(String reference) throws Exception {
        String base64 = get("/api/v1/specs/" + reference).getString("content");
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    @Test
    void shouldKeepASpecAsItIsAndWriteItDown() throws Exception {
        JsonObject kept = new JsonObject(post(take("one", "v1.0.0", SPEC), 200));
        post(take("one", "v1.0.0", SPEC), 200);

        String hash = kept.getString("hash");
        assertThat(hash).isEqualTo(ArtefactStore.hash(SPEC.getBytes(StandardCharsets.UTF_8)));
        assertThat(content("one:v1.0.0")).isEqualTo(SPEC);
        assertThat(content("one%3Alatest")).isEqualTo(SPEC);
        assertThat(content("sha256:" + hash.substring(0, 12))).isEqualTo(SPEC);
        assertThat(get("/api/v1/audit").getJsonArray("items").stream()
                        .map(Object::toString)
                        .filter(each -> each.contains("one:v1.0.0")))
                .singleElement()
                .asString()
                .contains("spec.import", hash);
    }

    @Test
    void shouldMakeASpecOfAPackagerAndTellEveryDifference() throws Exception {
        String whole = PACKAGER.replace("MORE", "");
        post(take("made", "v1.0.0", whole).put("file", "acme.xml"), 200);
        assertThat(content("made:v1.0.0")).startsWith("# Made from acme.xml").contains("Trace");

        String lossy = PACKAGER.replace("MORE", LOSSY);
        String refused = post(take("made", "v1.1.0", lossy).put("file", "acme.xml"), 422);
        assertThat(new JsonObject(refused).getJsonArray("errors"))
                .hasSize(1)
                .first()
                .asString()
                .contains("LOST 63");
        String forced = post(take("made", "v1.1.0", lossy).put("force", true), 200);
        assertThat(new JsonObject(forced).getJsonArray("notes")).isNotEmpty();
    }

    @Test
    void shouldListPageByPage() throws Exception {
        post(take("paged", "v1.0.0", SPEC), 200);
        post(take("other", "v1.0.0", SPEC), 200);
        post(take("paged", "v1.1.0", SPEC + "# more\n"), 200);

        JsonObject first = get("/api/v1/specs?name=paged&limit=1");
        assertThat(first.getJsonArray("items").getJsonObject(0).getString("tag"))
                .isEqualTo("v1.0.0");
        JsonObject second = get("/api/v1/specs?name=paged&limit=1&offset=" + first.getString("next"));
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("tag"))
                .isEqualTo("v1.1.0");
        assertThat(second.containsKey("next")).isFalse();
    }

    @Test
    void shouldWriteTheReferenceAsAPage() throws Exception {
        post(take("read", "v1.0.0", SPEC), 200);

        HttpResponse<String> page = send("GET", "/api/v1/specs/read:v1.0.0/doc", null);
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).startsWith("<!doctype html>").doesNotContain("Hush");
        assertThat(send("GET", "/api/v1/specs/read:v1.0.0/doc?scope=complete", null)
                        .body())
                .contains("Hush");
    }

    @Test
    void shouldTellEveryFaultOfASpecThatDoesNotLoad() throws Exception {
        String faulty = "spec:\n  id: acme\n  wire: { source: other.yaml }\n";

        assertThat(new JsonObject(post(take("faulty", "v1.0.0", faulty), 422)).getJsonArray("errors"))
                .isNotEmpty();
        assertThat(get("/api/v1/specs?name=faulty").getJsonArray("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "acme,    latest, c3BlYzo=, 409",
        "moov,    v1,     c3BlYzo=, 409",
        "Acme,    v1,     c3BlYzo=, 400",
        "../acme, v1,     c3BlYzo=, 400",
        "acme,    v1,     '***',    400"
    })
    void shouldRefuseWhatNothingCanBeCalled(String name, String tag, String content, int status) throws Exception {
        post(new JsonObject().put("name", name).put("tag", tag).put("content", content), status);
    }

    @Test
    void shouldNotLetATagNameOtherBytesNorAScenariosPlaceBeTaken() throws Exception {
        post(take("stays", "v1.0.0", SPEC), 200);

        assertThat(post(take("stays", "v1.0.0", SPEC + "# more\n"), 409)).contains("for ever");
        assertThat(post(take("scenario.pay", "v1.0.0", SPEC), 409)).contains("are of scenarios");
    }

    @ParameterizedTest
    @CsvSource({"none:v1.0.0,404", "none,400", "scenario.pay:1.0.0,404", "sha256:0011223344556677,404"})
    void shouldSayThatThereIsNone(String reference, int status) throws Exception {
        for (String path : new String[] {"", "/doc"}) {
            HttpResponse<String> response = send("GET", "/api/v1/specs/" + reference + path, null);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        }
    }
}
