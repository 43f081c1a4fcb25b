package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.rack.change.RackReload.Ended;
import org.junit.jupiter.api.Test;

class GearsRunTest {
    /** Nobody was told of it, and the rack took no other scenario until it was started again. */
    @Test
    void shouldTellTheEndOfAChangeThatBroke() {
        Ended ended = GearsRun.ending(() -> {
            throw new NoClassDefFoundError("as a test wants it");
        });
        assertThat(ended.ok()).isFalse();
        assertThat(ended.outcome()).isEqualTo("refused");
        assertThat(ended.text()).contains("NoClassDefFoundError", "as a test wants it");
    }

    @Test
    void shouldTellTheEndOfAnyOtherChange() {
        Ended changed = new Ended(true, "changed", "runs");
        assertThat(GearsRun.ending(() -> changed)).isSameAs(changed);
    }
}
