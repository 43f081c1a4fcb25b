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
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A mixer with a nats-server of its own and its racks, each a process started with the command a user types. */
final class FleetUnderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = client(null);
    /** A variable of a command that is to fail. */
    static final String FAILS = "FAILS";

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Path folder;
    private final int apiPort = FreePort.onLoopback();
    private final int natsPort = FreePort.onLoopback();
    private final Map<String, Integer> statusPorts = new HashMap<>();
    private final Map<String, Process> racks = new LinkedHashMap<>();
    private final boolean tls;
    private Process mixer;

    FleetUnderTest(Path folder) {
        this(folder, false);
    }

    /**
     * Skips the test where there is no nats-server.
     *
     * @param tls between all of them
     */
    FleetUnderTest(Path folder, boolean tls) {
        this.folder = folder;
        this.tls = tls;
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
        Map<String, String> env = new HashMap<>(environment);
        env.put("FLUXRIG_API_BIND", "127.0.0.1:" + apiPort);
        env.put("FLUXRIG_SNAKE_BIND", "127.0.0.1:" + natsPort);
        env.put("FLUXRIG_BASE_DATA_DIR", data().toString());
        env.put("FLUXRIG_API_TLS", tls ? "on" : "auto");
        env.put("FLUXRIG_SNAKE_TLS", tls ? "on" : "auto");
        mixer = RackUnderTest.command(Files.createDirectories(folder.resolve("mixer")), env, "mixer");
        Awaitility.await("the mixer is up").atMost(PATIENCE).ignoreExceptions().until(() -> {
            assertThat(mixer.isAlive()).as(said("mixer")).isTrue();
            return get("/health").path("nats").asBoolean();
        });
    }

    /** SIGKILL; its nats-server lives on. */
    void killMixer() {
        kill(mixer);
    }

    void startRack(String name, Map<String, String> environment) throws IOException {
        int statusPort = statusPorts.computeIfAbsent(name, none -> FreePort.onLoopback());
        Path home = Files.createDirectories(folder.resolve(name));
        Map<String, String> env = new HashMap<>(environment);
        env.put("FLUXRIG_RACK_NAME", name);
        env.putIfAbsent("FLUXRIG_SNAKE_URL", natsUrl());
        env.put("FLUXRIG_BASE_DATA_DIR", home.resolve("data").toString());
        env.put("FLUXRIG_TELEMETRY_BIND", "127.0.0.1:" + statusPort);
        env.put("FLUXRIG_SNAKE_HEARTBEAT", "300ms");
        env.put("FLUXRIG_RACK_RELOAD_TRIAL", "200ms");
        racks.put(name, RackUnderTest.command(home, env, "rack"));
    }

    /** SIGTERM; waits for the drain. */
    int stopRack(String name) throws InterruptedException {
        Process rack = racks.get(name);
        rack.toHandle().destroy();
        assertThat(rack.waitFor(60, TimeUnit.SECONDS)).as("rack %s stops", name).isTrue();
        return rack.exitValue();
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
                .until(() -> {
                    HttpRequest request = HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + statusPorts.get(name) + "/health"))
                            .build();
                    return HTTP.send(request, BodyHandlers.ofString()).statusCode() == 200;
                });
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
        env.putIfAbsent("FLUXRIG_API_URL", apiUrl());
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
        return (tls ? "tls" : "nats") + "://127.0.0.1:" + natsPort;
    }

    /** Where the API is. */
    String apiUrl() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + apiPort;
    }

    int apiPort() {
        return apiPort;
    }

    /** A file of the mixer's authority. */
    Path authority(String name) {
        return data().resolve("authority").resolve(name);
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

    /** Ends all processes. */
    void close() throws IOException, InterruptedException {
        racks.values().forEach(FleetUnderTest::kill);
        if (mixer != null && mixer.isAlive()) {
            mixer.toHandle().destroy();
            if (!mixer.waitFor(30, TimeUnit.SECONDS)) {
                kill(mixer);
            }
        }
        Path pid = data().resolve("nats/nats.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(apiUrl() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token())
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response =
                (tls ? client(authority("ca.crt")) : HTTP).send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return JSON.readTree(response.body());
    }

    private String token() throws IOException {
        return Files.readString(data().resolve("api.token")).strip();
    }

    private Path data() {
        return folder.resolve("mixer/data");
    }

    private static void kill(Process process) {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
