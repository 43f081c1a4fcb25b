package io.fluxrig.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.bench.rack.PaymentSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SoakRigTest {

    @Test
    void shouldFindEverythingItChangesInThePaymentSwitch() throws IOException {
        String adapted = SoakRig.adapt(
                        PaymentSwitch.of(Files.readString(Path.of("../config/scenarios/payment-switch.yaml"))))
                .toString();
        assertThat(adapted)
                .contains("reconnect_wait: 200ms", "cooldown: 500ms")
                .doesNotContain("../specs/", "table: bin-ranges.csv", "timeout: 10s");
    }
}
