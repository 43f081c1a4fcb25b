package io.fluxrig.load.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.load.Plans;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixLoaderTest {
    @TempDir
    Path folder;

    private Mix load(String yaml) throws Exception {
        return MixLoader.load(Files.writeString(folder.resolve("mix.yaml"), yaml));
    }

    @Test
    void shouldReadTemplates() throws Exception {
        Mix mix = load("mix: { name: m, templates: [ { name: a, weight: 3, mti: '0200', fields: { 3: '000000' } } ] }");

        assertThat(mix.name()).isEqualTo("m");
        assertThat(mix.templates().get(0).mti()).isEqualTo(200);
        assertThat(mix.templates().get(0).weight()).isEqualTo(3);
        assertThat(mix.templates().get(0).fields()).containsEntry(3, "000000");
    }

    @Test
    void shouldCutEveryBuiltInTemplate() throws Exception {
        StencilCutter cutter = new StencilCutter(Plans.ASCII, body -> body);
        for (Template template : MixLoader.builtIn().templates()) {
            assertThat(cutter.cut(template).template()).isSameAs(template);
        }
    }

    @Test
    void shouldNameTheFaultAndItsPlace() {
        assertThatThrownBy(() -> load("mix: { templates: [ { mti: '0100', fields: { 3: 0 } } ] }"))
                .isInstanceOf(MixException.class)
                .hasMessageContaining(
                        "mix.yaml:1:49: error: mix.templates[0].fields.3: is not text; put the value in quotes");
        assertThatThrownBy(() -> load("mix: { name: true, templates: [ { name: 7, mti: '0100', fields: {} } ] }"))
                .hasMessageContaining("mix.yaml:1:14: error: mix.name: is not text; put the name in quotes")
                .hasMessageContaining("mix.templates[0].name: is not text");
        assertThatThrownBy(() -> load("mix: { templates: [] }")).hasMessageContaining("without an entry");
        assertThatThrownBy(() -> load("mix:\n  nam: a\n"))
                .hasMessageContaining("mix.yaml:2:3: error: mix.nam: is not known; did you mean 'name'?");
        assertThatThrownBy(() -> load("mix: [ 1 ]")).hasMessageContaining("is a list, not a map with keys");
        assertThatThrownBy(() -> load("mix:\n  fields:\n    11: $STAM\n  templates: 1\n"))
                .hasMessageContaining("mix.yaml:3:9: error: mix.fields.11: $STAM: no such macro");
        assertThatThrownBy(() -> load("mix: { templates: [ { mti: x, fields: {} } ] }"))
                .hasMessageContaining("templates[0].mti: is not a number");
        assertThatThrownBy(() -> load("mix: { templates: [ { mti: '0100', felds: {} } ] }"))
                .hasMessageContaining("felds: is not known");
        assertThatThrownBy(() -> load("mix: [")).isInstanceOf(MixException.class);
        assertThatThrownBy(() -> MixLoader.load(folder.resolve("none.yaml"))).hasMessageContaining("no such file");
    }

    @Test
    void shouldReportEveryFaultOfAFileAtOnce() throws Exception {
        Path file = Files.writeString(
                folder.resolve("mix.yaml"),
                "mix:\n  templates:\n    - { weight: 0 }\n    - { mti: '1', fields: { 1: a } }\n");

        assertThat(MixLoader.check(file).faults())
                .extracting(fault -> fault.place().line() + " " + fault.key())
                .containsExactlyInAnyOrder(
                        "3 mix.templates[0].mti",
                        "3 mix.templates[0].fields",
                        "3 mix.templates[0].weight",
                        "4 mix.templates[1].mti",
                        "4 mix.templates[1].fields.1");
    }

    @Test
    void shouldDescribeEachKeyInTheSchema() {
        JsonNode mix = MixSchema.schema().at("/properties/mix");

        assertThat(mix.get("properties").fieldNames()).toIterable().containsExactlyElementsOf(MixKeys.OF_MIX);
        assertThat(mix.at("/properties/templates/items/properties").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(MixKeys.OF_TEMPLATE);
        assertThat(mix.at("/properties/fields/patternProperties").fieldNames().next())
                .matches(pattern -> "2".matches(pattern) && "192".matches(pattern))
                .matches(pattern -> !"1".matches(pattern) && !"193".matches(pattern));
    }

    @Test
    void shouldDeriveAMixFromASpec() throws Exception {
        String text = """
                spec:
                  id: small
                  version: 1.0.0
                  wire: { source: moov:spec87ascii }
                  messages:
                    catalog:
                      "0100": { name: Authorization request, flow: request, pairs_with: "0110" }
                      "0110": { name: Authorization response, flow: response, pairs_with: "0100" }
                  fields:
                    2: { name: PAN, messages: [ { mti: ["0100"], usage: mandatory } ] }
                    22: { name: Entry mode, validValues: { "051": { name: Chip } }, messages: [ { mti: ["0100"], usage: mandatory } ] }
                    42: { name: Merchant, messages: [ { mti: ["0100"], usage: mandatory } ] }
                """;
        Mix mix = SpecMix.of(
                SpecLoader.load("small", text.getBytes(StandardCharsets.UTF_8)).orThrow());

        assertThat(mix.templates()).hasSize(1);
        assertThat(mix.templates().get(0).fields())
                .containsEntry(2, "$PAN(411111,16)")
                .containsEntry(11, "$STAN")
                .containsEntry(22, "051")
                .containsEntry(42, "A".repeat(15));
        new StencilCutter(Plans.ASCII, body -> body).cut(mix.templates().get(0));
    }
}
