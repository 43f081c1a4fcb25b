package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.mixer.bus.Carried;
import io.fluxrig.mixer.bus.WireRights;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FarWiresTest {
    private static WireRights of(String rack, String gears, String wires) throws Exception {
        String yaml = "meta: { name: pay, version: 1.0.0 }\nracks:\n  - { name: east, labels: { role: edge } }\n"
                + "  - { name: west }\n  - { name: south, labels: { role: edge } }\n"
                + "  - { group: edge, match: { labels: { role: edge } } }\ngears: [ " + gears + " ]\nwires: [ " + wires
                + " ]\n";
        return new FarWires(ScenarioOutline.of(yaml.getBytes(StandardCharsets.UTF_8))).of(rack);
    }

    private static String gear(String name, String deploy) {
        return "{ name: " + name + ", type: x" + (deploy.isEmpty() ? "" : ", deploy: " + deploy) + " }";
    }

    @Test
    void shouldGiveEachEndOfAWireBetweenRacksItsSide() throws Exception {
        String gears = gear("a", "east") + ", " + gear("b", "west");
        String wires = "{ from: a.out, to: b.in }";

        assertThat(of("east", gears, wires))
                .isEqualTo(new WireRights(Set.of("flux.msg.west.b.in"), true, Set.of(), Set.of(), Set.of()));
        assertThat(of("west", gears, wires))
                .isEqualTo(new WireRights(Set.of(), false, Set.of("flux.msg.west.b.in"), Set.of("east"), Set.of()));
        assertThat(of("south", gears, wires)).isEqualTo(WireRights.NONE);
    }

    @Test
    void shouldCountWhatGoesOverNats() throws Exception {
        String gears = gear("a", "east") + ", " + gear("b", "west") + ", " + gear("c", "west")
                + ", { name: d, type: x, config: { valet: { store: shared } } }";
        String yaml = "meta: { name: pay, version: 1.0.0 }\ngears: [ " + gears
                + " ]\nwires: [ { from: a.out, to: b.in }, { from: a.error, to: b.in }, { from: b.out, to: c.in } ]\n";

        assertThat(new FarWires(ScenarioOutline.of(yaml.getBytes(StandardCharsets.UTF_8))).carried())
                .isEqualTo(new Carried(2, 1))
                .hasToString("2 wires between racks and the shared tickets of 1 gear go");
    }

    @Test
    void shouldNotHaveTheStreamAskedWhereTheBrokerConfirms() throws Exception {
        String gears = gear("a", "east") + ", " + gear("b", "west");
        String wires = "{ from: a.out, to: b.in, confirm: broker }";

        assertThat(of("east", gears, wires).asks()).isFalse();
        assertThat(of("west", gears, wires).confirmsTo()).isEmpty();
    }

    @Test
    void shouldGiveNothingForWiresInsideARack() throws Exception {
        String gears = gear("a", "[ east, west ]") + ", " + gear("b", "west") + ", " + gear("c", "");

        assertThat(of("west", gears, "{ from: a.out, to: b.in }, { from: b.out, to: c.in }"))
                .isEqualTo(WireRights.NONE);
    }

    @Test
    void shouldGiveRacksTheBucketsOfWhatTheirGearsShare() throws Exception {
        String gears = "{ name: a, type: x, deploy: edge, config: { valet: { store: shared } } },"
                + " { name: b, type: x, config: { valet: { store: \"${STORE}\" } } },"
                + " { name: c, type: x, config: { valet: { store: local_durable } } }";

        assertThat(of("east", gears, "").buckets()).containsExactly("flux-a-OF-pay", "flux-b-OF-pay");
        assertThat(of("west", gears, "").buckets()).containsExactly("flux-b-OF-pay");
    }

    @Test
    void shouldCallTheSubjectByTheGroupAndLetItsRacksReceive() throws Exception {
        String gears = gear("a", "west") + ", " + gear("b", "edge");

        for (String rack : new String[] {"east", "south", "edge"}) {
            assertThat(of(rack, gears, "{ from: a.out, to: b.in }").receives()).containsExactly("flux.msg.edge.b.in");
        }
        assertThat(of("west", gears, "{ from: a.out, to: b.in }").sends()).containsExactly("flux.msg.edge.b.in");
    }

    @Test
    void shouldTakeARackInAnEndAsItIsWritten() throws Exception {
        String gears = gear("a", "east") + ", " + gear("b", "[ west, south ]");

        assertThat(of("east", gears, "{ from: a.out, to: south.b.in }").sends()).containsExactly("flux.msg.south.b.in");
        assertThat(of("west", gears, "{ from: a.out, to: south.b.in }")).isEqualTo(WireRights.NONE);
    }

    @Test
    void shouldGiveAllRacksWhatDependsOnTheirVariables() throws Exception {
        String gears = gear("a", "\"${HOME_RACK}\"") + ", " + gear("b", "west");

        assertThat(of("south", gears, "{ from: a.out, to: b.in }").sends()).containsExactly("flux.msg.west.b.in");
    }

    @Test
    void shouldGiveNothingForNamesThatHoldWildcards() throws Exception {
        String gears = gear("a", "east") + ", " + gear("b", "\">\"") + ", " + gear("\"*\"", "west");

        assertThat(of(
                        "east",
                        gears,
                        "{ from: a.out, to: b.in }, { from: a.out, to: \"*.in\" }, { from: a.out, to: b.> }"))
                .isEqualTo(WireRights.NONE);
    }
}
