package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class PathTextTest {
    @Test
    void shouldReadAPath() {
        assertThat(new PathText().convert("a/b.yaml")).isEqualTo(Path.of("a/b.yaml"));
    }

    @Test
    void shouldSayWhatToSetWhereTheLocaleLacksTheCharacters() {
        assertThat(PathText.refusal("/tmp/sc \u00fc/s.yaml", "Malformed input"))
                .contains("LC_ALL", "C.UTF-8")
                .doesNotContain("Path");
    }

    @Test
    void shouldSayInWordsThatANameHoldsWhatNoFileCan() {
        assertThatThrownBy(() -> new PathText().convert("a\0b"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("names no file");
    }
}
