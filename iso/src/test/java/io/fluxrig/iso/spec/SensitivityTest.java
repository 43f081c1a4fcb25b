package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensitivityTest {
    private static final Spec PLAIN = SpecLoaderTest.load(
                    "spec: { id: a, version: 1.0.0, wire: { source: moov:spec87ascii } }")
            .orThrow();

    @ParameterizedTest
    @CsvSource({
        "2, PAN",
        "34, PAN",
        "14, CHD",
        "35, SAD",
        "36, SAD",
        "45, SAD",
        "52, SAD",
        "55, SAD",
        "53, CHD",
        "48, CHD",
        "62, CHD",
        "102, CHD",
        "127, CHD",
        "150, CHD",
        "mti, NONE",
        "3, NONE",
        "4, NONE",
        "11, NONE",
        "39, NONE",
        "41, NONE",
        "55.57, SAD",
        "55.5A, PAN",
        "55.5F20, CHD",
        "55.9F1F, SAD",
        "55.9F02, NONE",
        "55.9F26, NONE",
        "55.56, SAD",
        "55.5F24, CHD",
        "55.9F20, SAD",
        "55.9F6B, SAD",
        "55.70, CHD",
        "55.70.57, SAD",
        "55.70.E1.5A, PAN",
        "55.DF01, CHD",
        "48.1, CHD"
    })
    void shouldTakeForCardDataWhatIsNotKnownToBeHarmless(String path, Sensitivity expected) {
        assertThat(PLAIN.sensitivity(FieldPath.parse(path))).isEqualTo(expected);
    }

    @Test
    void shouldLetTheSpecSpeakForPrivateFields() {
        Spec spec = SpecLoader.load(Deployment.file("config/specs/scheme-b-bcd.yaml"))
                .orThrow();

        assertThat(spec.sensitivity(spec.path("card.cvv"))).isEqualTo(Sensitivity.SAD);
        assertThat(spec.sensitivity(spec.path("wallet"))).isEqualTo(Sensitivity.NONE);
        assertThat(spec.sensitivity(48)).isEqualTo(Sensitivity.CHD);
        assertThat(spec.sensitivity(FieldPath.parse("55.57"))).isEqualTo(Sensitivity.SAD);
        Spec open = SpecLoaderTest.load("spec: { id: a, version: 1.0.0, wire: { source: moov:spec87ascii },"
                        + " fields: { 60: { sensitivity: none } } }")
                .orThrow();
        assertThat(open.sensitivity(60)).isEqualTo(Sensitivity.NONE);
        assertThat(Sensitivity.NONE.masks()).isFalse();
        assertThat(Sensitivity.CHD.masks()).isTrue();
    }

    @Test
    void shouldTellWhatAResponseTakesFromItsRequest() {
        Spec spec =
                SpecLoader.load(Deployment.file("config/specs/v87-ascii.yaml")).orThrow();

        assertThat(spec.meaning(11).usage(110).responseValue()).isEqualTo(Usage.ResponseValue.ECHO);
        assertThat(spec.meaning(39).usage(100).presence()).isEqualTo(Usage.Presence.FORBIDDEN);
        assertThat(spec.meaning(39).usage(430).responseValue()).isEqualTo(Usage.ResponseValue.NEW);
        assertThat(spec.meaning(4).format().currencyField()).hasToString("49");
        assertThat(spec.path("nothing")).isNull();
        assertThat(spec.path("150")).isNull();
        assertThat(spec.path("iso8583.field.11")).hasToString("11");
    }

    @Test
    void shouldHideAPartAsWhatItIsInWhetherItIsNamedOrNot() {
        Spec spec = SpecLoaderTest.load("""
            spec:
              id: a
              version: 1.0.0
              wire:
                source: moov:spec87ascii
                fields:
                  48: { type: Composite, length: 999, prefix: ASCII.LLL, subfields: { layout: position, parts: [ { tag: "92", type: Composite, length: 8, enc: ASCII, prefix: ASCII.Fixed, subfields: { layout: position, parts: [ { tag: "1", type: String, enc: ASCII, prefix: ASCII.Fixed, length: 4 }, { tag: "2", type: String, enc: ASCII, prefix: ASCII.Fixed, length: 4 } ] } } ] } }
                  49: { type: Composite, length: 3, prefix: ASCII.Fixed, subfields: { layout: position, parts: [ { tag: "1", type: String, enc: ASCII, prefix: ASCII.Fixed, length: 3 } ] } }
              fields:
                48: { sensitivity: none, subfields: { "92": { sensitivity: sad } } }
                49: { sensitivity: sad, subfields: { "1": { name: Verification } } }
            """).orThrow();

        assertThat(spec.sensitivity(FieldPath.parse("49.1"))).isEqualTo(Sensitivity.SAD);
        assertThat(spec.sensitivity(FieldPath.parse("48.92.1"))).isEqualTo(Sensitivity.SAD);
        assertThat(spec.sensitivity(FieldPath.parse("48.7"))).isEqualTo(Sensitivity.NONE);
    }

    @Test
    void shouldHideCardDataBehindBerTagsOfAnyFieldWhateverTheSpecSays() {
        Spec spec = SpecLoaderTest.load("""
            spec:
              id: a
              version: 1.0.0
              wire:
                source: moov:spec87ascii
                fields:
                  48: { type: Composite, length: 999, prefix: ASCII.LLL, subfields: { layout: tlv, parts: [ { tag: "57", type: Binary, length: 99 } ] } }
                  60: { type: Composite, length: 999, prefix: ASCII.LLL, subfields: { layout: position, parts: [ { tag: "57", type: String, enc: ASCII, prefix: ASCII.Fixed, length: 2 } ] } }
              fields:
                48: { sensitivity: none, subfields: { "57": { sensitivity: none }, "9F02": { sensitivity: pii } } }
                60: { sensitivity: none }
            """).orThrow();

        assertThat(spec.sensitivity(FieldPath.parse("48.57"))).isEqualTo(Sensitivity.SAD);
        assertThat(spec.sensitivity(FieldPath.parse("48.5A"))).isEqualTo(Sensitivity.PAN);
        assertThat(spec.sensitivity(FieldPath.parse("48.70.5A"))).isEqualTo(Sensitivity.PAN);
        assertThat(spec.sensitivity(FieldPath.parse("48.9F02"))).isEqualTo(Sensitivity.PII);
        assertThat(spec.sensitivity(FieldPath.parse("48.DF01"))).isEqualTo(Sensitivity.NONE);
        assertThat(spec.sensitivity(FieldPath.parse("60.57"))).isEqualTo(Sensitivity.NONE);
        assertThat(spec.emvTag(FieldPath.parse("60.57"))).isNull();
        assertThat(spec.emvTag(FieldPath.parse("48"))).isNull();
        assertThat(spec.emvTag(FieldPath.parse("48.9F02")).name()).isEqualTo("Amount, authorized");
    }
}
