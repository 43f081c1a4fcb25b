package io.fluxrig.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void shouldGiveEachNineTheSameRoom() {
        Axis axis = Axis.percentile(5_000);

        assertThat(axis.position(0)).isZero();
        assertThat(axis.position(90)).isCloseTo(0.25, within(1e-9));
        assertThat(axis.position(99)).isCloseTo(0.5, within(1e-9));
        assertThat(axis.position(99.9)).isCloseTo(0.75, within(1e-9));
        assertThat(axis.position(100)).isEqualTo(1);
        assertThat(axis.ticks()).extracting(Axis.Tick::label).containsExactly("0", "50", "90", "99", "99.9", "99.99");
    }

    @Test
    void shouldEndWithTheGreatestOfFewValues() {
        Axis axis = Axis.percentile(200);

        assertThat(axis.position(99.5)).isCloseTo(2.30 / 2.60, within(1e-2));
        assertThat(axis.position(100)).isEqualTo(1);
        assertThat(axis.ticks())
                .extracting(Axis.Tick::label)
                .as("99.9 lies beyond the end, and its label would stand on that of 99")
                .containsExactly("0", "50", "90", "99");
    }

    @Test
    void shouldKeepItsLabelsApartWhereThereIsNothingToDraw() {
        Axis axis = Axis.percentile(0);

        assertThat(axis.ticks()).extracting(Axis.Tick::label).containsExactly("0", "50", "90", "99");
        assertThat(axis.position(50)).isCloseTo(0.15, within(1e-2));
        assertThat(axis.position(90)).isCloseTo(0.5, within(1e-2));
        assertThat(axis.position(99)).isEqualTo(1);
    }

    @Test
    void shouldEndATimeAxisWithTheRun() {
        Axis axis = Axis.seconds(30.2);

        assertThat(axis.position(30.2)).isEqualTo(1);
        assertThat(axis.ticks())
                .extracting(Axis.Tick::label)
                .contains("10 s", "30 s")
                .doesNotContain("40 s");
        assertThat(Axis.seconds(0.4).ticks()).extracting(Axis.Tick::label).contains("0.1 s");
        assertThat(Axis.seconds(604_800).ticks()).hasSizeBetween(4, 13);
        assertThat(Axis.seconds(1).ticks()).hasSizeBetween(4, 13);
    }

    @Test
    void shouldSpanWholePowersOfTen() {
        Axis axis = Axis.logNanos(42_000, 3_100_000);

        assertThat(axis.ticks()).extracting(Axis.Tick::label).containsExactly("10 µs", "100 µs", "1 ms", "10 ms");
        assertThat(axis.position(100_000)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(axis.position(1)).isZero();
    }

    @Test
    void shouldMarkLinearAxisInRoundSteps() {
        assertThat(Axis.linear(2_003, "").ticks())
                .extracting(Axis.Tick::label)
                .startsWith("0")
                .contains("1,000", "2,000")
                .hasSizeBetween(4, 11);
        assertThat(Axis.linear(30, " s").ticks())
                .extracting(Axis.Tick::label)
                .contains("10 s", "30 s")
                .hasSizeBetween(4, 11);
    }
}
