package io.fluxrig.cli.mixer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Deadline;
import io.fluxrig.cli.console.Time;
import io.fluxrig.cli.console.WaitNotice;
import io.fluxrig.cli.http.WholeAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Asks a mixer: the first of several addresses that answers, or the one that it refers to because that leads. A question blocks for 30 s at most,
 * however many are asked until one decides; {@link #follow} as long as there is something to read. What goes wrong ends the command. One thread.
 */
public final class MixerClient {
    /** With TLS its handshake too, which takes a JVM that has just started seconds on a machine that is busy. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** A mixer that tells says every 15 s at least that it is there. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Pages of a list that are asked for. */
    private static final int PAGES_MAX = 100;

    /** Mixers that stand by are asked again so often, that far apart: somewhat longer than one needs to take over. */
    private static final int TURNS_MAX = 30;

    private static final long TURN_MS = 500;

    private final Console console;
    private final MixerAddresses addresses;
    private final String token;
    private final Duration timeout;
    private final Time time;
    private final HttpClient http;

    /**
     * @param console where it is said that an answer takes its time
     * @param trust says who signs the certificate of an {@code https} address
     */
    MixerClient(Console console, MixerAddresses addresses, String token, SSLContext trust) {
        this(console, addresses, token, trust, TIMEOUT, Time.real());
    }

    /** @param timeout of a question, from its first mixer to the answer of the one that decides */
    MixerClient(
            Console console, MixerAddresses addresses, String token, SSLContext trust, Duration timeout, Time time) {
        this.console = console;
        this.addresses = addresses;
        this.token = token;
        this.timeout = timeout;
        this.time = time;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout(timeout, addresses.count()))
                .sslContext(trust)
                .build();
    }

    /** Each address is tried within the timeout, though those before it are all silent. */
    static Duration connectTimeout(Duration timeout, int addresses) {
        Duration share = timeout.dividedBy(addresses);
        return share.compareTo(CONNECT_TIMEOUT) < 0 ? share : CONNECT_TIMEOUT;
    }

    /** A part of a path or a query. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a path holds. */
    public JsonNode get(String path) throws InterruptedException {
        return ask("GET", path, null);
    }

    /**
     * The bytes of a spec in the mixer's store.
     *
     * @param reference such as {@code name:tag}
     */
    public byte[] spec(String reference) throws InterruptedException {
        String content = get("api/v1/specs/" + part(reference)).path("content").asText();
        try {
            return Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException noBase64) {
            throw CommandFailure.failed("what answers at " + addresses.base() + " is no mixer (its spec is no base64)");
        }
    }

    /** Removes what a path holds. */
    public JsonNode delete(String path) throws InterruptedException {
        return ask("DELETE", path, null);
    }

    /**
     * Has a mixer do something.
     *
     * @param body null for none
     */
    public JsonNode post(String path, ObjectNode body) throws InterruptedException {
        return ask("POST", path, body);
    }

    /**
     * As {@link #post(String, ObjectNode)}.
     *
     * @param waitsFor what the mixer itself waits for before it answers
     */
    public JsonNode post(String path, ObjectNode body, String waitsFor) throws InterruptedException {
        return ask("POST", path, body, waitsFor);
    }

    /**
     * All items of a list, page by page.
     *
     * @param path with a query, if only an empty one: {@code api/v1/racks?}
     * @param key of the query that asks for the next page
     */
    public ArrayNode all(String path, String key) throws InterruptedException {
        ArrayNode items = JSON.createArrayNode();
        String next = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonNode some = get(path + "&limit=500" + (next.isEmpty() ? "" : "&" + key + "=" + part(next)));
            some.path("items").forEach(items::add);
            next = some.path("next").asText();
            if (next.isEmpty()) {
                break;
            }
        }
        return items;
    }

    /** An empty body, to be filled. */
    public static ObjectNode body() {
        return JSON.createObjectNode();
    }

    /**
     * Reads a path's lines, each a JSON object or empty, from the mixer that leads, for as long as there are any; blocks.
     *
     * @param begins is told where, once a mixer tells
     * @param more takes one, of an empty one a missing node, and says whether it wants more
     * @throws MixerAway where none leads, or the one that told is gone
     */
    public void follow(String path, Consumer<URI> begins, Predicate<JsonNode> more) throws InterruptedException {
        follow(path, SILENCE, begins, more);
    }

    /** @param silence without a line for so long, the mixer's machine may have vanished */
    void follow(String path, Duration silence, Consumer<URI> begins, Predicate<JsonNode> more)
            throws InterruptedException {
        get("api/v1/audit?limit=1"); // finds the one that leads
        URI base = addresses.base();
        new MixerStream(http, base, timeout).read(unlimited(path).build(), silence, () -> begins.accept(base), more);
    }

    private JsonNode ask(String method, String path, ObjectNode body) throws InterruptedException {
        String waitsFor = "the mixer at " + addresses.base() + " to answer, up to " + timeout.toSeconds() + " s";
        return ask(method, path, body, waitsFor);
    }

    private JsonNode ask(String method, String path, ObjectNode body, String waitsFor) throws InterruptedException {
        return WaitNotice.during(console, waitsFor, () -> answer(method, path, body));
    }

    private JsonNode answer(String method, String path, ObjectNode body) throws InterruptedException {
        Deadline deadline = time.deadline(timeout);
        HttpResponse<String> response = send(method, path, body, deadline);
        boolean referred = false;
        for (int turn = 0; turn < TURNS_MAX && addresses.isElsewhere(response); turn++) {
            URI next = addresses.next(response);
            boolean refers = MixerAddresses.refers(response);
            if (referred || !refers && addresses.isFirst(next)) {
                // the one that leads has ended, and nobody has taken over yet
                deadline.sleep(TURN_MS);
            }
            if (deadline.isOver()) {
                break;
            }
            referred = refers;
            addresses.ask(next);
            response = send(method, path, body, deadline);
        }
        return MixerAnswer.read(addresses.base(), response.statusCode(), response.body());
    }

    /** To the mixer that answered last, or else to the first that answers now. */
    private HttpResponse<String> send(String method, String path, ObjectNode body, Deadline deadline)
            throws InterruptedException {
        CommandFailure failure = null;
        for (URI each : addresses.all()) {
            if (failure != null && deadline.isOver()) {
                break;
            }
            addresses.ask(each);
            try {
                return sendThere(method, path, body, deadline);
            } catch (ConnectException | HttpConnectTimeoutException notThere) {
                failure = MixerFailure.unanswered(each, notThere);
            } catch (SSLException e) {
                throw MixerFailure.untrusted(each, e);
            } catch (IOException e) {
                throw MixerFailure.unanswered(each, e);
            }
        }
        throw failure;
    }

    private HttpResponse<String> sendThere(String method, String path, ObjectNode body, Deadline deadline)
            throws IOException, InterruptedException {
        Duration left = deadline.left().plusMillis(1); // a request takes none that is zero
        HttpRequest.Builder request = unlimited(path)
                .timeout(left)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return WholeAnswer.of(http, request.build(), left);
    }

    private HttpRequest.Builder unlimited(String path) {
        try {
            return HttpRequest.newBuilder(addresses.base().resolve(path)).header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException noHeader) {
            throw CommandFailure.failed("the API token is none: it holds characters that no token has");
        }
    }
}
