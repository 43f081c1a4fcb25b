package io.fluxrig.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.TestPlans;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Behind which wires between racks it matters who is connected. */
class AskedWiresTest {

    private static Map<String, Boolean> far(ScenarioLoad load) {
        assertThat(load.ok()).as(load.faults().toString()).isTrue();
        AskedWires asked = new AskedWires(load.scenario());
        Map<String, Boolean> far = new TreeMap<>();
        load.scenario().wires().stream()
                .filter(wire -> wire.lane() == Lane.GUARANTEED)
                .forEach(wire -> far.put(wire.from() + "->" + wire.to(), asked.leadTo(wire)));
        return far;
    }

    @Test
    void shouldTellAnswersToTerminalsFromRequestsToAHost() {
        ScenarioLoad load = new ScenarioLoader(GearCatalog.installed(), unset -> null)
                .load(TestPlans.SCENARIOS.resolve("two-racks.yaml"));

        assertThat(far(load))
                .containsEntry("netmgmt.pass->switch.in", true)
                .containsEntry("switch.out_response->encode.in", false)
                .containsEntry("declines.out->encode.in", false);
    }

    @Test
    void shouldFindTheSwitchWhoseHostsAreOnAnotherRack() {
        String scenario = """
                meta: { name: far, version: 1.0.0 }
                racks: [ { name: east }, { name: west } ]
                gears:
                  - { name: switch, type: conductor, deploy: east,
                      config: { correlation_key: [ stan ], routes: [ { destination: out_host, timeout: 5s } ] } }
                  - { name: encode, type: codec_iso8583, deploy: west, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
                  - { name: decode, type: codec_iso8583, deploy: west, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
                  - { name: hosts, type: io_iso8583, deploy: west, config: { mode: server, bind: ":9000" } }
                wires:
                  - { from: switch.out_host, to: encode.in, expire_after: 5s }
                  - { from: encode.out, to: hosts.in }
                  - { from: hosts.out, to: decode.in }
                  - { from: decode.out, to: switch.in_reply, expire_after: 5s }
                """;
        ScenarioLoad load = new ScenarioLoader(GearCatalog.installed(), unset -> null)
                .load(TestPlans.SCENARIOS.resolve("far.yaml"), scenario.getBytes(StandardCharsets.UTF_8));

        assertThat(far(load))
                .containsEntry("switch.out_host->encode.in", true)
                .containsEntry("decode.out->switch.in_reply", true);
    }
}
