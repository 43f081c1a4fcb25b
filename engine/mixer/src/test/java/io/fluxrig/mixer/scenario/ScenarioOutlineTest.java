package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.mixer.desk.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioOutlineTest {
    private static ScenarioOutline of(String yaml) throws RefusedException {
        return ScenarioOutline.of(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldTellRacksGearsAndWiresWithoutTheirVariables() throws Exception {
        ScenarioOutline outline = of("""
            meta: { name: pay, version: 1.2.0 }
            racks: [ { name: east }, { group: edge } ]
            gears:
              - { name: door, type: io_iso8583, deploy: east, config: { bind: "${PORT}" } }
              - { name: read, type: codec_iso8583, deploy: [ east, west ] }
            wires: [ { from: door.out, to: read.in, lane: durable } ]
            """);

        assertThat(outline.name()).isEqualTo("pay");
        assertThat(outline.version()).isEqualTo("1.2.0");
        assertThat(outline.racks()).containsExactly("east");
        assertThat(outline.gears().get(1).deploy()).containsExactly("east", "west");
        assertThat(outline.wires()).containsExactly(new ScenarioOutline.Wire("door.out", "read.in", "durable", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1, 2]",
                "meta: { name: pay }",
                "meta: { name: '../x', version: 1.0.0 }",
                "meta: { name: pay, version: '../1' }",
                "meta: { name: pay, version: 1.0.0",
                "a: &a [x]\nb: [*a, *a]\nmeta: *a",
                "!!java.lang.Runtime {}"
            })
    void shouldRefuseWhatHasNoNameAndVersion(String yaml) {
        assertThatThrownBy(() -> of(yaml)).isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> of("#".repeat((1 << 20) + 1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("bytes=1048577");
        for (String beyond : List.of("[".repeat(200_000), "a: [" + "b,".repeat(500_000) + "]")) {
            assertThatThrownBy(() -> of(beyond))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("more than 100000 keys and values, or is nested deeper than 64 levels");
        }
    }

    /** nats-server takes no subject with a blank in it, so nobody's rights could be changed any more; and a wildcard was one. */
    @ParameterizedTest
    @ValueSource(
            strings = {"name: \"a b\"", "name: \">\"", "name: \"*\"", "name: East", "group: \"a.>\"", "group: \"a b\""})
    void shouldRefuseNamesOfRacksThatNoneCanHave(String named) {
        assertThatThrownBy(
                        () -> of("meta: { name: pay, version: 1.0.0 }\nracks: [ { name: east }, { " + named + " } ]\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "racks[1]." + named.substring(0, named.indexOf(':')) + " of the scenario is no name");
    }
}
