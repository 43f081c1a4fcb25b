package io.fluxrig.engine.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemVerTest {
    @Test
    void shouldOrderAsSemVerDoes() {
        List<String> ordered = List.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "v1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "v1.0.0",
                "1.0.9",
                "1.0.10",
                "1.2.0",
                "10.0.0",
                "99999999999999999999.0.0");
        for (int i = 1; i < ordered.size(); i++) {
            assertThat(SemVer.of(ordered.get(i - 1))).as(ordered.get(i)).isLessThan(SemVer.of(ordered.get(i)));
        }
        assertThat(SemVer.of("1.0.0+a")).isEqualTo(SemVer.of("v1.0.0+b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.0", "01.0.0", "1.0.0-", "x1.0.0", "1.0.0.0", "latest"})
    void shouldTakeNothingElseForAVersion(String tag) {
        assertThat(SemVer.of(tag)).isNull();
    }
}
