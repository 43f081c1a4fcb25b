package io.fluxrig.engine.gears;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionNameTest {
    @Test
    void shouldReadWhatItWrites() {
        long id = 3L << 56 | 1L << 48 | 77L << 20 | 5;

        assertThat(ConnectionName.of(id)).isEqualTo("3.1.77.5");
        assertThat(ConnectionName.parse("3.1.77.5")).hasValue(id);
    }

    @Test
    void shouldReadNothingElse() {
        for (String text : new String[] {"", "none", "1.2.3", "1.2.3.4.5", "256.0.0.0", "0.0.0.9999999", "-1.0.0.0"}) {
            assertThat(ConnectionName.parse(text)).as(text).isEmpty();
        }
    }
}
