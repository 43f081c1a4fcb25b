package io.fluxrig.perf.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockTest {

    @Test
    void shouldStandStillUntilToldToMove() {
        VirtualClock clock = new VirtualClock(100, 2000);

        assertThat(clock.nanoTime()).isEqualTo(100);
        assertThat(clock.nanoTime()).isEqualTo(100);
        assertThat(clock.epochNanos()).isEqualTo(2000);
    }

    @Test
    void shouldAdvanceBothTimes() {
        VirtualClock clock = new VirtualClock(100, 2000);

        clock.advance(50);

        assertThat(clock.nanoTime()).isEqualTo(150);
        assertThat(clock.epochNanos()).isEqualTo(2050);
    }

    @Test
    void shouldAdvanceToAMoment() {
        VirtualClock clock = new VirtualClock(100, 2000);

        clock.advanceTo(130);

        assertThat(clock.nanoTime()).isEqualTo(130);
        assertThat(clock.epochNanos()).isEqualTo(2030);
    }

    @Test
    void shouldJumpTheWallClockOnly() {
        VirtualClock clock = new VirtualClock(100, 2000);

        clock.jump(-1500);
        assertThat(clock.epochNanos()).isEqualTo(500);
        clock.jump(10_000);
        assertThat(clock.epochNanos()).isEqualTo(10_500);
        clock.setEpochNanos(7);
        assertThat(clock.epochNanos()).isEqualTo(7);

        assertThat(clock.nanoTime()).isEqualTo(100);
    }

    @Test
    void shouldRefuseToTurnMonotonicTimeBack() {
        VirtualClock clock = new VirtualClock(100, 2000);

        assertThatThrownBy(() -> clock.advance(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("durationNs=-1 min=0");
        assertThatThrownBy(() -> clock.advanceTo(99)).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.nanoTime()).isEqualTo(100);
    }

    @Test
    void shouldStartAtTheDefaultEpoch() {
        assertThat(new VirtualClock().epochNanos()).isEqualTo(1_767_225_600_000_000_000L);
        assertThat(new VirtualClock().nanoTime()).isZero();
    }

    @Test
    void shouldReadTheMachinesMonotonicClock() {
        Clock clock = Clock.system();

        long nanosBefore = System.nanoTime();
        assertThat(clock.nanoTime()).isBetween(nanosBefore, System.nanoTime());
    }

    /** Bounds taken before and after, so that no time that the test takes makes it fail. */
    @Test
    void shouldCarryTheWallClockOnBetweenReadings() {
        Clock clock = Clock.system();
        long toleranceNs = TimeUnit.MILLISECONDS.toNanos(50);
        for (int i = 0; i < 100_000; i++) {
            long beforeNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - toleranceNs;
            long epochNs = clock.epochNanos();
            long afterNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + 1) + toleranceNs;

            assertThat(epochNs > beforeNs && epochNs < afterNs).isTrue();
        }
    }
}
