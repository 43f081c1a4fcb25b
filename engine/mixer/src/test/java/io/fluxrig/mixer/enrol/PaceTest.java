package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Traffic;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static Traffic said(long forMs, long requests, long approved, long timeouts) {
        return new Traffic(forMs, requests, approved, 0, timeouts, 0, 0, null, null, 4, 4, 0);
    }

    @Test
    void shouldKnowNoRateOfOneHeartbeatAlone() {
        Pace first = Pace.of(said(60_000, 900, 800, 0));

        assertThat(first.isKnown()).isFalse();
        assertThat(first.approvedRatio()).isNegative();
    }

    @Test
    void shouldReckonRatesBetweenTwo() {
        Pace pace = Pace.of(said(60_000, 900, 800, 0)).next(said(65_000, 1_900, 1_790, 10));

        assertThat(pace.requestsPerSecond()).isEqualTo(200);
        assertThat(pace.unansweredPerSecond()).isEqualTo(2);
        assertThat(pace.approvedRatio()).isEqualTo(0.99);
        assertThat(pace.next(said(70_000, 1_900, 1_790, 10)))
                .satisfies(idle -> assertThat(idle.requestsPerSecond()).isZero())
                .satisfies(idle -> assertThat(idle.approvedRatio()).isNegative());
    }

    @Test
    void shouldNotReckonWithAMomentButWithAllThatCameInTheEnd() {
        Pace pace = Pace.of(said(60_000, 900, 800, 0)).next(said(61_000, 1_000, 900, 0));

        Pace soon = pace.next(said(61_020, 1_100, 1_000, 0));
        assertThat(soon.requestsPerSecond()).isEqualTo(100);
        assertThat(soon.traffic().requests()).isEqualTo(1_100);

        assertThat(soon.next(said(62_000, 1_300, 1_200, 0)).requestsPerSecond()).isEqualTo(300);
    }

    @Test
    void shouldNeverFallBelowZeroWhereTheGearsWereStartedAnew() {
        Pace before = Pace.of(said(60_000, 900, 800, 3)).next(said(65_000, 1_900, 1_800, 3));

        Pace anew = before.next(said(300, 30, 20, 1));
        assertThat(anew.isKnown()).as("too soon").isFalse();
        assertThat(anew.approvedRatio()).isNegative();

        Pace later = anew.next(said(2_000, 500, 480, 20));
        assertThat(later.requestsPerSecond()).isEqualTo(250);
        assertThat(later.unansweredPerSecond()).isEqualTo(10);
        assertThat(later.approvedRatio()).isEqualTo(0.96);

        assertThat(before.next(said(90_000, 1_800, 1_800, 3)).requestsPerSecond())
                .as("longer up than before, and a total fell")
                .isEqualTo(20);
        assertThat(before.next(said(2_000, 4_000, 3_800, 3)).requestsPerSecond())
                .as("more than before in less time")
                .isEqualTo(2_000);
    }

    @Test
    void shouldStayFiniteWhateverSomebodySays() {
        Pace most = Pace.of(said(0, 0, 0, 0)).next(said(1_000, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));

        assertThat(most.requestsPerSecond()).isEqualTo((double) Traffic.TOTAL_MAX);
        assertThat(most.approvedRatio()).isEqualTo(0.5);
        Pace least = most.next(said(Long.MIN_VALUE, -1, -1, -1));
        assertThat(least.isKnown()).isFalse();
        assertThat(least.next(said(Long.MAX_VALUE, 1, 1, 0)).requestsPerSecond())
                .isFinite()
                .isNotNegative();
    }
}
