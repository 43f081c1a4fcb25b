package io.fluxrig.engine.rack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackChanges.Report;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.strip.GearStatus;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RackChangesTest {
    private static final String FIRST = """
            meta: { name: first }
            gears:
              - { name: door, type: io_recorded, config: { bind: "127.0.0.1:0" } }
              - { name: inner, type: recorded }
              - { name: host, type: io_recorded, config: { connect: "127.0.0.1:1" } }
            wires:
              - { from: door.out, to: inner.in }
              - { from: inner.out, to: host.in }
            """;

    private final RecordingGears gears = new RecordingGears();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    private final RackSupervisor supervisor = supervisor();

    @BeforeEach
    void start() throws Exception {
        await(supervisor.start());
        gears.events.clear();
    }

    @AfterEach
    void close() throws Exception {
        await(supervisor.stop());
        await(vertx.close());
    }

    private RackSupervisor supervisor() {
        NodeConfig config = NodeConfigLoader.load(
                        null,
                        Map.of(),
                        Map.of("rack.strips", "2", "rack.reload_trial", "1s", "rack.reload_links", "100ms"))
                .config();
        return new RackSupervisor(vertx, plan(FIRST), config, new RackMetrics(), Clock.system());
    }

    private RackPlan plan(String yaml) {
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(load.errors()).isEmpty();
        return RackPlan.of(load.scenario(), "", new Faults());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Report change(String from, String to) throws Exception {
        return await(supervisor.changes().change(plan(FIRST.replace(from, to))));
    }

    @Test
    void shouldMakeAndStartOnlyWhatChanged() throws Exception {
        Report report = change(
                "{ name: inner, type: recorded }", "{ name: inner, type: recorded, config: { destination: true } }");

        assertThat(report.outcome()).isEqualTo("changed");
        assertThat(report.text()).contains("changed: inner");
        assertThat(gears.events).containsExactly("start inner", "drain inner", "stop inner");
        assertThat(supervisor.plan().gears()).hasSize(3);
        assertThat(supervisor.changes().last()).isEqualTo(report);
    }

    @Test
    void shouldSayThatNothingChanged() throws Exception {
        assertThat(change("x", "x").outcome()).isEqualTo("unchanged");
        assertThat(gears.events).isEmpty();
    }

    @Test
    void shouldRunOnAsBeforeIfANewGearCannotStart() throws Exception {
        Report report = change("type: recorded }", "type: recorded, config: { fail_start: true } }");

        assertThat(report.outcome()).isEqualTo("refused");
        assertThat(report.text()).contains("gear 'inner'", "s.yaml:4", "what ran before runs on");
        assertThat(supervisor.state()).isEqualTo(RackState.RUNNING);
        assertThat(gears.events)
                .as("of the new one, on the strip where it could")
                .containsExactly("start inner", "stop inner");
        assertThat(change("x", "x").outcome()).isEqualTo("unchanged");
    }

    @Test
    void shouldRunOnAsBeforeIfASuccessorCannotBeMade() throws Exception {
        Report report = change("type: recorded }", "type: recorded, config: { fail_make: true } }");

        assertThat(report.outcome()).isEqualTo("refused");
        assertThat(gears.events).as("what happened to the gear that runs").isEmpty();
    }

    @Test
    void shouldTakeOnAnotherGearAfterANewOneCouldNotStart() throws Exception {
        Report failed = change("wires:", "  - { name: more, type: recorded, config: { fail_start: true } }\nwires:");
        assertThat(failed.outcome()).isEqualTo("refused");

        Report report = change("wires:", "  - { name: other, type: a_source }\nwires:");
        assertThat(report.text()).contains("new: other");
        assertThat(supervisor.bank().status())
                .extracting(GearStatus::name)
                .contains("other")
                .doesNotContain("more");
    }

    @Test
    void shouldGoBackByItselfIfWhatIsNewFailsInItsFirstSeconds() throws Exception {
        Report report = change("type: recorded }", "type: recorded, config: { fail_ticks: true } }");

        assertThat(report.outcome()).isEqualTo("rolled_back");
        assertThat(report.text()).contains("gears inner", "first 0.0.0 runs again");
        assertThat(report.ok()).isFalse();
        assertThat(await(supervisor.changes().change(plan(FIRST))).outcome()).isEqualTo("unchanged");
    }

    @Test
    void shouldNotMoveTrafficToAClientThatHasNoLink() throws Exception {
        Report report = change("connect: \"127.0.0.1:1\"", "connect: \"127.0.0.1:2\", fail_link: true");

        assertThat(report.outcome()).isEqualTo("refused");
        assertThat(report.text()).contains("host has no link to 127.0.0.1:2", "rack.reload_links");
    }

    @Test
    void shouldMakeOneChangeAtATime() throws Exception {
        Future<Report> first = supervisor
                .changes()
                .change(plan(FIRST.replace("type: recorded }", "type: recorded, config: { destination: true } }")));
        assertThat(change("x", "x").text()).contains("another change");
        assertThat(await(first).outcome()).isEqualTo("changed");
    }
}
