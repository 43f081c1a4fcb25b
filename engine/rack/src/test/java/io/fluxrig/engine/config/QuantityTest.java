package io.fluxrig.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void shouldReadDurations() {
        assertThat(Quantity.durationNs("250ms")).hasValue(250_000_000L);
        assertThat(Quantity.durationNs("1.5s")).hasValue(1_500_000_000L);
        assertThat(Quantity.durationNs("2h")).hasValue(7_200_000_000_000L);
        assertThat(Quantity.durationNs("7us")).hasValue(7_000L);
        assertThat(Quantity.durationNs("0")).hasValue(0L);
    }

    @Test
    void shouldRefuseWhatIsNoDuration() {
        for (String text : new String[] {"", "5", "s", "-1s", "1 s", "1S", "1e3s", "999999999999d", "1.s", "٣s"}) {
            assertThat(Quantity.durationNs(text)).as(text).isEqualTo(OptionalLong.empty());
        }
    }

    @Test
    void shouldReadSizes() {
        assertThat(Quantity.sizeBytes("64KiB")).hasValue(65_536L);
        assertThat(Quantity.sizeBytes("512")).hasValue(512L);
        assertThat(Quantity.sizeBytes("8388608TiB")).isEmpty();
        assertThat(Quantity.sizeBytes("1KB")).isEmpty();
        assertThat(Quantity.sizeBytes("-1")).isEmpty();
    }

    @Test
    void shouldWriteInTheLargestUnitThatDivides() {
        assertThat(Quantity.durationText(1_500_000_000L)).isEqualTo("1500ms");
        assertThat(Quantity.durationText(86_400_000_000_000L)).isEqualTo("1d");
        assertThat(Quantity.durationText(1)).isEqualTo("1ns");
        assertThat(Quantity.durationText(0)).isEqualTo("0");
        assertThat(Quantity.sizeText(1 << 20)).isEqualTo("1MiB");
        assertThat(Quantity.sizeText(1500)).isEqualTo("1500");
    }

    @Test
    void shouldReadAddresses() {
        assertThat(Address.parse("127.0.0.1:8583")).hasValue(new Address("127.0.0.1", 8583));
        assertThat(Address.parse(":8583")).hasValue(new Address("", 8583));
        assertThat(Address.parse("[::1]:1")).hasValue(new Address("::1", 1));
        assertThat(Address.parse("[::1]:1").orElseThrow()).hasToString("[::1]:1");
        for (String text : new String[] {"", "host", "host:", "host:65536", "::1:80", "a b:1", "host:-1", "h/x:1"}) {
            assertThat(Address.parse(text)).as(text).isEmpty();
        }
    }
}
