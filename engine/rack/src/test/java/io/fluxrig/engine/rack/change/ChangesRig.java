package io.fluxrig.engine.rack.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.RecordingGears;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.wire.RackJournals;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.VirtualClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A rack on real event loops, by a clock that stands still unless a test lets time pass. */
abstract class ChangesRig {
    static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    static final String FIRST = """
            meta: { name: first }
            gears:
              - { name: door, type: io_recorded, config: { bind: "127.0.0.1:0" } }
              - { name: inner, type: recorded }
              - { name: host, type: io_recorded, config: { connect: "127.0.0.1:1" } }
            wires:
              - { from: door.out, to: inner.in }
              - { from: inner.out, to: host.in }
            """;
    static final String INNER = "{ name: inner, type: recorded }";
    static final String OTHER = "{ name: inner, type: recorded, config: { version: 2 } }";
    static final String NO_LINK = "connect: \"127.0.0.1:2\", fail_link: true";
    static final String CONNECT = "connect: \"127.0.0.1:1\"";

    final RecordingGears gears = new RecordingGears();
    final VirtualClock clock = new VirtualClock();
    final RackMetrics metrics = new RackMetrics();
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    RackSupervisor supervisor;
    RackJournals journals = RackJournals.none();
    String running;

    @TempDir
    Path folder;

    @AfterEach
    void close() throws Exception {
        await(supervisor.stop());
        await(vertx.close());
        journals.close();
    }

    NodeConfig config() {
        return NodeConfigLoader.load(
                        null,
                        Map.of(),
                        Map.of(
                                "base.data_dir", folder.toString(),
                                "rack.strips", "2",
                                "rack.reload_trial", "1h",
                                "rack.reload_links", "1h",
                                "rack.drain_timeout", "1h"))
                .config();
    }

    void start(String scenario) throws Exception {
        running = scenario;
        supervisor = new RackSupervisor(vertx, plan(scenario), config(), metrics, clock, journals);
        await(supervisor.start());
        gears.events.clear();
    }

    RackPlan plan(String yaml) {
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(load.errors()).isEmpty();
        return RackPlan.of(load.scenario(), "", new Faults());
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Begins a change and lets no time pass. */
    Future<ChangeReport> begin(String from, String to) {
        RackChanges changes = supervisor.changes();
        return changes.change(changes.ask(), plan(running.replace(from, to)));
    }

    /** Makes a change and lets as much time pass as it takes. */
    ChangeReport change(String from, String to) throws Exception {
        return pass(begin(from, to), HOUR_NS);
    }

    static ConditionFactory quickly() {
        return Awaitility.await().pollInterval(2, TimeUnit.MILLISECONDS);
    }

    <T> T pass(Future<T> future, long stepNs) throws Exception {
        quickly().until(() -> {
            clock.advance(stepNs);
            return future.isComplete();
        });
        return await(future);
    }
}
