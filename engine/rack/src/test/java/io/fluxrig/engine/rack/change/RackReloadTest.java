package io.fluxrig.engine.rack.change;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gears.LogLines;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.RecordingGears;
import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.VirtualClock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RackReloadTest {
    private static final String SCENARIO = """
            meta: { name: small }
            gears:
              - { name: door, type: io_recorded, config: { bind: "127.0.0.1:0" } }
              - { name: inner, type: recorded, config: { version: 1 } }
            wires:
              - { from: door.out, to: inner.in }
            """;

    private final RecordingGears gears = new RecordingGears();
    private final VirtualClock clock = new VirtualClock();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private RackSupervisor supervisor;
    private RackReload reload;
    private Path file;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        file = Files.writeString(folder.resolve("s.yaml"), SCENARIO);
        NodeConfig config = NodeConfigLoader.load(null, Map.of(), Map.of("rack.strips", "1", "rack.reload_trial", "1h"))
                .config();
        ScenarioLoader loader = new ScenarioLoader(gears.catalog(), name -> null);
        ScenarioLoad load = loader.load(file);
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        supervisor = new RackSupervisor(vertx, plan, config, new RackMetrics(), clock);
        supervisor.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        reload = new RackReload(file, loader, supervisor.changes());
        gears.events.clear();
    }

    @AfterEach
    void stop() throws Exception {
        supervisor.stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private ChangeReport answerTo(int request) {
        Awaitility.await().until(() -> supervisor.changes().last().request() >= request);
        return supervisor.changes().last();
    }

    private void version(int version) throws Exception {
        Files.writeString(file, SCENARIO.replace("version: 1", "version: " + version));
    }

    @Test
    void shouldAnswerARequestByItsNumber() throws Exception {
        reload.start();
        assertThat(answerTo(1).outcome()).isEqualTo(Outcome.UNCHANGED);

        Files.writeString(file, SCENARIO.replace("version", "versoin"));
        reload.start();
        ChangeReport report = answerTo(2);
        assertThat(report.outcome()).isEqualTo(Outcome.BAD_CONFIG);
        assertThat(report.text()).contains("s.yaml:4", "did you mean 'version'", "what ran before runs on");
    }

    @Test
    void shouldReadOnceForAllWhoAskedMeanwhile() throws Exception {
        version(2);
        reload.start();
        Awaitility.await().until(() -> gears.events.contains("take over inner"));
        version(3);
        for (int i = 0; i < 50; i++) {
            reload.start();
        }
        assertThat(supervisor.changes().last().request())
                .as("the first is on trial")
                .isZero();
        Awaitility.await().until(() -> {
            clock.advance(TimeUnit.HOURS.toNanos(1));
            return supervisor.changes().last().request() == 51;
        });

        assertThat(supervisor.changes().asked()).isEqualTo(51);
        assertThat(gears.events.stream().filter("take over inner"::equals)).hasSize(2);
    }

    /** A rack that a mixer leads may start anew with what it cannot change to: no error, unless the agent calls it one. */
    @Test
    void shouldCallNoErrorWhatWhoAskedTellsHimself() throws Exception {
        Files.writeString(file, SCENARIO.replace("version: 1", "fail_make: true"));
        try (LogLines lines = new LogLines(RackChanges.class.getName())) {
            assertThat(reload.change().outcome()).isEqualTo("refused");

            assertThat(lines.said(Level.ERROR)).isEmpty();
            assertThat(lines.said(Level.INFO)).singleElement().asString().contains("not changed while the rack runs");
        }
    }

    @Test
    void shouldCallAnErrorWhatNobodyElseTells() throws Exception {
        Files.writeString(file, SCENARIO.replace("version: 1", "fail_make: true"));
        try (LogLines lines = new LogLines(RackChanges.class.getName())) {
            reload.start();
            assertThat(answerTo(1).outcome()).isEqualTo(Outcome.REFUSED);
            Awaitility.await().until(() -> !lines.said(Level.ERROR).isEmpty());
        }
    }

    @Test
    void shouldAnswerAlsoIfReadingFails() throws Exception {
        Files.delete(file);
        reload.start();
        assertThat(answerTo(1).outcome()).isIn(Outcome.BAD_CONFIG, Outcome.REFUSED);

        version(1);
        reload.start();
        assertThat(answerTo(2).outcome()).isEqualTo(Outcome.UNCHANGED);
    }
}
