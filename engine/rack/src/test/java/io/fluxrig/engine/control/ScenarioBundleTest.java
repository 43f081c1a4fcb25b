package io.fluxrig.engine.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.passport.Cbor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioBundleTest {
    private static final byte[] TEXT = {'x'};

    @Test
    void shouldGiveBackTheFilesThatWentIn() throws Exception {
        byte[] large = new byte[200_000];
        ScenarioBundle bundle = ScenarioBundle.of("s/a.yaml", Map.of("s/a.yaml", TEXT, "specs/b.yaml", large));

        ScenarioBundle read = ScenarioBundle.read(bundle.write());

        assertThat(read.main()).isEqualTo("s/a.yaml");
        assertThat(read.mainBytes()).isEqualTo(TEXT);
        assertThat(read.files().get("specs/b.yaml")).isEqualTo(large);
    }

    @Test
    void shouldBeTheSameBytesWhateverOrderTheFilesCameIn() {
        Map<String, byte[]> one = new LinkedHashMap<>();
        one.put("a", TEXT);
        one.put("b", TEXT);
        Map<String, byte[]> other = new LinkedHashMap<>();
        other.put("b", TEXT);
        other.put("a", TEXT);

        assertThat(ScenarioBundle.of("a", one).write())
                .isEqualTo(ScenarioBundle.of("a", other).write());
    }

    @Test
    void shouldRefuseAFileInAFileThatNoRackCouldUnpack() {
        Map<String, byte[]> files = Map.of("a.yaml", TEXT, "a.yaml-b", TEXT, "a.yaml/b/c", TEXT);

        assertThatThrownBy(() -> ScenarioBundle.of("a.yaml", files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("folder");
        assertThat(ScenarioBundle.of("a.yaml", Map.of("a.yaml", TEXT, "a.yaml-b/c", TEXT))
                        .files())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a",
                "/etc/passwd",
                "a/../../b",
                "a//b",
                "",
                ".hidden",
                "a/.b",
                "a\\b",
                "a\u0000b",
                "a\nb",
                "a/",
                "C:a"
            })
    void shouldRefuseANameThatLeadsElsewhere(String name) {
        byte[] bytes = Cbor.write(Map.of("format", 1, "main", name, "files", new TreeMap<>(Map.of(name, TEXT))));

        assertThatThrownBy(() -> ScenarioBundle.read(bytes)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseOneWithoutItsScenario() {
        assertThatThrownBy(() -> ScenarioBundle.of("a", Map.of("b", TEXT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseMoreFilesThanThereMayBe() {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i <= ScenarioBundle.FILES_MAX; i++) {
            files.put("f" + i, TEXT);
        }

        assertThatThrownBy(() -> ScenarioBundle.of("f0", files)).hasMessageContaining("files=257 max=256");
    }
}
