package io.fluxrig.engine.rack.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.rack.RecordingGears;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /health} says of other racks, and of the way to them. */
class FleetLinksTest {
    @TempDir
    Path folder;

    private static JsonObject json(FleetLinks links) {
        JsonObject health = new JsonObject();
        links.into(health);
        return health;
    }

    @Test
    void shouldSayNothingWhereNoOtherRackIsNeeded() {
        assertThat(FleetLinks.NONE.whole()).isTrue();
        assertThat(FleetLinks.NONE.line()).isEmpty();
        assertThat(json(FleetLinks.NONE).getMap()).containsOnlyKeys("ends_down", "tickets_unshared");
    }

    @Test
    void shouldNameTheEndsThatAreDownAndWhy() {
        FleetLinks links = new FleetLinks(
                true, true, Map.of("west.switch.in", "its heartbeats have stopped", "north.books.in", ""), List.of());

        assertThat(links.whole()).isFalse();
        assertThat(links.line())
                .isEqualTo("1 of 2 ends on other racks down, what is sent there goes nowhere: west.switch.in"
                        + " (its heartbeats have stopped)");
        assertThat(json(links).getJsonArray("ends_down").getJsonObject(0).getMap())
                .containsEntry("end", "west.switch.in")
                .containsEntry("because", "its heartbeats have stopped");
    }

    @Test
    void shouldNameTheGearsThatShareNoTickets() {
        FleetLinks links = new FleetLinks(true, true, Map.of(), List.of("switch"));

        assertThat(links.whole()).isFalse();
        assertThat(links.line()).isEqualTo("tickets not shared with other racks: switch");
        assertThat(json(links).getJsonArray("tickets_unshared")).isEqualTo(new JsonArray(List.of("switch")));
    }

    @Test
    void shouldPutTheBlameOnNatsWhereItIsAway() throws Exception {
        String scenario = """
                meta: { name: far }
                racks: [ { name: east }, { name: west } ]
                gears:
                  - { name: from, type: recorded, deploy: east }
                  - { name: to, type: recorded, deploy: west }
                wires:
                  - { from: from.out, to: to.in, confirm: broker, expire_after: 8s }
                """;
        ScenarioLoad load = new ScenarioLoader(new RecordingGears().catalog(), name -> null)
                .load(Path.of("s.yaml"), scenario.getBytes(StandardCharsets.UTF_8));
        assertThat(load.errors()).isEmpty();
        NodeConfig config = NodeConfigLoader.load(
                        null,
                        Map.of(),
                        Map.of(
                                "base.data_dir",
                                folder.toString(),
                                "snake.url",
                                "nats://127.0.0.1:" + FreePort.onLoopback()))
                .config();
        RackPlan plan = RackPlan.of(load.scenario(), "east", new Faults());
        Path key = folder.resolve("snake.key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(key, new byte[32]);

        try (RackJournals journals = RackJournals.open(plan, config, 1, new RackMetrics(), Clock.system())) {
            FleetLinks links = journals.links();
            assertThat(links.cutOff()).isTrue();
            assertThat(links.line())
                    .isEqualTo(
                            "no connection to NATS; 1 of 1 ends on other racks down, what is sent there goes nowhere:"
                                    + " west.to.in");
            assertThat(json(links).getBoolean("nats_connected")).isFalse();
            assertThat(json(links).getJsonArray("ends_down").getJsonObject(0).getMap())
                    .containsEntry("end", "west.to.in")
                    .containsEntry("because", "no connection to NATS");
        }
    }
}
