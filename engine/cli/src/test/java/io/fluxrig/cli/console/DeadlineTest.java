package io.fluxrig.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final VirtualClock clock = new VirtualClock();
    private final Time time = new Time(clock, ms -> clock.advance(ms * 1_000_000));

    @Test
    void shouldSleepNoLongerThanIsLeft() throws InterruptedException {
        Deadline deadline = time.deadline(Duration.ofMillis(700));

        deadline.sleep(500);
        assertThat(deadline.left()).isEqualTo(Duration.ofMillis(200));
        assertThat(deadline.isOver()).isFalse();
        deadline.sleep(500);
        assertThat(clock.nanoTime()).isEqualTo(700_000_000);
        assertThat(deadline.isOver()).isTrue();
        deadline.sleep(500);
        assertThat(clock.nanoTime()).isEqualTo(700_000_000);
    }

    @Test
    void shouldHaveNothingLeftOnceItIsOver() {
        Deadline deadline = time.deadline(Duration.ofMillis(1));

        clock.advance(1);
        assertThat(deadline.isOver()).as("less than a millisecond").isTrue();
        clock.advance(5_000_000);
        assertThat(deadline.left()).isZero();
    }
}
