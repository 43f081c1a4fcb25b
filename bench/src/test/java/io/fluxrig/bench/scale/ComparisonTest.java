package io.fluxrig.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.bench.rack.Measurement;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void shouldTakeRatiosWithinRoundsAndThenTheirMedian() {
        Comparison comparison = new Comparison(null, 1.25);
        comparison.add(cpu(10), cpu(12));
        comparison.add(cpu(100), cpu(110));
        comparison.add(cpu(1), cpu(5));
        assertThat(comparison.cpuRatio()).isEqualTo(1.2);
        assertThat(comparison.met()).isTrue();
    }

    @Test
    void shouldMissTheTargetAboveIt() {
        Comparison comparison = new Comparison(null, 1.25);
        comparison.add(cpu(10), cpu(12.6));
        assertThat(comparison.met()).isFalse();
    }

    @Test
    void shouldMeetWhereNothingIsAskedFor() {
        Comparison comparison = new Comparison(null, Double.NaN);
        comparison.add(cpu(10), cpu(100));
        assertThat(comparison.met()).isTrue();
    }

    @Test
    void shouldTakeTheMeanOfTheMiddleTwoOfAnEvenNumber() {
        assertThat(Median.of(9, 1, 4, 2)).isEqualTo(3);
        assertThat(Median.of(9, 1, 4)).isEqualTo(4);
    }

    private static Measurement cpu(double us) {
        return new Measurement("fluxrig", 1, 1, 1, us, 0, 0);
    }
}
