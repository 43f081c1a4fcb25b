package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.log.LogOptions;
import io.fluxrig.engine.log.RackLog;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.PassportFile;
import io.fluxrig.engine.rack.process.RackHost;
import io.fluxrig.engine.scenario.GearCatalog;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A rack whose mixer is away, in this process. */
abstract class AgentOfATest {
    static final String SCENARIO = """
            meta: { name: echo, version: 1.0.0 }
            racks: [ { name: east } ]
            gears:
              - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0" } }
              - { name: read, type: codec_iso8583, config: { spec_path: moov:spec87ascii, direction: decode, on_error: drop } }
              - { name: write, type: codec_iso8583, config: { spec_path: moov:spec87ascii, direction: encode, on_error: drop } }
              - name: host
                type: sim_responder
                config: { spec_path: moov:spec87ascii, default: { set: { 39: "00" } } }
            wires:
              - { from: door.out, to: read.in }
              - { from: read.out, to: host.in }
              - { from: host.out, to: write.in }
              - { from: write.out, to: door.in }
            """;
    static final long LIFE_MS = 365L * 86_400_000;
    static final long ISSUED_MS = 1_800_000_000_000L;

    @TempDir
    Path data;

    /** Of the machine's clock, which may be set. */
    final AtomicLong nowMs = new AtomicLong(ISSUED_MS);

    private final AtomicLong upMs = new AtomicLong(1);
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
    final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    private RackHost host;
    private RackLog log;
    GearsRun gears;
    AgentWork work;
    KeysTaker keys;
    private PassportWatch watch;
    Agent agent;
    Identity identity;
    private int words;
    /** What scenarios may read; before {@link #start}. */
    Map<String, String> environment = Map.of();

    CompletableFuture<Boolean> ended;

    static ScenarioBundle bundle() {
        return ScenarioBundle.of("s.yaml", Map.of("s.yaml", SCENARIO.getBytes(StandardCharsets.UTF_8)));
    }

    @BeforeEach
    void remember() throws Exception {
        ScenarioBundle bundle = bundle();
        String hash = new ScenarioFolder(data.resolve("scenarios")).unpack(bundle, bundle.write());
        AgentMemory.NONE.runs(hash).write(AgentMemory.file(data));
    }

    /** How long a drain may take. */
    String drainTimeout = "35s";

    NodeConfig config() {
        return NodeConfigLoader.load(
                        null,
                        Map.of(),
                        Map.of(
                                "rack.drain_timeout", drainTimeout,
                                "rack.name", "east",
                                "rack.strips", "1",
                                "rack.native_transport", "false",
                                "base.data_dir", data.toString(),
                                "telemetry.bind", "127.0.0.1:0",
                                "snake.url", "nats://127.0.0.1:1"))
                .config();
    }

    /** As {@link AgentProcess} remembers it. */
    volatile boolean stopAsked;

    void start() throws Exception {
        NodeConfig config = config();
        identity = new Identity("east", NodeKey.ephemeral(), NodeKey.ephemeral(), new RackTls(config, data, clock), 1);
        Passport passport = new Passport(
                Passport.FORMAT,
                1,
                "east",
                identity.key().publicKey(),
                identity.login().publicKey(),
                true,
                ISSUED_MS,
                ISSUED_MS + LIFE_MS);
        host = RackHost.of(config);
        keys = new KeysTaker("east", host.keys());
        watch = new PassportWatch(clock);
        AgentOptions options =
                new AgentOptions(null, Map.of(), environment, GearCatalog.installed(), "1", nowhere, nowhere);
        log = RackLog.start(new LogOptions("warn", "off", null, 1 << 20, 2, 1 << 22, 1024));
        gears = new GearsRun(options, config, "east", host, log, watch, () -> stopAsked);
        AgentMemory memory = AgentMemory.read(AgentMemory.file(data));
        agent = new Agent(
                identity,
                new PassportFile(data, clock),
                keys,
                passport,
                watch,
                config,
                log,
                its -> work = new AgentWork(its, identity, "1", gears, data, memory),
                clock,
                () -> upMs.get() * 1_000_000,
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        host.mixer(agent.mixer());
        ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(identity), "agent");
        thread.start();
    }

    private void run(Identity identity) {
        try {
            ended.complete(agent.run(events -> new MixerLink(
                    identity,
                    keys,
                    List.of("nats://127.0.0.1:1"),
                    null,
                    new MixerGate(null, 0, 0, clock),
                    "1",
                    "host",
                    clock,
                    events)));
        } catch (Exception | Error failed) {
            ended.completeExceptionally(failed);
        }
    }

    @AfterEach
    void stop() throws Exception {
        agent.stop();
        assertThat(ended.get(60, TimeUnit.SECONDS)).isTrue();
        letGo();
    }

    /** What a process that ended has no more. */
    void letGo() {
        host.close();
        log.close();
    }

    /** That time passes, for the machine's clock too. */
    void pass(long ms) {
        upMs.addAndGet(ms);
        nowMs.addAndGet(ms);
    }

    /** What the mixer said up to now is dealt with, one after the other. */
    void standingsDealtWith() {
        String word = "word " + ++words;
        agent.standing(
                new Standing(
                        "east", new byte[32], Standing.REFUSED, word, new byte[0], 0, 1, new byte[0], null, null, null),
                new byte[32]);
        Awaitility.await().until(() -> printed.toString(StandardCharsets.UTF_8).contains(word));
    }

    /** Whatever the agent's turns of now do is done. */
    void turns(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            CompletableFuture<Void> turned = new CompletableFuture<>();
            agent.mustDo(() -> turned.complete(null));
            turned.get(20, TimeUnit.SECONDS);
        }
    }
}
