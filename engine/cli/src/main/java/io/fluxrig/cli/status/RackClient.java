package io.fluxrig.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.http.WholeAnswer;
import io.fluxrig.cli.screen.RackFigures;
import io.fluxrig.cli.screen.RackFigures.Destination;
import io.fluxrig.cli.screen.RackFigures.GearLine;
import io.fluxrig.engine.rack.api.ProcessStart;
import io.fluxrig.load.Percentiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks one rack. Any thread; blocks for {@link #TIMEOUT} at most. */
public final class RackClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The title of the document of a mixer's API. */
    private static final String MIXER = "fluxrig mixer";

    private final URI base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * @param base such as {@code http://127.0.0.1:8090}, {@code 127.0.0.1:8090}, {@code :8090} or {@code 8090}
     * @throws IllegalArgumentException if it is no HTTP address
     */
    public RackClient(String base) {
        String host = base.matches("[0-9]{1,5}") ? ":" + base : base;
        String address = host.startsWith(":") ? "127.0.0.1" + host : host;
        String url = address.endsWith("/") ? address : address + "/";
        this.base = URI.create(url.contains("://") ? url : "http://" + url);
        if (this.base.getHost() == null || !this.base.getScheme().startsWith("http")) {
            throw new IllegalArgumentException("'" + base + "' is no HTTP address");
        }
    }

    /** As it was understood: {@code http://127.0.0.1:8090}. */
    public String address() {
        String text = base.toString();
        return text.substring(0, text.length() - 1);
    }

    /** Without the scheme that goes without saying: {@code 127.0.0.1:8090}. */
    public String place() {
        return address().replaceFirst("^http://", "");
    }

    /** Whether what answers there is a mixer; false where nobody does, and of a rack. */
    boolean isMixer() throws InterruptedException {
        try {
            String title = JSON.readTree(get("openapi.json").body())
                    .path("info")
                    .path("title")
                    .asText();
            return title.equals(MIXER);
        } catch (IOException other) {
            return false;
        }
    }

    /** @throws IOException if nobody answers, or something that is no rack */
    public RackFigures status() throws IOException, InterruptedException {
        return read(statusText());
    }

    /**
     * Whether requests may go to all destinations of its switch.
     *
     * @throws IOException if nobody answers, or something that is no rack
     */
    public boolean reachesAll() throws IOException, InterruptedException {
        return status().destinationsDown().isEmpty();
    }

    /** @throws IOException if nobody answers, or something that is no rack */
    public RackChange change() throws IOException, InterruptedException {
        JsonNode root = JSON.readTree(statusText());
        JsonNode change = root.path("change");
        return new RackChange(
                root.path("pid").asLong(),
                root.path("pid_start").asLong(ProcessStart.UNKNOWN),
                root.path("led").asBoolean(),
                change.path("asked").asInt(),
                change.path("number").asInt(),
                change.path("outcome").asText(),
                change.path("text").asText());
    }

    private String statusText() throws IOException, InterruptedException {
        HttpResponse<String> response = get("status");
        if (response.statusCode() != 200) {
            throw new IOException(base + "status answers " + response.statusCode());
        }
        return response.body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .GET()
                .build();
        return WholeAnswer.of(client, request, TIMEOUT);
    }

    static RackFigures read(String text) throws IOException {
        JsonNode root = JSON.readTree(text);
        JsonNode totals = root.path("totals");
        Map<String, Long> answers = counts(totals.path("answers"));
        String scenario = root.path("scenario").path("name").asText();
        String runs = (scenario + " " + root.path("scenario").path("version").asText()).strip();
        String rack = root.path("rack").asText();
        return new RackFigures(
                rack.equals(scenario) ? runs : rack + " " + runs,
                root.path("state").asText(),
                Math.round(root.path("uptime_seconds").asDouble() * 1e9),
                totals.path("requests").asLong(),
                answers.getOrDefault("approved", 0L),
                answers.getOrDefault("declined", 0L) + answers.getOrDefault("other", 0L),
                counts(totals.path("errors")),
                totals.path("in_flight").asLong(),
                percentiles(root.path("latency").path("since_start")),
                destinations(root.path("destinations")),
                gears(root.path("gears")),
                RackTroubles.of(root));
    }

    private static Map<String, Long> counts(JsonNode node) {
        Map<String, Long> counts = new TreeMap<>();
        node.fields()
                .forEachRemaining(
                        field -> counts.put(field.getKey(), field.getValue().asLong()));
        return counts;
    }

    private static Percentiles percentiles(JsonNode node) {
        return new Percentiles(
                node.path("count").asLong(),
                nanos(node, "p50_us"),
                nanos(node, "p90_us"),
                nanos(node, "p99_us"),
                nanos(node, "p999_us"),
                nanos(node, "p999_us"),
                nanos(node, "max_us"));
    }

    private static long nanos(JsonNode node, String key) {
        return Math.round(node.path(key).asDouble() * 1_000);
    }

    private static List<Destination> destinations(JsonNode list) {
        List<Destination> destinations = new ArrayList<>();
        for (JsonNode node : list) {
            destinations.add(new Destination(
                    node.path("gear").asText(),
                    node.path("destination").asText(),
                    node.path("links").asLong(),
                    // a rack of before says no more than whether there is a link
                    node.path("up").asBoolean(),
                    node.path("because").asText(node.path("up").asBoolean() ? "" : "no link"),
                    node.path("in_flight").asLong(),
                    node.path("breaker").asText(),
                    node.path("requests").asLong(),
                    node.path("answers").asLong(),
                    node.path("timeouts").asLong(),
                    node.path("late").asLong()));
        }
        return destinations;
    }

    private static List<GearLine> gears(JsonNode list) {
        List<GearLine> gears = new ArrayList<>();
        for (JsonNode node : list) {
            gears.add(new GearLine(
                    node.path("name").asText(),
                    node.path("type").asText(),
                    node.path("failing").asBoolean()
                            ? "failing"
                            : node.path("state").asText(),
                    node.path("messages").asLong(),
                    node.path("connections").asLong(-1)));
        }
        return gears;
    }
}
