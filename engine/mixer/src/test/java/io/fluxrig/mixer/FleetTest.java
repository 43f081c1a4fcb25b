package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.agent.AgentOptions;
import io.fluxrig.engine.agent.AgentProcess;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.passport.KeyRing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.mixer.bus.NatsServer;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mixer with a nats-server of its own and racks in this process: what each makes of the other, and of whoever is neither. */
class FleetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    /** On two cores the JVM's common pool is one thread, which whoever blocks takes from all others. */
    private static final Executor OWN_THREAD = task -> new Thread(task, "process").start();

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final int apiPort = FreePort.onLoopback();
    private final int natsPort = FreePort.onLoopback();
    private final int doorPort = FreePort.onLoopback();
    private final List<AutoCloseable> running = new ArrayList<>();

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

    private AgentUnderTest rack(String name, Path data, Map<String, String> more) {
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

    private record AgentUnderTest(AgentProcess agent, CompletableFuture<Integer> exit, ByteArrayOutputStream words) {
        String said() {
            return words.toString(StandardCharsets.UTF_8);
        }

        int end() throws Exception {
            agent.stop();
            return exit.get(60, TimeUnit.SECONDS);
        }
    }

    private interface Question {
        boolean holds() throws Exception;
    }

    private void await(String what, Question question) {
        Awaitility.await(what).atMost(PATIENCE).ignoreExceptions().until(question::holds);
    }

    private JsonObject get(String path) throws Exception {
        return ask("GET", path, null);
    }

    private JsonObject ask(String method, String path, JsonObject body) throws Exception {
        Path token = folder.resolve("mixer/authority/api.token");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                .header("Authorization", "Bearer " + Files.readString(token).strip())
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return new JsonObject(
                http.send(request.build(), BodyHandlers.ofString()).body());
    }

    private AgentUnderTest admitted(String name) throws Exception {
        return admitted(name, Map.of());
    }

    private AgentUnderTest admitted(String name, Map<String, String> more) throws Exception {
        AgentUnderTest rack = rack(name, folder.resolve(name), more);
        await(
                name + " waits",
                () -> get("/api/v1/racks/" + name).getString("standing").equals("pending"));
        ask("POST", "/api/v1/racks/" + name + "/approve", null);
        await(name + " is there", () -> get("/api/v1/racks/" + name).getBoolean("there"));
        return rack;
    }

    private static String scenario(String version, String gear) {
        return "meta: { name: echo, version: " + version + " }\nracks: [ { name: east } ]\ngears:\n" + gear
                + "  - { name: read, type: codec_iso8583, config: { spec_path: moov:spec87ascii, direction: decode, on_error:"
                + " drop } }\n  - { name: write, type: codec_iso8583, config: { spec_path: moov:spec87ascii, direction:"
                + " encode, on_error: drop } }\n  - { name: host, type: sim_responder, config: { spec_path: moov:spec87ascii,"
                + " default: { set: { 39: \"00\" } } } }\nwires:\n  - { from: door.out, to: read.in }\n  - { from: read.out,"
                + " to: host.in }\n  - { from: host.out, to: write.in }\n  - { from: write.out, to: door.in }\n";
    }

    private static final int GEARS = 4;

    private static final String DOOR =
            "  - { name: door, type: io_iso8583, config: { mode: server, bind:" + " \"127.0.0.1:${DOOR}\" } }\n";

    private String outcome(String yaml, String version) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8));
        ask(
                "POST",
                "/api/v1/scenarios",
                new JsonObject().put("main", "s.yaml").put("files", new JsonObject().put("s.yaml", base64)));
        ask("POST", "/api/v1/scenarios/echo/activations", new JsonObject().put("version", version));
        await("the rack says what came of it", () -> {
            String now = wanted().getString("outcome");
            return !now.equals("waiting") && !now.equals("under_way");
        });
        return wanted().getString("outcome");
    }

    private JsonObject wanted() throws Exception {
        return get("/api/v1/racks/east").getJsonObject("wanted");
    }

    private void awaitReason(String reason) {
        await(
                "east is held by " + reason,
                () -> get("/api/v1/racks/east").getString("reason").equals(reason));
    }

    private void awaitState(String state) {
        await(
                "east is " + state,
                () -> get("/api/v1/racks/east").getString("state").equals(state));
    }

    private JsonObject order(String word, String value) throws Exception {
        return ask(
                "POST",
                "/api/v1/racks/east/orders",
                new JsonObject().put("order", word).put("value", value));
    }

    private boolean closesTheFirstConnection() throws Exception {
        boolean closed = false;
        for (int gear = 0; gear < GEARS; gear++) {
            closed |= order("close", "0." + gear + ".1.0").getBoolean("ok");
        }
        return closed;
    }

    @Test
    void shouldLeadARackThroughScenariosOrdersAndStandings() throws Exception {
        AgentUnderTest east = admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        try (Socket terminal = new Socket(InetAddress.getLoopbackAddress(), doorPort)) {
            terminal.setSoTimeout(30_000);
            await("its connection is closed", this::closesTheFirstConnection);
            assertThat(terminal.getInputStream().read()).isNegative();
        }
        assertThat(closesTheFirstConnection()).as("it is gone").isFalse();
        assertThat(outcome(
                        scenario("1.1.0", DOOR.replace("mode: server", "mode: server, max_connections: 9")), "1.1.0"))
                .isEqualTo("changed");
        assertThat(outcome(scenario("1.2.0", DOOR.replace("mode: server", "mode: nonsense")), "1.2.0"))
                .isEqualTo("bad_config");
        assertThat(wanted().getString("text")).contains("what ran before runs on");
        ask("POST", "/api/v1/scenarios/echo/rollback", new JsonObject());
        await(
                "rolled back",
                () -> get("/api/v1/racks/east").getString("scenario").equals("echo 1.1.0"));

        assertThat(order("log_level", "debug").getBoolean("ok")).isTrue();
        assertThat(order("close", "0.0.0.1").getBoolean("ok"))
                .as("nobody has it")
                .isFalse();
        assertThat(order("close", "nonsense").getInteger("status")).isEqualTo(400);
        assertThat(order("drain", "").getBoolean("ok")).isTrue();
        awaitState("held");
        assertThat(order("resume", "").getBoolean("ok")).isTrue();
        awaitState("running");
        assertThat(order("kill", "").getBoolean("ok")).isTrue();
        awaitState("held");
        assertThat(east.end()).isZero();

        AgentUnderTest again = rack("east", folder.resolve("east"), Map.of());
        awaitReason("kill");
        ask("POST", "/api/v1/racks/east/suspend", null);
        awaitReason("suspended");
        ask("POST", "/api/v1/racks/east/activate", null);
        awaitReason("kill");
        assertThat(outcome(scenario("1.3.0", DOOR.replace("mode: server", "mode: nonsense")), "1.3.0"))
                .isEqualTo("bad_config");
        assertThat(outcome(scenario("1.4.0", DOOR), "1.4.0")).isEqualTo("kept");
        order("resume", "");
        awaitState("running");
        await("it runs what was kept", () -> wanted().getString("outcome").equals("changed"));
        ask("POST", "/api/v1/racks/east/suspend", null);
        awaitState("held");
        assertThat(order("resume", "").getInteger("status")).isEqualTo(409);
        ask("POST", "/api/v1/racks/east/activate", null);
        awaitState("running");
        ask("DELETE", "/api/v1/racks/east", null);
        await("it is removed", () -> again.said().contains("was removed"));
        assertThat(folder.resolve("east/passport.cbor")).doesNotExist();
        await(
                "it waits anew",
                () -> get("/api/v1/racks/east").getString("standing").equals("pending"));
    }

    @Test
    void shouldSayLastThatItHasStopped() throws Exception {
        running.get(0).close();

        assertThat(Files.readString(folder.resolve("mixer/mixer.log"))).contains("\"stopped\"");
    }

    @Test
    void shouldRefuseARackWithAStolenPassportOrATakenName() throws Exception {
        AgentUnderTest east = admitted("east");
        Path thief = Files.createDirectories(folder.resolve("thief"));
        Files.copy(folder.resolve("east/passport.cbor"), thief.resolve("passport.cbor"));
        Files.copy(folder.resolve("east/authority.pub"), thief.resolve("authority.pub"));

        AgentUnderTest withPassport = rack("east", thief, Map.of());
        assertThat(withPassport.exit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(withPassport.said()).contains("identity is refused", "of a rack with another key");

        AgentUnderTest withName = rack("east", folder.resolve("other"), Map.of());
        await("it is told why", () -> withName.said().contains("the name belongs to a rack with another key"));
        assertThat(get("/api/v1/racks/east").getBoolean("there")).isTrue();
        assertThat(east.exit()).isNotDone();
    }

    @Test
    void shouldStopTheCopyOfARackWithAReasonAndLetItRunOnceTheRackHasEnded() throws Exception {
        AgentUnderTest east = admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        Path copy = folder.resolve("copy");
        copy(folder.resolve("east"), copy);

        AgentUnderTest second = rack("east", copy, Map.of());

        await("it is told why", () -> second.said().contains("stops its gears: another run with its key is there"));
        await(
                "operators see it",
                () -> get("/api/v1/racks/east").getString("reason").contains("a copy of its folder runs too"));
        assertThat(get("/api/v1/audit").encode()).contains("rack.copied");
        assertThat(east.said()).doesNotContain("stops its gears");
        awaitState("running");

        assertThat(east.end()).isZero();
        await(
                "the copy is the rack now",
                () -> get("/api/v1/racks/east").getString("reason").isEmpty());
        awaitState("running");
        assertThat(second.exit()).isNotDone();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path there = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(each, there, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @Test
    void shouldRefuseARackThatObeysAnotherMixer() throws Exception {
        admitted("east").end();

        AgentUnderTest elsewhere = rack("east", folder.resolve("east"), Map.of("snake.authority", "ab".repeat(32)));

        assertThat(elsewhere.exit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(elsewhere.said()).contains("snake.authority is the key of another mixer");
    }

    @Test
    void shouldNotStartARackWithoutNameOrNats() throws Exception {
        AgentUnderTest rack =
                rack("", folder.resolve("none"), Map.of("snake.url", "http://x", "snake.authority", "zz"));

        assertThat(rack.exit().get(30, TimeUnit.SECONDS)).isEqualTo(78);
        assertThat(rack.said()).contains("rack.name", "snake.url", "snake.authority");
    }

    @Test
    void shouldAnswerWhoProvesWhoItIsAndNobodyElse() throws Exception {
        NodeKey key = NodeKey.ephemeral();
        try (ControlBus bus = new ControlBus(new BusSettings(
                List.of("nats://127.0.0.1:" + natsPort), "test", Subjects.ENROL_INBOX, null, null, null, false))) {
            bus.start();
            await("connected", bus::connected);

            assertThat(standing(bus, hello("north", key, 0)).word()).isEqualTo(Standing.PENDING);
            assertThat(standing(bus, hello("north", NodeKey.ephemeral(), 0)).why())
                    .contains("another key");
            assertThat(standing(bus, hello("NORTH", key, 0)).why()).contains("no rack can have that name");
            assertThat(standing(bus, hello("south", key, 3_600_000)).why()).contains("its clock");

            byte[] edited = hello("forged", key, 0);
            edited[edited.length - 1] ^= 1;
            bus.publish(Subjects.HELLO, edited);
            bus.publish(Subjects.HELLO, new byte[0]);
            bus.publish(Subjects.HELLO, new byte[100_000]);
            Heartbeat lie = new Heartbeat(
                    "north",
                    "1",
                    "running",
                    "",
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
            bus.publish(
                    Subjects.HEARTBEAT, Signed.of(key, Heartbeat.PURPOSE, lie).write());
            assertThat(standing(bus, hello("north", key, 0)).word()).isEqualTo(Standing.PENDING);

            ask("POST", "/api/v1/racks/north/approve", null);
            ask("DELETE", "/api/v1/racks/north", null);
            assertThat(standing(bus, hello("north", NodeKey.ephemeral(), 0)).word())
                    .isEqualTo(Standing.PENDING);
            Standing removed = standing(bus, hello("north", key, 0));
            assertThat(removed.word()).as("whoever has its name now").isEqualTo(Standing.REMOVED);
            assertThat(removed.why()).contains("another key");
        }
        assertThat(get("/api/v1/racks").getJsonArray("items"))
                .as("the rack that proved who it is, and no other")
                .hasSize(1);
        assertThat(get("/api/v1/racks/north").getBoolean("there"))
                .as("heard of on a subject that is not its own")
                .isFalse();
    }

    private static byte[] hello(String rack, NodeKey key, long apartMs) {
        Hello hello = new Hello(
                rack,
                new byte[32],
                "1",
                "h",
                System.currentTimeMillis() + apartMs,
                new byte[16],
                null,
                null,
                null,
                null);
        return Signed.of(key, Hello.PURPOSE, hello).write();
    }

    private static Standing standing(ControlBus bus, byte[] hello) throws Exception {
        byte[] answer =
                bus.request(Subjects.HELLO, hello, Duration.ofSeconds(10)).get(20, TimeUnit.SECONDS);
        Signed signed = Signed.read(answer, Standing.LENGTH_MAX);
        assertThat(signed.isFor(Standing.PURPOSE)).isTrue();
        return signed.body(Standing.class);
    }

    @Test
    void shouldObeyNoMixerAfterWhichAnotherHasBegunToLead() throws Exception {
        AgentUnderTest east = admitted("east");
        NodeKey authority = NodeKey.open(folder.resolve("mixer/authority/authority.key"));
        NodeKey login = NodeKey.open(folder.resolve("mixer/login.key"));
        try (ControlBus bus = new ControlBus(new BusSettings(
                List.of("nats://127.0.0.1:" + natsPort), "test", "_INBOX.mixer", null, login(login), null, false))) {
            bus.start();
            await("connected", bus::connected);
            long later = System.currentTimeMillis() + 3_600_000;

            assertThat(kill(bus, authority, 1))
                    .as("of an epoch before the mixer's")
                    .isFalse();
            assertThat(kill(bus, authority, later)).as("of one after it").isTrue();
            awaitReason("kill");
        }
        assertThat(order("resume", "").getInteger("status"))
                .as("of the mixer, which leads no more as far as this rack has heard")
                .isEqualTo(409);
        assertThat(east.end()).isZero();
        rack("east", folder.resolve("east"), Map.of());
        assertThat(order("resume", "").getInteger("status"))
                .as("remembered over a restart")
                .isEqualTo(409);
    }

    private static BusLogin login(NodeKey key) {
        return new BusLogin() {
            @Override
            public byte[] publicKey() {
                return key.publicKey();
            }

            @Override
            public byte[] sign(byte[] nonce) {
                return key.sign(nonce);
            }
        };
    }

    /** Whether the rack does what a mixer tells it that leads in that epoch. */
    private static boolean kill(ControlBus bus, NodeKey authority, long epoch) throws Exception {
        Order order = new Order("east", Order.KILL, "", epoch, System.currentTimeMillis());
        byte[] signed = Signed.of(authority, Order.PURPOSE, order).write();
        return bus.request(Subjects.order("east"), signed, Duration.ofSeconds(2))
                .handle((answer, silent) -> answer != null)
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldStartNatsAgainWhenItEnds() throws Exception {
        admitted("east");
        long pid = Long.parseLong(
                Files.readString(folder.resolve("mixer/nats/nats.pid")).strip());

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await("another one runs", () -> {
            String now = Files.readString(folder.resolve("mixer/nats/nats.pid")).strip();
            return Long.parseLong(now) != pid && get("/health").getBoolean("nats");
        });
        String meanwhile = get("/api/v1/racks/east").getString("seen");
        await(
                "the rack is heard of again",
                () -> !get("/api/v1/racks/east").getString("seen").equals(meanwhile));
    }

    @Test
    void shouldHaveARackAskAgainOnceItsConnectionIsBack() throws Exception {
        // says nothing by itself meanwhile
        admitted("east", Map.of("snake.heartbeat", "60s"));
        await("it has keys", () -> !ring("east").mark().isEmpty());
        // nobody hears of it while there is no NATS
        ProcessHandle.of(Long.parseLong(
                        Files.readString(folder.resolve("mixer/nats/nats.pid")).strip()))
                .orElseThrow()
                .destroyForcibly();
        ask("POST", "/api/v1/keys/rotate", new JsonObject().put("kind", "wires"));

        await("it has the other", () -> ring("east").wires().size() == 2);
    }

    private KeyRing ring(String rack) throws Exception {
        return KeyRing.read(KeyRing.file(folder.resolve(rack)));
    }

    @Test
    void shouldGiveRacksTheirKeysWithTheirPassportsAndOthersOnceTheyAreRotated() throws Exception {
        admitted("east");
        admitted("west");
        await(
                "both have keys",
                () -> !ring("east").mark().isEmpty() && !ring("west").mark().isEmpty());
        byte[] first = ring("east").wires().get(0).key();
        assertThat(ring("west").wires().get(0).key()).isEqualTo(first);
        assertThat(ring("west").journalKeys().get(0))
                .isNotEqualTo(ring("east").journalKeys().get(0));

        ask("POST", "/api/v1/keys/rotate", new JsonObject().put("kind", "wires"));

        await(
                "both have another",
                () -> ring("east").wires().size() == 2 && ring("west").wires().size() == 2);
        byte[] second = ring("east").wires().get(0).key();
        assertThat(second)
                .isNotEqualTo(first)
                .isEqualTo(ring("west").wires().get(0).key());
        assertThat(ring("east").wires().get(1).key()).isEqualTo(first);
        assertThat(get("/api/v1/keys").encode()).contains("\"name\":\"wires\",\"version\":2");
    }

    @Test
    void shouldGiveNoKeysToARackThatWaits() throws Exception {
        rack("east", folder.resolve("east"), Map.of());
        await(
                "east waits",
                () -> get("/api/v1/racks/east").getString("standing").equals("pending"));

        assertThat(ring("east")).isEqualTo(KeyRing.NONE);
        assertThat(get("/api/v1/keys").encode()).doesNotContain("journal/");
    }
}
