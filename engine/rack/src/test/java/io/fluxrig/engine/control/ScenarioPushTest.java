package io.fluxrig.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.mask.MaskingText;
import org.junit.jupiter.api.Test;

class ScenarioPushTest {
    @Test
    void shouldShowAnActivationThatNoLogMasks() {
        assertThat(ScenarioPush.shown(1_795_804_127_146L)).isEqualTo("1795804127.146");
        assertThat(ScenarioPush.shown(1_795_804_127_007L)).isEqualTo("1795804127.007");
        String line = "the mixer sends scenario pair 1.0.0, activation " + ScenarioPush.shown(1_795_804_127_046L);
        assertThat(MaskingText.scrub(line)).isEqualTo(line).endsWith("activation 1795804127.046");
    }
}
