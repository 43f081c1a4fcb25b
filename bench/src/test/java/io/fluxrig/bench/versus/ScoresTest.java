package io.fluxrig.bench.versus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScoresTest {
    private final Scores scores = new Scores();

    @Test
    void shouldTakeTheMiddleValueAsMedian() {
        assertThat(Scores.median(DoubleStream.of(9, 1, 4))).isEqualTo(4);
    }

    @Test
    void shouldTakeTheMeanOfTheMiddleTwoOfAnEvenNumber() {
        assertThat(Scores.median(DoubleStream.of(8, 1, 2, 4))).isEqualTo(3);
    }

    @Test
    void shouldHaveNoMedianOfNothing() {
        assertThat(Scores.median(DoubleStream.empty())).isNaN();
    }

    @Test
    void shouldHaveNoMedianWhereAValueIsUnknown() {
        assertThat(Scores.median(DoubleStream.of(1, Double.NaN, 2))).isNaN();
    }

    @Test
    void shouldHoldEachRoundAgainstItselfSoThatASlowRoundCancelsOut() {
        saturation(1, 8, Contender.LIMIT, 100_000);
        saturation(1, 8, Contender.FLUXRIG, 90_000);
        saturation(2, 8, Contender.LIMIT, 10_000);
        saturation(2, 8, Contender.FLUXRIG, 5_000);
        saturation(3, 8, Contender.LIMIT, 100_000);
        saturation(3, 8, Contender.FLUXRIG, 40_000);

        double ratio = scores.ratio(8, Contender.FLUXRIG, Contender.LIMIT, Saturation::tps);

        assertThat(ratio).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void shouldNotHoldOneRoundAgainstAnother() {
        saturation(1, 8, Contender.LIMIT, 100_000);
        saturation(2, 8, Contender.FLUXRIG, 90_000);

        assertThat(scores.ratio(8, Contender.FLUXRIG, Contender.LIMIT, Saturation::tps))
                .isNaN();
    }

    @Test
    void shouldKeepDepthsApart() {
        saturation(1, 1, Contender.LIMIT, 50_000);
        saturation(1, 8, Contender.LIMIT, 300_000);

        assertThat(scores.depths()).containsExactly(1, 8);
        assertThat(scores.median(1, Contender.LIMIT, Saturation::tps)).isEqualTo(50_000);
    }

    @Test
    void shouldHaveNoRatioToWhoDidNotRun() {
        saturation(1, 8, Contender.FLUXRIG, 80_000);

        assertThat(scores.ratio(8, Contender.FLUXRIG, Contender.JPOS, Saturation::tps))
                .isNaN();
    }

    @Test
    void shouldComparePercentilesRoundByRound() {
        scores.add(Samples.latency(1, 8, Contender.LIMIT, Level.HALF_OF_LIMIT, 100));
        scores.add(Samples.latency(1, 8, Contender.FLUXRIG, Level.HALF_OF_LIMIT, 150));

        assertThat(scores.ratio(8, Contender.FLUXRIG, Contender.LIMIT, Level.HALF_OF_LIMIT, 99))
                .isEqualTo(1.5, within(0.01));
    }

    @Test
    void shouldCallARatioInfiniteWhereTheLoadWasTooMuch() {
        scores.add(Samples.latency(1, 8, Contender.LIMIT, Level.HALF_OF_LIMIT, 100));
        scores.add(Samples.saturated(1, 8, Contender.FLUXRIG, Level.HALF_OF_LIMIT));

        assertThat(scores.ratio(8, Contender.FLUXRIG, Contender.LIMIT, Level.HALF_OF_LIMIT, 99))
                .isInfinite();
    }

    @Test
    void shouldLayTheRoundsOfACurveTogether() {
        scores.add(Samples.latency(1, 8, Contender.LIMIT, Level.HALF_OF_LIMIT, 100));
        scores.add(Samples.latency(2, 8, Contender.LIMIT, Level.HALF_OF_LIMIT, 300));
        scores.add(Samples.saturated(3, 8, Contender.LIMIT, Level.HALF_OF_LIMIT));

        assertThat(scores.curve(8, Contender.LIMIT, Level.HALF_OF_LIMIT))
                .hasValueSatisfying(curve -> assertThat(curve.getTotalCount()).isEqualTo(2 * Samples.LATENCIES));
        assertThat(scores.curve(8, Contender.JPOS, Level.HALF_OF_LIMIT)).isEmpty();
    }

    private void saturation(int round, int inFlight, Contender contender, double tps) {
        scores.add(Samples.saturation(round, inFlight, contender, tps));
    }
}
