package io.fluxrig.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which requests may not take which wires between racks. */
class PeerWiresTest {
    private static final String REGIONS = """
            meta: { name: regions, version: 1.0.0 }
            racks: [ { name: edge }, { name: east }, { name: west } ]
            gears:
            """
            + conductor("front", "edge", "out_east")
            + conductor("switch_east", "east", "out_west")
            + conductor("switch_west", "west", "out_east")
            + "wires:\n";
    private static final String BOTH_WAYS = """
              - { from: switch_east.out_west, to: switch_west.in, expire_after: 5s }
              - { from: switch_west.out_east, to: switch_east.in, expire_after: 5s }
            """;
    private static final String IN_FRONT = "  - { from: front.out_east, to: switch_east.in, expire_after: 5s }\n";

    private static String conductor(String name, String rack, String port) {
        return "  - { name: " + name + ", type: conductor, deploy: " + rack + ", config: { origin: " + rack
                + ", correlation_key: [ stan ], routes: [ { destination: " + port + ", timeout: 5s } ] } }\n";
    }

    private static ScenarioLoad load(String wires) {
        String answers = """
                  - { from: switch_east.out_response_edge, to: front.in_reply }
                  - { from: front.out_response, to: switch_east.in_reply }
                  - { from: switch_east.out_response_west, to: switch_west.in_reply }
                  - { from: switch_west.out_response_east, to: switch_east.in_reply }
                """;
        return new ScenarioLoader(GearCatalog.installed(), unset -> null)
                .load(Path.of("regions.yaml"), (REGIONS + wires + answers).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Set<String>> closed(String wires) {
        ScenarioLoad load = load(wires);
        assertThat(load.ok()).as(load.faults().toString()).isTrue();
        Map<String, Set<String>> closed = new TreeMap<>();
        PeerWires.of(load.scenario())
                .forEach((wire, origins) -> closed.put(wire.from().toString(), new TreeSet<>(origins)));
        return closed;
    }

    @Test
    void shouldCloseTheWiresOfSwitchesThatCanSendToEachOther() {
        assertThat(closed(BOTH_WAYS + IN_FRONT).get("switch_east.out_west")).containsExactly("east", "west");
        assertThat(closed(BOTH_WAYS + IN_FRONT).get("switch_west.out_east")).containsExactly("east", "west");
    }

    @Test
    void shouldLeaveOpenWhatLeadsInFromASwitchInFront() {
        assertThat(closed(BOTH_WAYS + IN_FRONT)).doesNotContainKey("front.out_east");
    }

    @Test
    void shouldWarnOfAWayBackForAnOriginThatThereIsNot() {
        String stray = "  - { from: switch_east.out_response_eats, to: switch_west.in_reply }\n";

        assertThat(load(BOTH_WAYS + IN_FRONT + stray).faults().toString())
                .contains("never sends to 'out_response_eats'")
                .doesNotContain("out_response_west'")
                .doesNotContain("circle");
    }
}
