package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mixer and two racks as processes: from hello to traffic of a jPOS terminal, a new version under that traffic, the mixer killed, a
 * rack started again without it, and all of them together again.
 */
final class MixerIT {
    @TempDir
    Path folder;

    private final int terminalsPort = FreePort.onLoopback();
    private final Map<String, String> variables = Map.of(
            "TERMINALS_PORT", Integer.toString(terminalsPort), "HOST_PORT", Integer.toString(FreePort.onLoopback()));
    private final TerminalUnderLoad terminal = new TerminalUnderLoad(terminalsPort);
    private FleetUnderTest fleet;
    private Path scenario;

    @BeforeEach
    void start() throws IOException {
        fleet = new FleetUnderTest(folder);
        scenario = fleet.scenario();
    }

    @AfterEach
    void stop() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
    }

    @Test
    void shouldLeadTwoRacksFromHelloToTrafficThroughAChangeAndItsOwnDeath() throws Exception {
        fleet.startMixer();
        fleet.startRack("east", variables);
        fleet.startRack("west", variables);
        for (String rack : new String[] {"east", "west"}) {
            fleet.awaitRack(rack, "/standing", "pending");
            fleet.post("/api/v1/racks/" + rack + "/approve", "");
        }
        assertThat(fleet.command(variables, "scenario", "import", scenario.toString()))
                .contains("3 files");
        fleet.post("/api/v1/scenarios/fleet/activations", "{\"version\":\"1.0.0\"}");
        fleet.awaitRack("west", "/wanted/outcome", "changed");
        fleet.awaitRack("east", "/wanted/outcome", "changed");

        assertThat(fleet.window("east")).contains("\"led\" : true");

        terminal.awaitFirst();
        fleet.awaitRack("east", "/traffic/destinations_up", "1");
        terminal.begin();
        terminal.awaitMore();
        change("version: 1.0.0", "version: 1.1.0");
        change("timeout: 10s", "timeout: 9s");
        fleet.command(variables, "scenario", "import", scenario.toString());
        assertThat(fleet.command(Map.of(), "scenario", "activate", "fleet", "1.1.0"))
                .contains("changed: switch", "rack west: ");
        terminal.awaitMore();
        assertThat(terminal.end()).as("requests that were not approved").isZero();

        fleet.killMixer();
        assertThat(fleet.stopRack("east")).isZero();
        fleet.startRack("east", variables);
        fleet.awaitRunning("east");
        terminal.awaitFirst();

        fleet.startMixer();
        fleet.awaitRack("east", "/scenario", "fleet 1.1.0");
        assertThat(fleet.awaitRack("east", "/there", "true")
                        .at("/wanted/outcome")
                        .asText())
                .isEqualTo("changed");
    }

    private void change(String from, String to) throws IOException {
        Files.writeString(scenario, Files.readString(scenario).replace(from, to));
    }
}
