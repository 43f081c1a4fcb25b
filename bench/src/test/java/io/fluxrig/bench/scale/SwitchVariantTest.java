package io.fluxrig.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.bench.rack.PaymentSwitch;
import io.fluxrig.bench.scale.Case.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SwitchVariantTest {
    private static final Path TABLE = Path.of("/tables/a.csv");

    @Test
    void shouldFindEverythingItChangesInThePaymentSwitch() throws IOException {
        String original = Files.readString(Path.of("../config/scenarios/payment-switch.yaml"));
        String adapted = SwitchVariant.adapt(PaymentSwitch.of(original), TABLE, new Setup(1, 10, 0, false))
                .toString();
        assertThat(adapted)
                .contains("table: /tables/a.csv", "timeout: 1h", "max_in_flight: 1100000", "retain_after_close: 0s")
                .doesNotContain("../specs/", "table: bin-ranges.csv", "timeout: 2s");
    }
}
