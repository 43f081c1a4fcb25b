package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Deadline;
import io.fluxrig.cli.console.Time;
import io.fluxrig.cli.http.WholeAnswer;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    static final Duration SILENCE = Duration.ofSeconds(45);

    private static final int REFERRAL = 307;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Pages of a list that are asked for. */
    private static final int PAGES_MAX = 100;

    /** Mixers that stand by are asked again so often, that far apart: somewhat longer than one needs to take over. */
    private static final int TURNS_MAX = 30;

    private static final long TURN_MS = 500;
    private static final int UNAVAILABLE = 503;
    private static final int SERVER_FAILED = 500;

    private final Console console;
    private final List<URI> bases;
    private final String token;
    private final Duration timeout;
    private final Time time;
    /** The one that answered last. */
    private URI base;

    private final HttpClient http;

    /**
     * @param console where it is said that an answer takes its time
     * @param addresses of mixers that lead the same racks, with commas between them
     * @param trust says who signs the certificate of an {@code https} address
     * @throws IllegalArgumentException if one is no HTTP address
     */
    MixerClient(Console console, String addresses, String token, SSLContext trust) {
        this(console, addresses, token, trust, TIMEOUT, Time.real());
    }

    /** @param timeout of a question, from its first mixer to the answer of the one that decides */
    MixerClient(Console console, String addresses, String token, SSLContext trust, Duration timeout, Time time) {
        this.console = console;
        this.timeout = timeout;
        this.time = time;
        this.bases = Arrays.stream(addresses.split(",", -1))
                .map(each -> base(each.strip()))
                .toList();
        this.base = bases.get(0);
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout(timeout, bases.size()))
                .sslContext(trust)
                .build();
    }

    /** Each address is tried within the timeout, though those before it are all silent. */
    static Duration connectTimeout(Duration timeout, int addresses) {
        Duration share = timeout.dividedBy(addresses);
        return share.compareTo(CONNECT_TIMEOUT) < 0 ? share : CONNECT_TIMEOUT;
    }

    private static URI base(String address) {
        URI uri = URI.create(address.endsWith("/") ? address : address + "/");
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("http")) {
            throw new IllegalArgumentException("'" + address + "' is no HTTP address");
        }
        return uri;
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
            throw CommandFailure.failed("what answers at " + base + " is no mixer (its spec is no base64)");
        }
    }

    JsonNode delete(String path) throws InterruptedException {
        return ask("DELETE", path, null);
    }

    /** @param body null for none */
    public JsonNode post(String path, ObjectNode body) throws InterruptedException {
        return ask("POST", path, body);
    }

    /** @param waitsFor what the mixer itself waits for before it answers */
    JsonNode post(String path, ObjectNode body, String waitsFor) throws InterruptedException {
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
     * @param silence without a line for so long, the mixer's machine may have vanished
     * @param begins is told where, once a mixer tells
     * @param more takes one, of an empty one a missing node, and says whether it wants more
     * @throws MixerAway where none leads, or the one that told is gone
     */
    void follow(String path, Duration silence, Consumer<URI> begins, Predicate<JsonNode> more)
            throws InterruptedException {
        get("api/v1/audit?limit=1"); // finds the one that leads
        Lines lines = new Lines();
        CompletableFuture<Integer> status = new CompletableFuture<>();
        BodyHandler<Void> handler = head -> {
            status.complete(head.statusCode());
            return BodySubscribers.fromLineSubscriber(lines, ended -> null, StandardCharsets.UTF_8, null);
        };
        // without a timeout of its own, which from JDK 26 is for the body too
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(
                        unlimited(path).build(), handler)
                .whenComplete((ended, failure) ->
                        status.completeExceptionally(failure == null ? new EOFException() : failure));
        try {
            int head = status.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (head >= 300) {
                read(head, rest(lines));
            }
            begins.accept(base);
            String line = lines.next(silence);
            while (line != null && more.test(JSON.readTree(line))) {
                line = lines.next(silence);
            }
        } catch (ExecutionException e) {
            throw gone(e.getCause());
        } catch (TimeoutException | IOException e) {
            throw gone(e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String rest(Lines lines) throws IOException, InterruptedException {
        StringBuilder rest = new StringBuilder();
        for (String line = lines.next(TIMEOUT); line != null; line = lines.next(TIMEOUT)) {
            rest.append(line);
        }
        return rest.toString();
    }

    private JsonNode ask(String method, String path, ObjectNode body) throws InterruptedException {
        return ask(method, path, body, "the mixer at " + base + " to answer, up to " + timeout.toSeconds() + " s");
    }

    private JsonNode ask(String method, String path, ObjectNode body, String waitsFor) throws InterruptedException {
        return WaitNotice.during(console, waitsFor, () -> answer(method, path, body));
    }

    private JsonNode answer(String method, String path, ObjectNode body) throws InterruptedException {
        Deadline deadline = time.deadline(timeout);
        HttpResponse<String> response = send(method, path, body, deadline);
        boolean referred = false;
        for (int turn = 0; turn < TURNS_MAX && isElsewhere(response); turn++) {
            String leader = response.headers().firstValue("Location").orElse("");
            URI next = leader.isEmpty() ? after(base) : base(leader).resolve("/");
            if (referred || leader.isEmpty() && next.equals(bases.get(0))) {
                // the one that leads has ended, and nobody has taken over yet
                deadline.sleep(TURN_MS);
            }
            if (deadline.isOver()) {
                break;
            }
            referred = !leader.isEmpty();
            base = referred ? leading(next) : next;
            response = send(method, path, body, deadline);
        }
        return read(response.statusCode(), response.body());
    }

    /** The address behind that one, of those that were given. */
    private URI after(URI one) {
        return bases.get((bases.indexOf(one) + 1) % bases.size());
    }

    /** The token stays where the user has TLS. */
    private URI leading(URI to) {
        if ("https".equals(base.getScheme()) && !"https".equals(to.getScheme())) {
            throw CommandFailure.failed(base + " refers to " + to
                    + ", which has no TLS: the token is not sent there; set api.advertise of that mixer");
        }
        return to;
    }

    /** Whether this mixer decides nothing now, has done nothing, and there is another one to ask, or may be soon. */
    private boolean isElsewhere(HttpResponse<String> response) {
        boolean soon = response.headers().firstValue("Retry-After").isPresent();
        return response.statusCode() == REFERRAL
                || response.statusCode() == UNAVAILABLE && (soon || bases.size() > 1 && namesLeader(response.body()));
    }

    private static boolean namesLeader(String problem) {
        try {
            return JSON.readTree(problem).hasNonNull("leader");
        } catch (JsonProcessingException noJson) {
            return false;
        }
    }

    /** To the mixer that answered last, or else to the first that answers now. */
    private HttpResponse<String> send(String method, String path, ObjectNode body, Deadline deadline)
            throws InterruptedException {
        List<URI> all = new ArrayList<>(bases);
        all.remove(base);
        all.add(0, base);
        CommandFailure failure = null;
        for (URI each : all) {
            if (failure != null && deadline.isOver()) {
                break;
            }
            base = each;
            try {
                return sendThere(method, path, body, deadline);
            } catch (ConnectException | HttpConnectTimeoutException notThere) {
                failure = unanswered(notThere);
            } catch (SSLException e) {
                throw CommandFailure.failed(MixerFailure.untrusted(base, e));
            } catch (IOException e) {
                throw unanswered(e);
            }
        }
        throw failure;
    }

    private CommandFailure gone(Throwable failure) {
        return new MixerAway("the mixer at " + base + " is gone (" + MixerFailure.of(failure) + ")");
    }

    private CommandFailure unanswered(IOException failure) {
        return new MixerAway("no mixer answers at " + base + " ("
                + MixerFailure.of(failure) + "); start one with 'fluxrig mixer', or name its API with --api"
                + other(failure));
    }

    /** The other scheme, where that may be meant. */
    private String other(IOException failure) {
        if (base.getScheme().equals("http")) {
            return ", https:// where it listens beyond loopback";
        }
        boolean connected = !(failure instanceof ConnectException) && !(failure instanceof HttpConnectTimeoutException);
        return connected ? ", http:// where it speaks no TLS" : "";
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
            return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException noHeader) {
            throw CommandFailure.failed("the API token is none: it holds characters that no token has");
        }
    }

    private JsonNode read(int status, String body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JsonProcessingException noJson) {
            throw CommandFailure.failed("what answers at " + base + " is no mixer (status " + status + ")");
        }
        if (status == UNAUTHORIZED) {
            throw new TokenRefused("the mixer at " + base + " does not take this API token; name the file that"
                    + " its first lines show, or a copy, with --token-file");
        }
        if (status >= 300) {
            StringBuilder detail = new StringBuilder(answer.path("detail").asText());
            answer.path("errors")
                    .forEach(each ->
                            detail.append("\n  ").append(each.path("detail").asText()));
            String text = detail.isEmpty() ? base + " answers " + status : detail.toString();
            throw status == FORBIDDEN
                    ? new TokenRefused(text)
                    : status >= SERVER_FAILED ? new MixerAway(text) : CommandFailure.failed(text);
        }
        return answer;
    }
}
