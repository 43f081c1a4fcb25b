package io.fluxrig.bench.rack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaymentSwitchTest {

    @Test
    void shouldSayWhichValueIsNotThereAnyMore() {
        assertThatThrownBy(() -> PaymentSwitch.of("gears: []")).hasMessageContaining("'../specs/'");
        PaymentSwitch known = PaymentSwitch.of("spec: ../specs/a.yaml, table: bin-ranges.csv");
        assertThatThrownBy(() -> known.with("timeout: 2s", "timeout: 1h")).hasMessageContaining("'timeout: 2s'");
    }
}
