package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.mixer.registry.ActivationEntry;
import org.junit.jupiter.api.Test;

class ShownTest {
    private static final Heartbeat RUNS_PAY = said("pay", "1.0.0", "");

    private static Heartbeat said(String scenario, String version, String reason) {
        return new Heartbeat(
                "east", "1", "running", reason, scenario, version, "", 0, 0, "", "", 1, 1, 0, "", true, null, 1);
    }

    private static ActivationEntry wanted(String version, String outcome) {
        return new ActivationEntry(7, "east", "pay", version, "hash", false, 1, outcome, "", 9);
    }

    @Test
    void shouldSayThatNobodyHasARackRunWhatItRunsAndWhatToType() {
        assertThat(Shown.reason(RUNS_PAY, "", null))
                .isEqualTo("runs pay 1.0.0, and no activation has it do so: NATS lets it use no wire between racks;"
                        + " type: fluxrig scenario activate pay 1.0.0 --rack east");
    }

    @Test
    void shouldSayThatARackRunsOtherThanWhatItSaidThatItChangedTo() {
        assertThat(Shown.reason(said("pay", "1.4.0", "a wire takes nothing"), "", wanted("1.1.0", "changed")))
                .isEqualTo(
                        "a wire takes nothing; runs pay 1.4.0, and is to run pay 1.1.0; type: fluxrig scenario activate"
                                + " pay 1.1.0 --rack east");
    }

    @Test
    void shouldAddNothingToARackThatRunsWhatItShouldOrRefusedTheNext() {
        assertThat(Shown.reason(RUNS_PAY, "", wanted("1.0.0", "changed"))).isEmpty();
        assertThat(Shown.reason(RUNS_PAY, "", wanted("1.1.0", "refused"))).isEmpty();
        assertThat(Shown.reason(said("", "", "suspended"), "", null)).isEqualTo("suspended");
        assertThat(Shown.reason(RUNS_PAY, "it was copied", wanted("1.0.0", "unchanged")))
                .isEqualTo("it was copied");
    }
}
