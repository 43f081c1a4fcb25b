package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Name;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API makes of requests that are none. */
class ApiRefusalTest extends ApiOfATest {
    @Test
    void shouldSayWhatNamesAreMadeOf() throws Exception {
        for (HttpResponse<String> refused : List.of(
                send("POST", "/api/v1/racks/East/approve", null),
                send("POST", "/api/v1/scenarios/pay/activations", "{\"version\":\"1\",\"racks\":[\"East\"]}"))) {
            problem(refused, 400);
            assertThat(refused.body()).contains(Name.FIX).doesNotContain("East");
        }
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
                "/api/v1/activations?before=0",
                "/api/v1/activations?before=5/",
                "/api/v1/activations?before=5/East",
                "/api/v1/activations?before=%2531",
                "/api/v1/racks?limit=1%2530",
                "/api/v1/racks/%2565ast",
                "/api/v1/racks/%22east%22",
                "/api/v1/racks?after=%22east%22",
                "/api/v1/racks/ok/../X%20Y",
                "/api/v1/scenarios/pay/versions/ok/../a%20b",
                "/api/v1/scenarios?after=pay/1.0.0",
                "/api/v1/specs?offset=99999999999999999999"
            })
    void shouldRefuseHostileNamesAndNumbers(String path) throws Exception {
        problem(send("GET", path, null), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/racks?limit=1e2",
                "/api/v1/audit?before=9007199254740991",
                "/api/v1/audit?before=1.0E3",
                "/api/v1/specs?offset=5.0"
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

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"a\"", "[{}]", "nonsense"})
    void shouldRefuseABodyThatIsNoObjectWhereNoneIsTaken(String body) throws Exception {
        put("east", "active");

        problem(send("POST", "/api/v1/racks/east/suspend", body), 400);
        problem(send("DELETE", "/api/v1/racks/east", body), 400);

        assertThat(good(send("GET", "/api/v1/racks/east", null)).getString("standing"))
                .isEqualTo("active");
    }

    /** A version is a text, also one that looks like a number, or has what stands for a space in a query. */
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "2.0.0+b1", "2.0.0%2Bb1"})
    void shouldTakeAVersionHoweverItLooks(String version) throws Exception {
        HttpResponse<String> unknown = send("GET", "/api/v1/scenarios/pay/versions/" + version, null);

        problem(unknown, 404);
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
        problem(send("POST", "/api/v1/scenarios", "{\"main\":\"../a\",\"files\":{\"../a\":\"eA==\"}}"), 400);
        problem(send("POST", "/api/v1/scenarios", "{\"main\":\"a\",\"files\":{\"a\":\"not base64!\"}}"), 400);
        problem(send("POST", "/api/v1/scenarios", "{\"main\":\"a\",\"files\":{\"a\":\"eA==\",\"a/b\":\"eA==\"}}"), 400);
        problem(send("POST", "/api/v1/scenarios", bundle("no: scenario")), 409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"journal\",\"retire\":true}", "{\"kind\":\"wires\",\"rack\":\"east\"}"})
    void shouldRefuseARotationThatMakesNoSense(String body) throws Exception {
        problem(send("POST", "/api/v1/keys/rotate", body), 400);
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
    void shouldRefusePathsAndMethodsThatAreNotThere() throws Exception {
        problem(send("GET", "/api/v1/nothing", null), 404);
        HttpResponse<String> wrongMethod = send("PUT", "/api/v1/scenarios", null);
        problem(wrongMethod, 405);
        assertThat(wrongMethod.headers().firstValue("allow")).hasValue("GET, POST");
        assertThat(send("DELETE", "/api/v1/racks/east/approve", null).headers().firstValue("allow"))
                .hasValue("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\nzz\r\n", "2\r\n{}x\r\n0\r\n\r\n", "-1\r\n"})
    void shouldAnswerAndCloseWhereABodyComesInChunksThatAreNone(String body) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = "POST /api/v1/scenarios HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("content-type: application/problem+json\r\n")
                    .containsIgnoringCase("connection: close\r\n")
                    .contains("\"status\":400")
                    .containsOnlyOnce("HTTP/1.1");
        }
        good(send("GET", "/api/v1/racks", null));
    }

    @Test
    void shouldAnswerOnceWhoIsRefusedBeforeItsChunksTurnOutToBeNone() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = "POST /api/v1/scenarios HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 401").containsOnlyOnce("HTTP/1.1");
        }
    }

    /** As curl sends a header that several lines of a file were put into. */
    @Test
    void shouldSayWhatIsWrongWithAHeaderThatIsBrokenIntoLines() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            String request = "GET /api/v1/racks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\nana secret-of-ana\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"status\":400", "several tokens")
                    .doesNotContain("secret-of-ana");
        }
    }

    @Test
    void shouldRefuseHeadersThatAreTooLong() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /health HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(9000) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);
            InputStream in = socket.getInputStream();

            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 431")
                    .contains("application/problem+json");
        }
    }
}
