package io.fluxrig.engine.rack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.RecordingGears;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code /status} says of a rack's gears and destinations. */
class RackStatusTest {
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

    private RackSupervisor supervisor() {
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), WHOLE.getBytes(StandardCharsets.UTF_8));
        assertThat(load.errors()).isEmpty();
        NodeConfig config = NodeConfigLoader.load(null, Map.of(), Map.of("rack.strips", "2"))
                .config();
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        return new RackSupervisor(vertx, plan, config, metrics, Clock.system());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldShowStatusFromWellKnownMetricsAndLinks() throws Exception {
        RackSupervisor supervisor = supervisor();
        await(supervisor.start());
        JsonObject status = RackStatus.of(supervisor, metrics);
        assertThat(status.getString("rack")).isEqualTo("rack");
        assertThat(status.getString("state")).isEqualTo("running");
        assertThat(status.getInteger("strips")).isEqualTo(2);
        assertThat(status.getJsonObject("scenario").getString("name")).isEqualTo("whole");
        JsonObject destination = status.getJsonArray("destinations").getJsonObject(0);
        assertThat(destination.getString("gear")).isEqualTo("busy");
        assertThat(destination.getString("breaker")).isEqualTo("half_open");
        assertThat(destination.getLong("requests")).isEqualTo(6);
        assertThat(destination.getInteger("links")).isEqualTo(1);
        assertThat(destination.getBoolean("up")).isFalse();
        assertThat(destination.getString("because")).isEqualTo("breaker open");
        List<?> names = status.getJsonArray("gears").stream()
                .map(gear -> ((JsonObject) gear).getString("name") + " " + ((JsonObject) gear).getString("state"))
                .toList();
        assertThat(names.get(0)).isEqualTo("door started");
        assertThat(status.getJsonArray("gears").getJsonObject(0).getString("listens"))
                .isEqualTo("127.0.0.1:0");
        assertThat(status.getJsonArray("gears").getJsonObject(3).getString("dials"))
                .isEqualTo("127.0.0.1:1");
        await(supervisor.stop());
    }

    @Test
    void shouldTellWhichDialectEachGearRuns() {
        ScenarioLoad load = ScenarioLoader.system().load(Path.of("s.yaml"), """
                meta: { name: dialects, version: 1.0.0 }
                gears:
                  - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0" } }
                  - { name: decode, type: codec_iso8583, config: { spec_path: "fluxrig:v87-binary", direction: decode, on_error: drop } }
                  - { name: answer, type: responder, config: { default: { set: { 39: "00" } } } }
                  - { name: back, type: codec_iso8583, config: { spec_path: "fluxrig:v87-ascii", direction: encode, on_error: drop } }
                wires:
                  - { from: door.out, to: decode.in }
                  - { from: decode.out, to: answer.in }
                  - { from: answer.out, to: back.in }
                  - { from: back.out, to: door.in }
                """.getBytes(StandardCharsets.UTF_8));
        NodeConfig config = NodeConfigLoader.load(null, Map.of(), Map.of()).config();
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        RackSupervisor supervisor = new RackSupervisor(vertx, plan, config, metrics, Clock.system());

        JsonObject status = RackStatus.of(supervisor, metrics);

        assertThat(status.getJsonArray("gears").getJsonObject(0).containsKey("spec"))
                .isFalse();
        JsonObject spec = status.getJsonArray("gears").getJsonObject(1).getJsonObject("spec");
        assertThat(spec.getString("path")).isEqualTo("fluxrig:v87-binary");
        assertThat(spec.getString("hash"))
                .isEqualTo(
                        load.scenario().specs().bySpecPath("fluxrig:v87-binary").shortHash());
    }
}
