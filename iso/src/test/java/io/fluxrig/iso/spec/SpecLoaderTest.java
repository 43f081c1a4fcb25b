package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.WireType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecLoaderTest {
    static java.util.List<String> bases() {
        return SpecLoader.bases();
    }

    @ParameterizedTest
    @MethodSource("bases")
    void shouldLoadBase(String base) {
        SpecLoad load = load("spec: { id: a, version: 1.0.0, wire: { source: '" + base + "' } }");

        assertThat(load.faults()).isEmpty();
        assertThat(load.spec().wire().fields()).hasSize(127).containsKeys(2, 128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config/specs/v87-ascii.yaml", "config/specs/scheme-b-bcd.yaml"})
    void shouldLoadDeployedSpec(String file) {
        SpecLoad load = SpecLoader.load(Deployment.file(file));

        assertThat(load.faults()).isEmpty();
        assertThat(load.spec().path("stan")).hasToString("11");
        assertThat(load.spec().path("card.pan")).hasToString("2");
        assertThat(load.spec().enums().get("response_code").values().get("00").category())
                .isEqualTo("approved");
        assertThat(load.spec().catalog().get(100).pairsWith()).isEqualTo(110);
        assertThat(load.spec().catalog().get(100).responseTimeoutMs()).isEqualTo(30_000);
    }

    @Test
    void shouldReadTlvLengthsInBytes() {
        Spec spec = SpecLoader.load(Deployment.file("config/specs/scheme-b-bcd.yaml"))
                .orThrow();

        Composite chip = spec.wire().fields().get(55).composite();
        assertThat(chip.layout()).isEqualTo(Composite.Layout.BER_TLV);
        assertThat(chip.parts().get("9F02").length()).isEqualTo(12);
        assertThat(chip.parts().get("9F02").enc()).isEqualTo(Encoding.BCD);
        assertThat(chip.parts().get("9F26").type()).isEqualTo(WireType.BINARY);
        assertThat(spec.numeric(spec.path("chip.amount"))).isTrue();
    }

    @Test
    void shouldBeEqualToWhatWasMadeOfTheSameBytes() {
        String text = "spec: { id: a, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }";

        Spec spec = load(text).orThrow();

        assertThat(load(text).orThrow()).isEqualTo(spec).hasSameHashCodeAs(spec);
        assertThat(load(text + " ").orThrow()).isNotEqualTo(spec);
    }

    static SpecLoad load(String text) {
        return SpecLoader.load("test.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
