package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** Mixers and their racks, each a process started with the command a user types; one mixer has a nats-server of its own. */
final class FleetUnderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = client(null);
    /** A variable of a command that is to fail. */
    static final String FAILS = "FAILS";

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String ONE = "mixer";

    private final Path folder;
    private final String natsUrl;
    private final Map<String, String> shared;
    private final Map<String, Integer> apiPorts = new HashMap<>();
    private final Map<String, Process> mixers = new LinkedHashMap<>();
    /** Whose API is asked. */
    private String asked = ONE;

    private final Map<String, Integer> statusPorts = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Process> racks = new LinkedHashMap<>();
    private final boolean tls;

    FleetUnderTest(Path folder) {
        this(folder, false);
    }

    /**
     * One mixer.
     *
     * @param tls between all of them
     */
    FleetUnderTest(Path folder, boolean tls) {
        this(folder, tls, (tls ? "tls" : "nats") + "://127.0.0.1:" + FreePort.onLoopback(), Map.of());
    }

    /** @param shared what is set for each of several mixers, {@code FLUXRIG_SNAKE_URL} among it */
    FleetUnderTest(Path folder, String natsUrl, Map<String, String> shared) {
        this(folder, false, natsUrl, shared);
    }

    /** Skips the test where there is no nats-server. */
    private FleetUnderTest(Path folder, boolean tls, String natsUrl, Map<String, String> shared) {
        this.folder = folder;
        this.tls = tls;
        this.natsUrl = natsUrl;
        this.shared = shared;
        boolean there = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/nats")
                .anyMatch(place -> Files.isExecutable(Path.of(place, "nats-server")));
        Assumptions.assumeTrue(there, "needs nats-server: apt-get install nats-server");
    }

    private static HttpClient client(Path authorities) {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(new TlsFiles(authorities, null, null).context())
                .build();
    }

    void startMixer() throws IOException {
        startMixer(Map.of());
    }

    void startMixer(Map<String, String> environment) throws IOException {
        startMixer(ONE, environment);
    }

    void startMixer(String name) throws IOException {
        startMixer(name, Map.of());
    }

    private void startMixer(String name, Map<String, String> environment) throws IOException {
        Map<String, String> env = new HashMap<>(shared);
        env.putAll(environment);
        env.put("FLUXRIG_API_BIND", "127.0.0.1:" + apiPort(name));
        env.put("FLUXRIG_API_ADVERTISE", api(name));
        env.put("FLUXRIG_SNAKE_BIND", natsUrl.substring(natsUrl.indexOf("//") + 2));
        env.put("FLUXRIG_BASE_DATA_DIR", data(name).toString());
        env.put("FLUXRIG_API_TLS", tls ? "on" : "auto");
        env.put("FLUXRIG_SNAKE_TLS", tls ? "on" : "auto");
        Process mixer = RackUnderTest.command(Files.createDirectories(folder.resolve(name)), env, "mixer");
        mixers.put(name, mixer);
        asked = name;
        Awaitility.await(name + " is up").atMost(PATIENCE).ignoreExceptions().until(() -> {
            assertThat(mixer.isAlive()).as(said(name)).isTrue();
            return get("/health").path("nats").asBoolean();
        });
    }

    /** Where a mixer's API is. */
    String api(String name) {
        return (tls ? "https" : "http") + "://127.0.0.1:" + apiPort(name);
    }

    /** From now on that mixer's API is asked, which may refer to another. */
    void ask(String name) {
        asked = name;
    }

    /** SIGKILL; a nats-server of its own lives on. */
    void killMixer() {
        killMixer(ONE);
    }

    void killMixer(String name) {
        kill(mixers.get(name));
    }

    /** Where a rack runs from its next start on. */
    void place(String rack, Place place) {
        places.put(rack, place);
    }

    private Place place(String rack) {
        return places.getOrDefault(rack, Place.HERE);
    }

    void startRack(String name, Map<String, String> environment) throws IOException {
        int statusPort = statusPorts.computeIfAbsent(name, none -> FreePort.onLoopback());
        Path home = Files.createDirectories(folder.resolve(name));
        Map<String, String> env = new HashMap<>(environment);
        env.put("FLUXRIG_RACK_NAME", name);
        env.putIfAbsent("FLUXRIG_SNAKE_URL", natsUrl);
        env.put("FLUXRIG_BASE_DATA_DIR", home.resolve("data").toString());
        env.put("FLUXRIG_TELEMETRY_BIND", place(name).address() + ":" + statusPort);
        env.put("FLUXRIG_SNAKE_HEARTBEAT", "300ms");
        env.put("FLUXRIG_RACK_RELOAD_TRIAL", "200ms");
        racks.put(name, RackUnderTest.command(place(name), home, env, "rack"));
    }

    /** SIGTERM; waits for the drain. */
    int stopRack(String name) throws InterruptedException {
        Process rack = racks.get(name);
        rack.toHandle().destroy();
        assertThat(rack.waitFor(60, TimeUnit.SECONDS)).as("rack %s stops", name).isTrue();
        return rack.exitValue();
    }

    /** SIGKILL. */
    void killRack(String name) {
        kill(racks.get(name));
    }

    JsonNode awaitRack(String name, String key, String value) {
        return Awaitility.await("rack " + name + ": " + key + " is " + value)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> get("/api/v1/racks/" + name),
                        rack -> rack.at(key).asText().equals(value));
    }

    /** Whether the rack's own window says that it runs, whoever leads it. */
    void awaitRunning(String name) {
        Awaitility.await("rack " + name + " runs")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> status(name, "/health").statusCode() == 200);
    }

    /** What a rack's own window says. */
    String window(String rack) throws IOException, InterruptedException {
        return status(rack, "/status").body();
    }

    /** A rack's metric, as {@link RackUnderTest#metric} has it. */
    double metric(String rack, String name, String... labels) throws IOException, InterruptedException {
        return RackUnderTest.sum(status(rack, "/metrics").body(), name, labels);
    }

    /** A metric of the mixer that is asked; of that one itself, whoever leads. */
    double mixerMetric(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api(asked) + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token())
                .build();
        HttpResponse<String> response =
                (tls ? client(authority("ca.crt")) : HTTP).send(request, BodyHandlers.ofString());
        return RackUnderTest.sum(response.body(), name);
    }

    private HttpResponse<String> status(String rack, String path) throws IOException, InterruptedException {
        String url = "http://" + place(rack).address() + ":" + statusPorts.get(rack) + path;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return ask("GET", path, "");
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return ask("POST", path, body);
    }

    /** Runs {@code fluxrig} with the mixer's address and token; what it printed. */
    String command(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(folder, "command");
        Map<String, String> env = new HashMap<>(environment);
        env.putIfAbsent("FLUXRIG_API_URL", api(asked));
        env.putIfAbsent("FLUXRIG_API_CA_FILE", authority("ca.crt").toString());
        env.put("FLUXRIG_API_TOKEN", token());
        Process process = RackUnderTest.command(home, env, arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(home.resolve("stdout.txt")) + Files.readString(home.resolve("stderr.txt"));
        int expected = environment.containsKey(FAILS) ? 1 : 0;
        assertThat(process.exitValue()).as("%s: %s", List.of(arguments), said).isEqualTo(expected);
        return said;
    }

    /** Where racks find NATS. */
    String natsUrl() {
        return natsUrl;
    }

    /** Where the API is. */
    String apiUrl() {
        return api(asked);
    }

    int apiPort() {
        return apiPort(asked);
    }

    private int apiPort(String name) {
        return apiPorts.computeIfAbsent(name, none -> FreePort.onLoopback());
    }

    /** A file of the mixer's authority. */
    Path authority(String name) {
        return data(asked).resolve("authority").resolve(name);
    }

    /** A rack's data folder, made if need be. */
    Path rackData(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name).resolve("data"));
    }

    /** What a process printed. */
    String said(String name) throws IOException {
        Path home = folder.resolve(name);
        return Files.readString(home.resolve("stdout.txt")) + Files.readString(home.resolve("stderr.txt"));
    }

    /** A scenario for racks east and west, with the files that it names. */
    Path scenario() throws IOException {
        Path root = RackUnderTest.repositoryRoot();
        Path files = Files.createDirectories(folder.resolve("scenario"));
        Files.copy(root.resolve("config/specs/v87-ascii.yaml"), files.resolve("v87-ascii.yaml"));
        Files.writeString(files.resolve("bins.csv"), "from,to,owner\n411111,411111,host\n");
        return Files.copy(root.resolve("it/src/test/resources/scenarios/fleet.yaml"), files.resolve("fleet.yaml"));
    }

    /** Ends all processes. */
    void close() throws IOException, InterruptedException {
        racks.values().forEach(FleetUnderTest::kill);
        for (Process mixer : mixers.values()) {
            mixer.toHandle().destroy();
            if (!mixer.waitFor(30, TimeUnit.SECONDS)) {
                kill(mixer);
            }
        }
        Path pid = data(ONE).resolve("nats/nats.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        return ask(method, api(asked) + path, body, true);
    }

    private JsonNode ask(String method, String url, String body, boolean first)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token())
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response =
                (tls ? client(authority("ca.crt")) : HTTP).send(request.build(), BodyHandlers.ofString());
        if (first && response.statusCode() == 307) {
            return ask(method, response.headers().firstValue("Location").orElseThrow(), body, false);
        }
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return JSON.readTree(response.body());
    }

    private String token() throws IOException {
        return Files.readString(data(asked).resolve("authority/api.token")).strip();
    }

    /** Where a mixer's data lie. */
    Path data(String name) {
        return folder.resolve(name).resolve("data");
    }

    /** As an operator does: {@code cp -a}. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(each.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void kill(Process process) {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
