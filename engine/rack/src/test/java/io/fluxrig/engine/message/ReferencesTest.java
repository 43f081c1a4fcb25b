package io.fluxrig.engine.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.transport.msg.FluxMsg;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private final IsoPayload payload = new IsoPayload();
    private final FluxMsg message = new FluxMsg();

    private String of(String rrn) {
        String spec = "spec: { id: plain, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }";
        payload.spec(SpecLoader.load("plain.yaml", spec.getBytes(StandardCharsets.UTF_8))
                .orThrow());
        payload.message().clear();
        payload.message().setMti(110);
        payload.message().setAscii(11, "004711");
        payload.message().setAscii(37, rrn);
        payload.message().setAscii(41, "TERM0001");
        message.payload(payload);
        return References.of(message);
    }

    @Test
    void shouldNameWhatTheMaskerLetsPass() {
        assertThat(of("NT0100000008")).isEqualTo(" (STAN 004711, RRN NT0100000008, terminal TERM0001)");
    }

    @Test
    void shouldLeaveOutAReferenceThatMayBeOfACard() {
        String line = of("492912345678");

        assertThat(line).isEqualTo(" (STAN 004711, terminal TERM0001)");
        assertThat(MaskingText.isClean(line)).isTrue();
    }
}
