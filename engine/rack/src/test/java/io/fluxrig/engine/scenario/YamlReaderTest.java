package io.fluxrig.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Faults;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

    private final Faults faults = new Faults();

    private YamlNode read(String text) {
        return YamlReader.read("f.yaml", text, name -> null, faults);
    }

    @Test
    void shouldRefuseAliasBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
        }
        assertThat(read(bomb.toString())).isNull();
        assertThat(faults.all()).singleElement().satisfies(fault -> {
            assertThat(fault.what()).startsWith("more than 100000 nodes");
            assertThat(fault.place().line()).isEqualTo(5);
        });
    }

    @Test
    void shouldRefuseAliasInsideWhatItNames() {
        assertThat(read("a: &a [ *a ]")).isNull();
        assertThat(faults.all())
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).startsWith("alias *a stands before or inside"));
    }

    @Test
    void shouldRefuseDeepNesting() {
        assertThat(read("[".repeat(5_000) + "]".repeat(5_000))).isNull();
        assertThat(faults.all())
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).isEqualTo("nested deeper than 64 levels"));
    }

    @Test
    void shouldRefuseKeysThatAreNoWords() {
        assertThat(read("{ [a]: 1 }")).isNull();
        assertThat(faults.all())
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).isEqualTo("a list cannot be a key"));
    }

    @Test
    void shouldRefuseTextTooLong() {
        assertThat(read("#".repeat(YamlReader.CHARS_MAX + 1))).isNull();
        assertThat(faults.hasErrors()).isTrue();
    }

    @Test
    void shouldGivePlainValuesByTheCoreSchema() {
        assertThat(read("{ a: 1, b: '1', c: 1.5, d: ~, e: on, f: 007, g: -3, h: 0x10, i: TRUE, j: [x] }")
                        .plain())
                .hasToString("{a=1, b=1, c=1.5, d=null, e=on, f=007, g=-3, h=0x10, i=true, j=[x]}");
    }

    @Test
    void shouldReportControlCharactersWithoutThrowing() {
        assertThat(read("a: \u0000")).isNull();
        assertThat(faults.all()).hasSize(1);
    }
}
