package io.fluxrig.engine.rack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.strips.RackStartException;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RackSupervisorTest {

    private static final String WHOLE = """
            meta: { name: whole }
            gears:
              - { name: door, type: io_recorded, config: { bind: "127.0.0.1:0" } }
              - { name: decode, type: recorded }
              - { name: busy, type: recorded, config: { destination: true } }
              - { name: host, type: io_recorded, config: { connect: "127.0.0.1:1" } }
              - { name: load, type: a_source }
            wires:
              - { from: door.out, to: decode.in }
              - { from: decode.out, to: busy.in }
              - { from: busy.out, to: host.in }
              - { from: busy.side, to: door.in }
              - { from: host.out, to: busy.in }
              - { from: load.out, to: decode.in }
            """;

    private final RecordingGears gears = new RecordingGears();
    private final RackMetrics metrics = new RackMetrics();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private RackSupervisor supervisor(String yaml, String drainTimeout) {
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(load.errors()).isEmpty();
        NodeConfig config = NodeConfigLoader.load(
                        null, Map.of(), Map.of("rack.strips", "2", "rack.drain_timeout", drainTimeout))
                .config();
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        return new RackSupervisor(vertx, plan, config, metrics, Clock.system());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldStartSinksFirstAndListenLastAndStopInReverse() throws Exception {
        RackSupervisor supervisor = supervisor(WHOLE, "5s");
        await(supervisor.start());
        assertThat(supervisor.state()).isEqualTo(RackState.RUNNING);
        assertThat(gears.events)
                .containsExactly("start busy", "start decode", "start host", "start load", "start door");
        assertThat(gears.running.values())
                .allSatisfy(count -> assertThat(count.get()).isEqualTo(2));

        assertThat(gears.threads.values()).doesNotHaveDuplicates().hasSize(2);

        gears.events.clear();
        assertThat(await(supervisor.drain())).isZero();
        assertThat(supervisor.state()).isEqualTo(RackState.DRAINING);
        await(supervisor.stop());
        assertThat(supervisor.state()).isEqualTo(RackState.STOPPED);
        assertThat(gears.events)
                .containsExactly(
                        "drain door",
                        "drain load",
                        "drain host",
                        "drain decode",
                        "drain busy",
                        "stop door",
                        "stop load",
                        "stop host",
                        "stop decode",
                        "stop busy");
    }

    @Test
    void shouldWaitForWhatIsInFlight() throws Exception {
        RackSupervisor supervisor = supervisor(WHOLE, "1h");
        await(supervisor.start());
        gears.inFlight.set(7);
        Future<Integer> drain = supervisor.drain();
        vertx.setTimer(150, timer -> gears.inFlight.set(0));
        assertThat(await(drain)).isZero();
        await(supervisor.stop());
    }

    @Test
    void shouldEndTheDrainAtItsTimeoutAndSayWhatIsLeft() throws Exception {
        RackSupervisor supervisor = supervisor(WHOLE, "50ms");
        await(supervisor.start());
        gears.inFlight.set(7);
        assertThat(await(supervisor.drain())).isEqualTo(7);
        await(supervisor.stop());
    }

    @Test
    void shouldStopWhatBeganIfAGearCannotStart() {
        RackSupervisor supervisor = supervisor(
                WHOLE.replace("connect: \"127.0.0.1:1\"", "connect: \"127.0.0.1:1\", fail_start: true"), "5s");
        Future<Void> start = supervisor.start();
        assertThat(start.toCompletionStage().toCompletableFuture())
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(RackStartException.class)
                .withMessage("gear 'host' (io_recorded) cannot start: the address is taken; choose another"
                        + " (declared at s.yaml:6:7)");
        assertThat(supervisor.state()).isEqualTo(RackState.FAILED);
        assertThat(supervisor.reason()).contains("gear 'host'");
        assertThat(gears.events).doesNotContain("start door", "start load").contains("stop busy", "stop decode");
        assertThat(gears.running.get("busy").get()).isZero();
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void shouldStartNothingWhereAPortIsTaken() {
        RackSupervisor supervisor =
                supervisor(WHOLE.replace("bind: \"127.0.0.1:0\"", "bind: \"127.0.0.1:0\", fail_probe: true"), "5s");

        assertThat(supervisor.start().toCompletionStage().toCompletableFuture())
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("gear 'door' (io_recorded) cannot start: somebody has it");
        assertThat(gears.events).noneMatch(event -> event.startsWith("start "));
    }

    @Test
    void shouldReportAGearThatCannotBeMade() {
        RackSupervisor supervisor = supervisor(WHOLE.replace("destination: true", "fail_make: true"), "5s");
        assertThat(supervisor.start().toCompletionStage().toCompletableFuture())
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("gear busy cannot be made");
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void shouldRefuseToGuessWhichRackItIs() {
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), """
                        meta: { name: two }
                        racks: [ { name: east }, { name: west } ]
                        gears:
                          - { name: a, type: io_recorded, deploy: east }
                        """.getBytes(StandardCharsets.UTF_8));
        Faults faults = new Faults();
        assertThat(RackPlan.of(load.scenario(), "", faults)).isNull();
        assertThat(RackPlan.of(load.scenario(), "west", faults)).isNull();
        assertThat(RackPlan.of(load.scenario(), "east", faults).gears()).hasSize(1);
        assertThat(faults.all())
                .extracting(fault -> fault.what())
                .containsExactlyInAnyOrder(
                        "the scenario declares 2 racks and this one has no name", "no gear runs on rack 'west'");
    }
}
