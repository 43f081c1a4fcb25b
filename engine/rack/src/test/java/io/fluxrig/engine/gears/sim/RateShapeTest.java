package io.fluxrig.engine.gears.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.macro.MacroState;
import io.fluxrig.perf.clock.VirtualClock;
import org.junit.jupiter.api.Test;

class RateShapeTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldHoldAConstantRate() {
        RateShape shape = RateShape.constant(100);

        assertThat(shape.dueBy(0)).isZero();
        assertThat(shape.dueBy(SECOND / 100)).isEqualTo(1);
        assertThat(shape.dueBy(60 * SECOND)).isEqualTo(6000);
    }

    @Test
    void shouldClimbInAStraightLineThenStay() {
        RateShape shape = RateShape.ramp(0, 100, 10 * SECOND);

        assertThat(shape.dueBy(5 * SECOND)).isEqualTo(125);
        assertThat(shape.dueBy(10 * SECOND)).isEqualTo(500);
        assertThat(shape.dueBy(11 * SECOND)).isEqualTo(600);
    }

    @Test
    void shouldSpikeAtTheBeginningOfEachRound() {
        RateShape shape = RateShape.spike(10, 100, 10 * SECOND, SECOND);

        assertThat(shape.dueBy(SECOND)).isEqualTo(100);
        assertThat(shape.dueBy(10 * SECOND)).isEqualTo(190);
        assertThat(shape.dueBy(11 * SECOND)).isEqualTo(290);
    }

    @Test
    void shouldArriveByChanceAtTheRateOnAverage() {
        RateShape shape = RateShape.poisson(1000, new MacroState(new VirtualClock(), 1, 0, 1));
        long last = 0;
        int emptyMillis = 0;
        for (int ms = 1; ms <= 60_000; ms++) {
            long due = shape.dueBy(ms * SECOND / 1000);
            emptyMillis += due == last ? 1 : 0;
            last = due;
        }
        assertThat(last).isBetween(59_000L, 61_000L);
        assertThat(emptyMillis).isBetween(21_000, 23_200);
    }
}
