package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SpecSchemaTest {
    private final ObjectNode schema = SpecSchema.schema();

    @Test
    void shouldDescribeEveryKindOfMapOnce() {
        assertThat(schema.at("/$ref").asText()).isEqualTo("#/$defs/document");
        assertThat(schema.at("/$defs/document/required/0").asText()).isEqualTo("spec");
        assertThat(schema.at("/$defs/wire_field/properties/enc/enum/0").asText())
                .isEqualTo("ASCII");
        assertThat(schema.at("/$defs/wire_field/properties/subfields/$ref").asText())
                .isEqualTo("#/$defs/subfields");
        assertThat(schema.at("/$defs/field/properties/sensitivity/description").asText())
                .isNotEmpty();
        assertThat(schema.at("/$defs/padding/additionalProperties").asBoolean(true))
                .isFalse();
    }

    @Test
    void shouldResolveEveryReference() {
        for (String reference : schema.findValuesAsText("$ref")) {
            assertThat(schema.at(reference.substring(1)).isObject())
                    .as(reference)
                    .isTrue();
        }
        assertThat(SpecSchema.text()).contains("draft/2020-12");
    }
}
