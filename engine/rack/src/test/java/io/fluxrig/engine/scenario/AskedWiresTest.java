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

    private static ScenarioLoad load(String scenario) {
        return new ScenarioLoader(GearCatalog.installed(), unset -> null)
                .load(TestPlans.SCENARIOS.resolve("far.yaml"), scenario.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldTellAnswersToTerminalsFromRequestsToAHost() {
        ScenarioLoad load = load("""
                meta: { name: far, version: 1.0.0 }
                racks: [ { name: east }, { name: west } ]
                gears:
                  - { name: terminals, type: io_iso8583, deploy: east, config: { mode: server, bind: ":8583" } }
                  - { name: decode, type: codec_iso8583, deploy: east, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
                  - { name: encode, type: codec_iso8583, deploy: east, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
                  - { name: switch, type: conductor, deploy: west,
                      config: { correlation_key: [ stan ], routes: [ { destination: out_host, timeout: 5s } ] } }
                  - { name: declines, type: responder, deploy: west, config: { default: { set: { 39: "$REASON" } } } }
                  - { name: encode_host, type: codec_iso8583, deploy: west, config: { spec_path: ../specs/v87-ascii.yaml, direction: encode } }
                  - { name: host, type: io_iso8583, deploy: west, config: { mode: client, connect: "127.0.0.1:9101" } }
                  - { name: decode_host, type: codec_iso8583, deploy: west, config: { spec_path: ../specs/v87-ascii.yaml, direction: decode } }
                wires:
                  - { from: terminals.out, to: decode.in }
                  - { from: decode.out, to: switch.in, expire_after: 5s }
                  - { from: switch.out_response, to: encode.in, expire_after: 60s }
                  - { from: switch.error, to: declines.in }
                  - { from: declines.out, to: encode.in, expire_after: 60s }
                  - { from: encode.out, to: terminals.in }
                  - { from: switch.out_host, to: encode_host.in }
                  - { from: encode_host.out, to: host.in }
                  - { from: host.out, to: decode_host.in }
                  - { from: decode_host.out, to: switch.in_reply }
                """);

        assertThat(far(load))
                .containsEntry("decode.out->switch.in", true)
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
        assertThat(far(load(scenario)))
                .containsEntry("switch.out_host->encode.in", true)
                .containsEntry("decode.out->switch.in_reply", true);
    }
}
