package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.mixer.registry.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two mixers on one PostgreSQL and one NATS lead two racks: whichever is asked, what was asked is done; the one that leads is killed under
 * traffic, the other takes over, and the first comes back to stand by.
 */
final class TwoMixersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final int terminalsPort = FreePort.onLoopback();
    private final Map<String, String> variables = Map.of(
            "TERMINALS_PORT", Integer.toString(terminalsPort), "HOST_PORT", Integer.toString(FreePort.onLoopback()));
    private final TerminalUnderLoad terminal = new TerminalUnderLoad(terminalsPort);
    private PostgresServer database;
    private NatsServer nats;
    private FleetUnderTest fleet;

    @BeforeEach
    void start() throws IOException {
        nats = NatsServer.start(folder.resolve("nats"));
        database = PostgresServer.start();
        Path password = Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        fleet = new FleetUnderTest(
                folder,
                nats.url(),
                Map.of(
                        "FLUXRIG_SNAKE_URL", nats.url(),
                        "FLUXRIG_REGISTRY_URL", database.url("postgres"),
                        "FLUXRIG_REGISTRY_PASSWORD_FILE", password.toString(),
                        "FLUXRIG_REGISTRY_TLS", "off",
                        "FLUXRIG_REGISTRY_TIMEOUT", "20s"));
    }

    @AfterEach
    void stop() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
        if (database != null) {
            database.close();
        }
        if (nats != null) {
            nats.close();
        }
    }

    @Test
    void shouldLeadOnWhenTheMixerThatLeadsIsKilled() throws Exception {
        fleet.startMixer("one");
        awaitLeads("one");
        // made as soon as a mixer leads: what is copied once is whole
        Awaitility.await("a secret.key")
                .atMost(PATIENCE)
                .until(() -> Files.exists(fleet.data("one").resolve("authority/secret.key")));
        FleetUnderTest.copy(
                fleet.data("one").resolve("authority"), fleet.data("two").resolve("authority"));
        fleet.startMixer("two");
        awaitStandsBy("two", "one");
        fleet.startRack("east", variables);
        fleet.startRack("west", variables);
        for (String rack : List.of("east", "west")) {
            fleet.awaitRack(rack, "/standing", "pending");
            fleet.command(Map.of(), "admin", "racks", "approve", rack);
        }
        Path scenario = fleet.scenario();
        fleet.command(variables, "scenario", "import", scenario.toString());
        assertThat(fleet.command(Map.of(), "scenario", "activate", "fleet", "1.0.0"))
                .contains("rack east: changed", "rack west: changed");
        terminal.awaitFirst();
        terminal.begin();
        terminal.awaitMore();

        fleet.killMixer("one");
        terminal.awaitMore();
        awaitLeads("two");
        assertThat(fleet.mixerMetric("fluxrig_secrets_open"))
                .as("the keys open with the copy")
                .isEqualTo(1);
        assertThat(fleet.command(Map.of(), "admin", "keys", "rotate", "wires")).contains("key 2 goes to 2 racks");
        for (String rack : List.of("east", "west")) {
            assertThat(fleet.awaitRack(rack, "/there", "true")
                            .at("/wanted/outcome")
                            .asText())
                    .isEqualTo("changed");
        }
        Files.writeString(
                scenario,
                Files.readString(scenario)
                        .replace("version: 1.0.0", "version: 1.1.0")
                        .replace("timeout: 10s", "timeout: 9s"));
        fleet.command(variables, "scenario", "import", scenario.toString());
        assertThat(fleet.command(Map.of(), "scenario", "activate", "fleet", "1.1.0"))
                .contains("changed: switch", "rack west: ");

        fleet.startMixer("one");
        awaitStandsBy("one", "two");
        assertThat(fleet.command(Map.of(), "scenario", "rollback", "fleet", "--rack", "east"))
                .contains("changed: switch");
        terminal.awaitMore();
        assertThat(terminal.end()).as("requests that were not approved").isZero();
        assertThat(fleet.get("/api/v1/audit").at("/items").findValuesAsText("action"))
                .as("each took the lead")
                .filteredOn("mixer.lead"::equals)
                .hasSizeGreaterThanOrEqualTo(2);
    }

    private void awaitLeads(String mixer) {
        fleet.ask(mixer);
        Awaitility.await(mixer + " leads")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> fleet.get("/health").path("leads").asBoolean());
    }

    private void awaitStandsBy(String mixer, String leader) {
        fleet.ask(mixer);
        Awaitility.await(mixer + " stands by")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> fleet.get("/health").path("leader").asText().equals(fleet.api(leader)));
    }
}
