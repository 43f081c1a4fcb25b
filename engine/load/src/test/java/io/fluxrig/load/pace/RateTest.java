package io.fluxrig.load.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private static long[] times(Pace pace, int count) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = pace.nextNs();
        }
        return times;
    }

    private static Pace pace(String rate, boolean poisson, long rampNs) {
        return Rate.parse(rate, poisson, rampNs).pace(0, 1, 1);
    }

    @Test
    void shouldSpaceConstantRateEvenly() {
        assertThat(times(pace("4", false, 0), 4)).containsExactly(0, 250_000_000L, 500_000_000L, 750_000_000L);
    }

    @Test
    void shouldNotDriftOverAnHour() {
        RateCurve curve = RateCurve.constant(30_000);

        assertThat(curve.dueNs(30_000L * 3600)).isEqualTo(3600 * SECOND_NS);
    }

    @Test
    void shouldGrowEvenlyDuringRampAndStayAfter() {
        RateCurve curve = new RateCurve(0, 100, 10 * SECOND_NS);

        // 10 messages a second more with each second: 5 * t * t messages until t
        assertThat(curve.dueNs(5)).isEqualTo(SECOND_NS);
        assertThat(curve.dueNs(125)).isEqualTo(5 * SECOND_NS);
        assertThat(curve.dueNs(500)).isEqualTo(10 * SECOND_NS);
        assertThat(curve.dueNs(600)).isEqualTo(11 * SECOND_NS);
    }

    @Test
    void shouldRampDown() {
        RateCurve curve = new RateCurve(100, 0.5, 2 * SECOND_NS);

        // the mean of 100 and 0.5, for 2 seconds
        assertThat(curve.dueNs(100.5)).isEqualTo(2 * SECOND_NS);
        assertThat(curve.dueNs(101)).isEqualTo(3 * SECOND_NS);
    }

    @Test
    void shouldSplitConstantRateAmongLoops() {
        Rate rate = Rate.parse("10", false, 0);

        assertThat(times(rate.pace(0, 2, 1), 2)).containsExactly(0, 200_000_000L);
        assertThat(times(rate.pace(1, 2, 1), 2)).containsExactly(100_000_000L, 300_000_000L);
    }

    @Test
    void shouldKeepMeanAndSpreadOfPoissonArrivals() {
        int count = 100_000;
        long[] times = times(pace("1000", true, 0), count);

        double mean = (double) times[count - 1] / count;
        double squares = 0;
        for (int i = 1; i < count; i++) {
            double gap = times[i] - times[i - 1];
            assertThat(gap).isNotNegative();
            squares += (gap - mean) * (gap - mean);
        }
        assertThat(mean).isCloseTo(1_000_000, within(10_000.0));
        // gaps are exponential: their deviation is their mean
        assertThat(Math.sqrt(squares / count)).isCloseTo(1_000_000, within(20_000.0));
    }

    @Test
    void shouldRepeatPoissonArrivalsOfOneSeed() {
        Rate rate = Rate.parse("1000", true, 0);

        assertThat(times(rate.pace(0, 1, 7), 50)).isEqualTo(times(rate.pace(0, 1, 7), 50));
        assertThat(times(rate.pace(0, 1, 7), 50)).isNotEqualTo(times(rate.pace(0, 1, 8), 50));
    }

    @Test
    void shouldReadMaxAsClosedLoop() {
        assertThat(Rate.parse("max", false, 0).closedLoop()).isTrue();
        assertThat(Rate.parse("10..20", false, SECOND_NS).curve()).isEqualTo(new RateCurve(10, 20, SECOND_NS));
    }

    @Test
    void shouldRejectWhatIsNoRate() {
        for (String text : new String[] {"0", "-1", "fast", "10..0", "1e3", ""}) {
            assertThatThrownBy(() -> Rate.parse(text, false, SECOND_NS))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
