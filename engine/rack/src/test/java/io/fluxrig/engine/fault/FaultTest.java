package io.fluxrig.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault.Severity;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static Fault fault(String what) {
        return new Fault(Severity.ERROR, new Place("folder-202611261234567/s.yaml", 3, 5), "gears[0].type", what, "");
    }

    @Test
    void shouldMaskAQuotedNumberAsLongAsACards() {
        assertThat(fault("'4929123456781238' is no gear type").toString())
                .isEqualTo(
                        "folder-202611261234567/s.yaml:3:5: error: gears[0].type: '492912******1238' is no gear type");
    }

    @Test
    void shouldLeavePathsAsTheyAre() {
        assertThat(fault("cannot read folder-202611261234567/x.csv").what())
                .isEqualTo("cannot read folder-202611261234567/x.csv");
    }
}
