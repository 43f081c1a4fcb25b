package io.fluxrig.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Name.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "-", "_", "2024", "true", "east-1_b"})
    void shouldTakeLettersDigitsAndDashes(String name) {
        assertThat(Name.refusal(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "East", "a.b", "a b", "ä", "a\n"})
    void shouldRefuseOtherCharacters(String name) {
        assertThat(Name.refusal(name)).map(Refusal::fix).hasValue("use lower-case letters, digits, '_' and '-'");
    }

    @Test
    void shouldBlameTheLengthOfWhatIsTooLong() {
        assertThat(Name.refusal("n".repeat(64))).isEmpty();
        assertThat(Name.refusal("n".repeat(71))).hasValueSatisfying(refusal -> {
            assertThat(refusal.what()).endsWith("' is too long for a name: length=71 max=64");
            assertThat(refusal.fix()).isEqualTo("choose a shorter one");
        });
    }
}
