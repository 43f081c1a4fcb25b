package io.fluxrig.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static Heartbeat said(String state, String reason) {
        return new Heartbeat("east", "1", state, reason, "", "", "", 0, 7, "changed", "", 1, 1, 0, "", true, null, 1);
    }

    @Test
    void shouldSayAtTheEndOfItsProcessThatARackIsStoppedAndWhatHoldsItStill() {
        assertThat(said("waiting", "for a scenario").atTheEnd()).isEqualTo(said("stopped", ""));
        assertThat(said("held", "drain").atTheEnd()).isEqualTo(said("stopped", "drain"));
    }
}
