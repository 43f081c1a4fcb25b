package io.fluxrig.engine.gears.conductor.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fluxrig.engine.gears.conductor.route.Breaker.State;
import org.junit.jupiter.api.Test;

final class BreakerTest {
    private static final long SECOND = 1_000_000_000L;

    private final Breaker breaker = new Breaker(3, 10 * SECOND, 2, 0);

    @Test
    void shouldStayClosedBelowTheLimit() {
        timeOut(2);

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.enter(0)).isNotNegative();
    }

    @Test
    void shouldOpenAtTheLimitAndLetNothingThrough() {
        timeOut(2);
        int generation = breaker.enter(0);

        assertThat(breaker.timedOut(generation, 0)).isTrue();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.enter(10 * SECOND - 1_000_000)).isEqualTo(Breaker.REFUSED);
    }

    @Test
    void shouldCountOnlyTimeoutsInARow() {
        timeOut(2);
        breaker.answered(breaker.enter(0));
        timeOut(2);

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void shouldLetOnlyProbesThroughAfterTheCooldown() {
        timeOut(3);

        assertThat(breaker.enter(10 * SECOND)).isNotNegative();
        assertThat(breaker.enter(10 * SECOND)).isNotNegative();
        assertThat(breaker.enter(10 * SECOND)).isEqualTo(Breaker.REFUSED);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void shouldCloseWhenEveryProbeWasAnswered() {
        timeOut(3);
        int first = breaker.enter(10 * SECOND);
        int second = breaker.enter(10 * SECOND);

        breaker.answered(first);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        breaker.answered(second);

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void shouldOpenAgainWhenAProbeTimesOut() {
        timeOut(3);
        int probe = breaker.enter(10 * SECOND);

        assertThat(breaker.timedOut(probe, 12 * SECOND)).isTrue();
        assertThat(breaker.enter(21 * SECOND)).isEqualTo(Breaker.REFUSED);
        assertThat(breaker.enter(22 * SECOND)).isNotNegative();
    }

    @Test
    void shouldFreeAProbeThatWasNotSent() {
        timeOut(3);
        breaker.notSent(breaker.enter(10 * SECOND));

        assertThat(breaker.enter(10 * SECOND)).isNotNegative();
        assertThat(breaker.enter(10 * SECOND)).isNotNegative();
        assertThat(breaker.enter(10 * SECOND)).isEqualTo(Breaker.REFUSED);
    }

    @Test
    void shouldIgnoreOldRequestsTimingOutAfterRecovery() {
        int old = breaker.enter(0);
        timeOut(3);
        breaker.answered(breaker.enter(10 * SECOND));

        assertThat(breaker.timedOut(old, 11 * SECOND)).isFalse();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        breaker.answered(breaker.enter(11 * SECOND));
        for (int i = 0; i < 5; i++) {
            assertThat(breaker.timedOut(old, 12 * SECOND)).isFalse();
        }
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void shouldProbeAtOnceWhereARequestOfBeforeIsAnswered() {
        int before = breaker.enter(0);
        timeOut(3);

        breaker.answered(before);

        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        int first = breaker.enter(1);
        int second = breaker.enter(1);
        assertThat(breaker.enter(1)).as("no more than probes").isEqualTo(Breaker.REFUSED);
        breaker.answered(before);
        assertThat(breaker.state()).as("a request of before is no probe").isEqualTo(State.HALF_OPEN);
        breaker.answered(first);
        breaker.answered(second);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void shouldNotOpenForWhatWasSentOverLinksThatAreGone() {
        int before = breaker.enter(0);
        breaker.linksGone();
        breaker.linksCame();
        for (int i = 0; i < 5; i++) {
            assertThat(breaker.timedOut(before, SECOND)).isFalse();
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        timeOut(3);
        assertThat(breaker.state()).as("what is sent since counts").isEqualTo(State.OPEN);
    }

    @Test
    void shouldProbeAtOnceWhereLinksCameAnew() {
        timeOut(3);
        breaker.linksGone();
        assertThat(breaker.enter(SECOND)).isEqualTo(Breaker.REFUSED);

        breaker.linksCame();

        assertThat(breaker.enter(SECOND)).isNotNegative();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void shouldForgetProbesThatWentWithTheirLink() {
        timeOut(3);
        int probe = breaker.enter(10 * SECOND);
        breaker.linksGone();

        assertThat(breaker.timedOut(probe, 12 * SECOND)).isFalse();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.enter(12 * SECOND)).as("the cooldown was over").isNotNegative();
        assertThat(breaker.trips()).isEqualTo(1);
    }

    @Test
    void shouldRejectNumbersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Breaker(0, 1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Breaker(1, 1, 32, 0));
    }

    private void timeOut(int times) {
        for (int i = 0; i < times; i++) {
            breaker.timedOut(breaker.enter(0), 0);
        }
    }
}
