package io.fluxrig.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void shouldChooseUnitsThatKeepThreeDigits() {
        assertThat(Figures.duration(850)).isEqualTo("850 ns");
        assertThat(Figures.duration(74_210)).isEqualTo("74.2 µs");
        assertThat(Figures.duration(999_960)).isEqualTo("1000 µs");
        assertThat(Figures.duration(3_049_999)).isEqualTo("3.05 ms");
        assertThat(Figures.duration(2_000_000_000L)).isEqualTo("2.00 s");
    }

    @Test
    void shouldNeverRoundAShareToNoneOrAll() {
        assertThat(Figures.share(1, 1_000_000)).isEqualTo("0.01 %");
        assertThat(Figures.share(999_999, 1_000_000)).isEqualTo("99.99 %");
        assertThat(Figures.share(0, 10)).isEqualTo("0 %");
        assertThat(Figures.share(10, 10)).isEqualTo("100 %");
        assertThat(Figures.share(1, 8)).isEqualTo("12.5 %");
    }
}
