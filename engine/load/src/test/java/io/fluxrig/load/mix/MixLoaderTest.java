package io.fluxrig.load.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                .hasMessageContaining("mix.yaml: mix.templates[0].fields.3: is not text");
        assertThatThrownBy(() -> load("mix: { templates: [] }")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> load("mix: { templates: [ { mti: x, fields: {} } ] }"))
                .hasMessageContaining("templates[0].mti: is not a number");
        assertThatThrownBy(() -> load("mix: { templates: [ { mti: '0100', felds: {} } ] }"))
                .hasMessageContaining("felds: is not known");
        assertThatThrownBy(() -> load("mix: [")).isInstanceOf(MixException.class);
        assertThatThrownBy(() -> MixLoader.load(folder.resolve("none.yaml"))).hasMessageContaining("cannot be read");
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
