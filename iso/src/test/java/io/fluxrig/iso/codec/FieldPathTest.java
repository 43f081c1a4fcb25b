package io.fluxrig.iso.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {

    @ParameterizedTest
    @CsvSource({
        "mti, 0, 0, mti",
        "iso8583.mti, 0, 0, mti",
        "2, 2, 0, 2",
        "iso8583.field.55.9F02, 55, 1, 55.9F02",
        "iso8583.48.1, 48, 1, 48.1",
        "field.192, 192, 0, 192",
        "48.2.12345678, 48, 2, 48.2.12345678",
    })
    void shouldParse(String path, int field, int depth, String text) {
        FieldPath parsed = FieldPath.parse(path);
        assertThat(parsed.field()).isEqualTo(field);
        assertThat(parsed.depth()).isEqualTo(depth);
        assertThat(parsed).hasToString(text).isEqualTo(FieldPath.parse(text)).hasSameHashCodeAs(FieldPath.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "193",
                "-1",
                "x",
                "48.",
                "48..1",
                "48.123456789",
                "48.a b",
                "48.é",
                "1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1"
            })
    void shouldRefuse(String path) {
        assertThatThrownBy(() -> FieldPath.parse(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void shouldNameWholeFields() {
        assertThat(FieldPath.of(0)).hasToString("mti");
        assertThat(FieldPath.of(55)).hasToString("55");
    }
}
