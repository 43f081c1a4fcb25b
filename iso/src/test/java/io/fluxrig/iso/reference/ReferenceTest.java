package io.fluxrig.iso.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Spec SPEC =
            SpecLoader.load("acme.yaml", """
            spec:
              id: acme
              version: 1.2.0
              name: "Acme <b>"
              wire:
                source: moov:spec87ascii
                fields:
                  48:
                    type: Composite
                    length: 999
                    prefix: ASCII.LLL
                    subfields:
                      layout: position
                      parts: [ { tag: "1", type: String, enc: ASCII, prefix: ASCII.Fixed, length: 2, description: Kind } ]
              messages:
                catalog:
                  "0100": { name: Request, flow: request, pairs_with: "0110" }
                  "0110": { name: Answer, flow: response, pairs_with: "0100" }
              enums:
                code: { closed: true, values: { "00": { name: Good, category: approved } } }
              fields:
                39: { name: Response code, values_ref: code, messages: [ { mti: ["0110"], usage: mandatory } ] }
                62: { name: Hush, scope: private }
              checks:
                - { mti: ["0100"], name: Hushed, assert: "present(62)", severity: reject }
                - { mti: ["0100"], name: Told, assert: "present(11)", severity: reject }
            """.getBytes(StandardCharsets.UTF_8)).orThrow();

    @Test
    void shouldTellMessagesFieldsAndValuesAsText() {
        String page = Reference.html(SPEC, false);

        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("Acme &lt;b&gt;", "Request", "Response code", "Good", "Told")
                .doesNotContain("<b>", "<script", "http://", "https://");
    }

    @Test
    void shouldTellWhatIsPrivateToWhoMayKnowIt() {
        assertThat(Reference.html(SPEC, false)).doesNotContain("Hush");
        assertThat(Reference.html(SPEC, true)).contains("Hush", "Hushed");
        assertThat(Reference.markdown(SPEC, false)).contains("Told").doesNotContain("Hush");
    }

    @Test
    void shouldNameAFieldByItsMeaningThenByItsDescription() {
        FieldTitles titles = new FieldTitles(SPEC);

        assertThat(titles.name("39")).isEqualTo("Response code");
        assertThat(titles.name("48.1")).isEqualTo("Kind");
        assertThat(titles.name("48.7")).isEmpty();
    }
}
