package io.fluxrig.engine.rack.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gears.TestPlans;
import io.fluxrig.engine.gears.TestTerminal;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.clock.VirtualClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A switch between a terminal and two hosts on loopback that is changed under load, by a clock that only the load moves: 10 ms with each
 * request of scheme A, of which every third has one of scheme B beside it.
 */
@Timeout(120)
class RackTrialTest {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final String A = "4111110000000000";
    private static final String B = "5111110000000000";

    private static final String SCENARIO = """
            meta: { name: shop }
            gears:
              - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:DOOR" } }
              - { name: decode, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
              - { name: encode, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - name: switch
                type: conductor
                config:
                  correlation_key: [ stan ]
                  routes:
                    - { name: a, match: { field: card.pan, prefix: [ "4" ] }, destination: out_a, timeout: 30s }
                    - { name: b, destination: out_b, timeout: 30s }
              - { name: encode_a, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - { name: host_a, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:HOST_A", reconnect_wait: WAIT } }
              - { name: decode_a, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
              - { name: encode_b, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
              - { name: host_b, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:HOST_B" } }
              - { name: decode_b, type: codec_iso8583, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
            wires:
              - { from: door.out, to: decode.in }
              - { from: decode.out, to: switch.in }
              - { from: switch.out_response, to: encode.in }
              - { from: encode.out, to: door.in }
              - { from: switch.out_a, to: encode_a.in }
              - { from: encode_a.out, to: host_a.in }
              - { from: host_a.out, to: decode_a.in }
              - { from: decode_a.out, to: switch.in_reply }
              - { from: switch.out_b, to: encode_b.in }
              - { from: encode_b.out, to: host_b.in }
              - { from: host_b.out, to: decode_b.in }
              - { from: decode_b.out, to: switch.in_reply }
            """;

    private final VirtualClock clock = new VirtualClock();
    /** How often the time was asked for on threads that are no strips'. */
    private final AtomicInteger readsAside = new AtomicInteger();

    private final RackMetrics metrics = new RackMetrics();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
    private TrialHost hostA;
    private TrialHost hostB;
    private TestTerminal terminal;
    private RackSupervisor supervisor;
    private String running;
    private int stan;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        hostA = new TrialHost(false);
        hostB = new TrialHost(false);
    }

    /** @param wait until a link to host A that was closed is dialled again, ten times */
    private void start(String wait) throws Exception {
        int door = FreePort.onLoopback();
        running = SCENARIO.replace("DOOR", "" + door)
                .replace("WAIT", wait)
                .replace("HOST_A", "" + hostA.port())
                .replace("HOST_B", "" + hostB.port());
        NodeConfig config = NodeConfigLoader.load(
                        null,
                        Map.of(),
                        Map.of("base.data_dir", folder.toString(), "rack.strips", "2", "rack.reload_links", "1h"))
                .config();
        supervisor = new RackSupervisor(vertx, plan(running), config, metrics, countingReads());
        await(supervisor.start());
        terminal = new TestTerminal(door);
        Awaitility.await().until(() -> metrics.snapshot().sum("connections") == 3);
        for (int i = 0; i < 100; i++) {
            step(Set.of(A, B));
        }
    }

    private Clock countingReads() {
        return new Clock() {
            @Override
            public long nanoTime() {
                if (Context.isOnWorkerThread()) {
                    readsAside.incrementAndGet();
                }
                return clock.nanoTime();
            }

            @Override
            public long epochNanos() {
                return clock.epochNanos();
            }
        };
    }

    @AfterEach
    void stop() throws Exception {
        terminal.close();
        await(supervisor.stop());
        await(vertx.close());
        hostA.close();
        hostB.close();
    }

    private static RackPlan plan(String yaml) {
        ScenarioLoad load = new ScenarioLoader(GearCatalog.installed(), name -> null)
                .load(TestPlans.SCENARIOS.resolve("s.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(load.errors()).isEmpty();
        return RackPlan.of(load.scenario(), "", new Faults());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Sends what is due, waits for the answers of those schemes, and lets time pass. */
    private void step(Set<String> answered) throws IOException {
        send(answered);
        clock.advance(STEP_NS);
    }

    /** The same while the clock stands. */
    private void send(Set<String> answered) throws IOException {
        Set<String> stans = new TreeSet<>();
        for (String pan : stan % 4 == 0 ? new String[] {A, B} : new String[] {A}) {
            String number = String.format("%06d", ++stan);
            terminal.send(Map.of(0, "0100", 2, pan, 3, "000000", 4, "000000001000", 11, number, 41, "TERM0001"));
            if (answered.contains(pan)) {
                stans.add(number);
            }
        }
        terminal.flush();
        while (!stans.isEmpty()) {
            stans.remove(terminal.receive().text(11));
        }
    }

    /** Changes the scenario and goes on with the load, of which those schemes are answered. */
    private ChangeReport change(String from, String to, Set<String> answered) throws Exception {
        return underLoad(begin(from, to), answered);
    }

    private Future<ChangeReport> begin(String from, String to) {
        String wanted = running.replace(from, to);
        assertThat(wanted).isNotEqualTo(running);
        RackChanges changes = supervisor.changes();
        return changes.change(changes.ask(), plan(wanted));
    }

    /** The same, on trial already: nothing was on its way when that began. */
    private Future<ChangeReport> beginTrial(String from, String to) {
        int reads = readsAside.get();
        Future<ChangeReport> change = begin(from, to);
        Awaitility.await().until(() -> readsAside.get() > reads + 1);
        return change;
    }

    private ChangeReport underLoad(Future<ChangeReport> change, Set<String> answered) throws Exception {
        while (!change.isComplete()) {
            step(answered);
        }
        return await(change);
    }

    private static String codec(String name) {
        return "{ name: " + name + ", type: codec_iso8583, config: { ";
    }

    private Future<ChangeReport> beginADialectThatTheHostDoesNotSpeak() {
        return beginTrial(
                codec("encode_a") + "spec_path: ../specs/v87-ascii.yaml",
                codec("encode_a") + "spec_path: ../specs/v87-binary.yaml");
    }

    private ChangeReport changeToADialectThatTheHostDoesNotSpeak() throws Exception {
        return underLoad(beginADialectThatTheHostDoesNotSpeak(), Set.of(B));
    }

    private boolean isHostAUp() {
        return supervisor.bank().linksUp(supervisor.plan().strips().ordinalOf("switch"), "out_a") > 0;
    }

    @Test
    void shouldGoBackFromAnEncoderWhoseDialectTheHostDoesNotSpeak() throws Exception {
        start("60s");
        ChangeReport report = changeToADialectThatTheHostDoesNotSpeak();

        assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.text())
                .containsPattern("switch.out_a: \\d of \\d+ requests answered since the change \\(")
                .contains("not sent: no link", ", 100 % of ", "shop 0.0.0 runs again")
                .doesNotContain("out_b");
        Awaitility.await().until(() -> {
            clock.advance(TimeUnit.SECONDS.toNanos(1));
            return isHostAUp();
        });
        step(Set.of(A, B));

        ChangeReport again = changeToADialectThatTheHostDoesNotSpeak();
        assertThat(again.outcome()).as("the same again: " + again.text()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void shouldGoBackWhereTheHostClosesEachLinkAnew() throws Exception {
        start("50ms");
        Future<ChangeReport> change = beginADialectThatTheHostDoesNotSpeak();
        for (int i = 0; i < 3; i++) {
            while (isHostAUp()) {
                send(Set.of(B));
            }
            Awaitility.await().until(() -> {
                clock.advance(STEP_NS);
                return isHostAUp();
            });
        }
        ChangeReport report = underLoad(change, Set.of(B));

        assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.text())
                .containsPattern("host_a: links closed \\d+ times by its host since the change, 0 messages");
    }

    @Test
    void shouldCompareOnAThreadThatIsNoStrips() throws Exception {
        start("5s");
        int reads = readsAside.get();
        try (TrialHost other = new TrialHost(false)) {
            change("127.0.0.1:" + hostA.port(), "127.0.0.1:" + other.port(), Set.of(A, B));
        }

        assertThat(readsAside.get() - reads)
                .as("once to begin, and at each look")
                .isGreaterThan(10);
    }

    @Test
    void shouldGoBackFromAClientWhoseHostNeverAnswers() throws Exception {
        start("5s");
        try (TrialHost silent = new TrialHost(true)) {
            Future<ChangeReport> change = beginTrial("127.0.0.1:" + hostA.port(), "127.0.0.1:" + silent.port());
            ChangeReport report = underLoad(change, Set.of(B));

            assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(report.text())
                    .as("a few of before the change may be answered after it")
                    .containsPattern(
                            "switch.out_a: \\d of \\d+ requests answered since the change \\(\\d+ sent without")
                    .contains("100 % of ", "shop 0.0.0 runs again");
        }
        step(Set.of(A, B));
    }

    @Test
    void shouldTellATerminalWhatAHostAnswersWhoseLineIsUnderAnotherNameMeanwhile() throws Exception {
        start("5s");
        hostA.holdOne();
        String late = String.format("%06d", ++stan);
        terminal.send(Map.of(0, "0100", 2, A, 3, "000000", 4, "000000001000", 11, late, 41, "TERM0001"));
        terminal.flush();
        Awaitility.await().until(hostA::holds);

        Future<ChangeReport> change = begin("host_a", "host_next");
        Awaitility.await().until(() -> supervisor.plan().strips().ordinalOf("host_next") >= 0);
        hostA.release();
        assertThat(terminal.receive().text(11)).isEqualTo(late);

        assertThat(underLoad(change, Set.of(A, B)).outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(metrics.snapshot().of("unmatched_replies_total", "kind", "foreign"))
                .allSatisfy(foreign -> assertThat(foreign.value()).isZero());
    }

    @Test
    void shouldNotUndoAChangeForAHostThatFallsSilentElsewhere() throws Exception {
        start("5s");
        hostB.fallSilent();
        ChangeReport report = change(codec("encode_a"), codec("encode_a") + "on_error: drop, ", Set.of(A));

        assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void shouldNotUndoARouteForAHostThatGoesAway() throws Exception {
        start("5s");
        hostB.close();
        ChangeReport report = change("prefix: [ \"4\" ]", "prefix: [ \"4\", \"6\" ]", Set.of(A));

        assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void shouldLetAChangeBeUnderWhichEverythingIsAnswered() throws Exception {
        start("5s");
        try (TrialHost other = new TrialHost(false)) {
            ChangeReport report = change("127.0.0.1:" + hostA.port(), "127.0.0.1:" + other.port(), Set.of(A, B));

            assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.CHANGED);
        }
    }
}
