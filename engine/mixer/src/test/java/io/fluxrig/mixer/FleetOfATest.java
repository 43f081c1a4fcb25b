package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.agent.AgentOptions;
import io.fluxrig.engine.agent.AgentProcess;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.mixer.bus.NatsServer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A mixer with a nats-server of its own, and racks in this process. */
abstract class FleetOfATest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    /** On two cores the JVM's common pool is one thread, which whoever blocks takes from all others. */
    private static final Executor OWN_THREAD = task -> new Thread(task, "process").start();

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final int apiPort = FreePort.onLoopback();
    final int natsPort = FreePort.onLoopback();
    final int doorPort = FreePort.onLoopback();
    final List<AutoCloseable> running = new ArrayList<>();

    @BeforeEach
    void start() {
        Assumptions.assumeTrue(NatsServer.find("").isPresent(), "needs nats-server: apt-get install nats-server");
        startMixer();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private void startMixer() {
        MixerProcess mixer = new MixerProcess();
        Map<String, String> flags = Map.of(
                "mixer.push_again",
                "10m",
                "base.data_dir",
                folder.resolve("mixer").toString(),
                "logging.file",
                "mixer.log",
                "logging.console",
                "off",
                "api.bind",
                "127.0.0.1:" + apiPort,
                "snake.bind",
                "127.0.0.1:" + natsPort);
        var config =
                NodeConfigLoader.load(MixerKeys.FILE, null, Map.of(), flags).config();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        CompletableFuture<Integer> exit =
                CompletableFuture.supplyAsync(() -> mixer.run(config, "1", out, out), OWN_THREAD);
        running.add(() -> {
            mixer.stop();
            assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
        });
        await("the mixer is up", () -> get("/health").getBoolean("nats"));
    }

    AgentUnderTest rack(String name, Path data, Map<String, String> more) {
        Map<String, String> flags = new HashMap<>(Map.of(
                "rack.name", name,
                "rack.strips", "1",
                "rack.native_transport", "false",
                "rack.reload_trial", "50ms",
                "base.data_dir", data.toString(),
                "logging.file", "",
                "logging.console", "off",
                "telemetry.enabled", "false",
                "snake.heartbeat", "100ms",
                "snake.url", "nats://127.0.0.1:" + natsPort));
        flags.putAll(more);
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(words, true, StandardCharsets.UTF_8);
        AgentProcess agent = new AgentProcess(new AgentOptions(
                null, flags, Map.of("DOOR", Integer.toString(doorPort)), GearCatalog.installed(), "1", out, out));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(agent::run, OWN_THREAD);
        AgentUnderTest rack = new AgentUnderTest(agent, exit, words);
        running.add(rack::end);
        return rack;
    }

    record AgentUnderTest(AgentProcess agent, CompletableFuture<Integer> exit, ByteArrayOutputStream words) {
        String said() {
            return words.toString(StandardCharsets.UTF_8);
        }

        int end() throws Exception {
            agent.stop();
            return exit.get(60, TimeUnit.SECONDS);
        }
    }

    interface Question {
        boolean holds() throws Exception;
    }

    void await(String what, Question question) {
        await(what, PATIENCE, question);
    }

    void await(String what, Duration patience, Question question) {
        Awaitility.await(what).atMost(patience).ignoreExceptions().until(question::holds);
    }

    JsonObject get(String path) throws Exception {
        return ask("GET", path, null);
    }

    JsonObject ask(String method, String path, JsonObject body) throws Exception {
        return new JsonObject(text(method, path, body));
    }

    /** What the mixer's API answers, as it is. */
    String text(String method, String path, JsonObject body) throws Exception {
        Path token = folder.resolve("mixer/authority/api.token");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                .header("Authorization", "Bearer " + Files.readString(token).strip())
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    AgentUnderTest admitted(String name) throws Exception {
        return admitted(name, Map.of());
    }

    AgentUnderTest admitted(String name, Map<String, String> more) throws Exception {
        AgentUnderTest rack = rack(name, folder.resolve(name), more);
        await(
                name + " waits",
                () -> get("/api/v1/racks/" + name).getString("standing").equals("pending"));
        ask("POST", "/api/v1/racks/" + name + "/approve", null);
        await(name + " is there", () -> get("/api/v1/racks/" + name).getBoolean("there"));
        return rack;
    }

    static String scenario(String version, String gear) {
        return "meta: { name: echo, version: " + version + " }\nracks: [ { name: east } ]\ngears:\n" + gear
                + "  - { name: read, type: codec_iso8583, config: { spec_path: moov:spec87ascii, direction: decode, on_error:"
                + " drop } }\n  - { name: write, type: codec_iso8583, config: { spec_path: moov:spec87ascii, direction:"
                + " encode, on_error: drop } }\n  - { name: host, type: sim_responder, config: { spec_path: moov:spec87ascii,"
                + " default: { set: { 39: \"00\" } } } }\nwires:\n  - { from: door.out, to: read.in }\n  - { from: read.out,"
                + " to: host.in }\n  - { from: host.out, to: write.in }\n  - { from: write.out, to: door.in }\n";
    }

    static final String DOOR =
            "  - { name: door, type: io_iso8583, config: { mode: server, bind:" + " \"127.0.0.1:${DOOR}\" } }\n";

    String outcome(String yaml, String version) throws Exception {
        offered(yaml, version);
        await("the rack says what came of it", () -> {
            String now = wanted().getString("outcome");
            return !now.equals("waiting") && !now.equals("under_way");
        });
        return wanted().getString("outcome");
    }

    /** Imports it, and has whom it declares run it. */
    void offered(String yaml, String version) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));
        ask(
                "POST",
                "/api/v1/scenarios",
                new JsonObject().put("main", "s.yaml").put("files", new JsonObject().put("s.yaml", base64)));
        ask("POST", "/api/v1/scenarios/echo/activations", new JsonObject().put("version", version));
    }

    JsonObject wanted() throws Exception {
        return get("/api/v1/racks/east").getJsonObject("wanted");
    }

    void awaitReason(String reason) {
        await(
                "east is held by " + reason,
                () -> get("/api/v1/racks/east").getString("reason").startsWith(reason));
    }

    void awaitState(String state) {
        await(
                "east is " + state,
                () -> get("/api/v1/racks/east").getString("state").equals(state));
    }

    JsonObject order(String word, String value) throws Exception {
        return ask(
                "POST",
                "/api/v1/racks/east/orders",
                new JsonObject().put("order", word).put("value", value));
    }
}
