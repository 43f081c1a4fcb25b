package io.fluxrig.perf.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final int ALL = Integer.MAX_VALUE;

    private final TimerWheel wheel = new TimerWheel(1000, 10, 8, 5000);
    private final List<Long> fired = new ArrayList<>();
    private final Expiry expiry = (nowNs, payload, timerId) -> fired.add(payload);

    @Test
    void shouldFireAtTheEndOfTheTickThatHoldsTheDeadline() {
        wheel.schedule(1025, 7);

        assertThat(wheel.poll(1029, expiry, ALL)).isZero();
        assertThat(wheel.poll(1030, expiry, ALL)).isEqualTo(1);
        assertThat(fired).containsExactly(7L);
        assertThat(wheel.pending()).isZero();
    }

    @Test
    void shouldFireAtTheDeadlineOnATickBoundary() {
        wheel.schedule(1020, 7);

        assertThat(wheel.poll(1019, expiry, ALL)).isZero();
        assertThat(wheel.poll(1020, expiry, ALL)).isEqualTo(1);
    }

    @Test
    void shouldHandOverTimePayloadAndId() {
        List<Object> seen = new ArrayList<>();
        long id = wheel.schedule(1010, -42);
        wheel.poll(1017, (nowNs, payload, timerId) -> seen.addAll(List.of(nowNs, payload, timerId)), ALL);

        assertThat(seen).containsExactly(1017L, -42L, id);
    }

    @Test
    void shouldFireOnce() {
        wheel.schedule(1010, 1);
        wheel.poll(1010, expiry, ALL);
        wheel.poll(5000, expiry, ALL);

        assertThat(fired).containsExactly(1L);
    }

    @Test
    void shouldFireADeadlineThatHasPassedWithinATick() {
        wheel.poll(2000, expiry, ALL);
        wheel.schedule(1500, 1);
        wheel.schedule(Long.MIN_VALUE, 2);

        assertThat(wheel.poll(2009, expiry, ALL)).isZero();
        assertThat(wheel.poll(2010, expiry, ALL)).isEqualTo(2);
    }

    @Test
    void shouldFireWhatWasDueAtTheStart() {
        wheel.schedule(1000, 1);
        wheel.schedule(900, 2);

        assertThat(wheel.poll(1000, expiry, ALL)).isEqualTo(2);
    }

    @Test
    void shouldKeepADeadlineOfALaterTurnOnItsSpoke() {
        wheel.schedule(1030, 1);
        wheel.schedule(1030 + 80, 2);
        wheel.schedule(1030 + 800, 3);

        for (long now = 1000; now < 1110; now += 10) {
            wheel.poll(now, expiry, ALL);
        }
        assertThat(fired).containsExactly(1L);
        wheel.poll(1110, expiry, ALL);
        assertThat(fired).containsExactly(1L, 2L);
        for (long now = 1120; now < 1830; now += 10) {
            wheel.poll(now, expiry, ALL);
        }
        assertThat(fired).containsExactly(1L, 2L);
        wheel.poll(1830, expiry, ALL);
        assertThat(fired).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldFireInOrderOfTicksWithinATurn() {
        wheel.schedule(1050, 5);
        wheel.schedule(1010, 1);
        wheel.schedule(1030, 3);

        wheel.poll(1060, expiry, ALL);
        assertThat(fired).containsExactly(1L, 3L, 5L);
    }

    @Test
    void shouldCancel() {
        long id = wheel.schedule(1020, 1);
        long kept = wheel.schedule(1020, 2);

        assertThat(wheel.cancel(id)).isTrue();
        assertThat(wheel.cancel(id)).isFalse();
        assertThat(wheel.pending()).isEqualTo(1);
        wheel.poll(2000, expiry, ALL);
        assertThat(fired).containsExactly(2L);
        assertThat(wheel.cancel(kept)).isFalse();
    }

    @Test
    void shouldCancelFirstMiddleAndLastOfASpoke() {
        long[] ids = new long[6];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = wheel.schedule(1020, i);
        }
        wheel.cancel(ids[0]);
        wheel.cancel(ids[3]);
        wheel.cancel(ids[5]);

        wheel.poll(1020, expiry, ALL);
        assertThat(fired).containsExactlyInAnyOrder(1L, 2L, 4L);
    }

    @Test
    void shouldIgnoreAStaleIdAfterItsEntryWasUsedAgain() {
        long stale = wheel.schedule(1020, 1);
        wheel.cancel(stale);
        long fresh = wheel.schedule(1020, 2);

        assertThat((int) fresh).isEqualTo((int) stale);
        assertThat(fresh).isNotEqualTo(stale);
        assertThat(wheel.cancel(stale)).isFalse();
        assertThat(wheel.cancel(fresh)).isTrue();
    }

    @Test
    void shouldIgnoreIdsItNeverGave() {
        wheel.schedule(1020, 1);

        assertThat(wheel.cancel(-1)).isFalse();
        assertThat(wheel.cancel(0)).isFalse();
        assertThat(wheel.cancel(Long.MAX_VALUE)).isFalse();
        assertThat(wheel.cancel(1L << 32 | 4999)).isFalse();
        assertThat(wheel.cancel(1L << 32 | 1)).isFalse();
        assertThat(wheel.cancel(1L << 32 | 0xFFFF_FFFFL)).isFalse();
        assertThat(wheel.pending()).isEqualTo(1);
    }

    @Test
    void shouldSayFullAtItsMaximum() {
        TimerWheel small = new TimerWheel(0, 1, 4, 1500);
        long last = -1;
        for (int i = 0; i < 1500; i++) {
            last = small.schedule(i, i);
            assertThat(last).isNotNegative();
        }
        assertThat(small.schedule(5, 5)).isEqualTo(TimerWheel.FULL);
        assertThat(small.pending()).isEqualTo(1500);
        assertThat(small.pendingMax()).isEqualTo(1500);

        small.cancel(last);
        assertThat(small.schedule(5, 5)).isNotNegative();
        assertThat(small.poll(2000, expiry, ALL)).isEqualTo(1500);
    }

    @Test
    void shouldGoOnWhereTheLimitStoppedIt() {
        for (int i = 0; i < 10; i++) {
            wheel.schedule(1020 + i % 2 * 10, i);
        }
        assertThat(wheel.poll(1100, expiry, 3)).isEqualTo(3);
        assertThat(wheel.poll(1100, expiry, 4)).isEqualTo(4);
        assertThat(wheel.poll(1100, expiry, 0)).isZero();
        assertThat(wheel.poll(1100, expiry, 4)).isEqualTo(3);
        assertThat(wheel.poll(1100, expiry, 4)).isZero();

        assertThat(fired).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void shouldSurviveCancellingTheEntryAtWhichItStopped() {
        long[] ids = new long[4];
        for (int i = 0; i < 4; i++) {
            ids[i] = wheel.schedule(1020, i);
        }
        wheel.poll(1020, expiry, 1);
        wheel.cancel(ids[2]);
        wheel.poll(1020, expiry, ALL);

        assertThat(fired).containsExactlyInAnyOrder(3L, 1L, 0L);
    }

    @Test
    void shouldLetAnExpiryScheduleAndCancel() {
        long victim = wheel.schedule(1020, 99);
        long next = wheel.schedule(1020, 1);
        wheel.poll(
                1020,
                (nowNs, payload, timerId) -> {
                    fired.add(payload);
                    if (timerId == next) {
                        assertThat(wheel.cancel(victim)).isTrue();
                        assertThat(wheel.cancel(timerId)).isFalse();
                        wheel.schedule(nowNs, 2);
                    }
                },
                ALL);
        assertThat(fired).containsExactly(1L);
        wheel.poll(1030, expiry, ALL);
        assertThat(fired).containsExactly(1L, 2L);
    }

    @Test
    void shouldNotSpinOnAnExpiryThatSchedulesForNow() {
        wheel.schedule(1000, 1);
        int count = wheel.poll(1000, (nowNs, payload, timerId) -> wheel.schedule(nowNs, payload), ALL);

        assertThat(count).isEqualTo(1);
        assertThat(wheel.pending()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheOthersWhenAnExpiryThrows() {
        wheel.schedule(1020, 1);
        wheel.schedule(1020, 2);
        Expiry failing = (nowNs, payload, timerId) -> {
            throw new IllegalStateException("boom");
        };
        assertThatThrownBy(() -> wheel.poll(1020, failing, ALL)).hasMessage("boom");

        assertThat(wheel.pending()).isEqualTo(1);
        assertThat(wheel.poll(1020, expiry, ALL)).isEqualTo(1);
    }

    @Test
    void shouldVisitEachSpokeOnceWhenTheClockJumpsByDays() {
        long hour = TimeUnit.HOURS.toNanos(1);
        TimerWheel fine = new TimerWheel(0, 1, 1024, 100_000);
        for (int i = 0; i < 50_000; i++) {
            fine.schedule(hour + i * 997L, i);
        }
        fine.schedule(1000 * hour, -1);

        assertThat(fine.poll(30 * hour, expiry, ALL)).isEqualTo(50_000);
        assertThat(fired).doesNotHaveDuplicates().doesNotContain(-1L);
        assertThat(fine.poll(1000 * hour - 1, expiry, ALL)).isZero();
        assertThat(fine.poll(1000 * hour, expiry, ALL)).isEqualTo(1);
    }

    @Test
    void shouldFinishAJumpUnderALimitThoughTheClockJumpsAgain() {
        for (int i = 0; i < 100; i++) {
            wheel.schedule(1000 + i * 7, i);
        }
        int count = 0;
        long now = 2000;
        for (int round = 0; round < 40; round++) {
            count += wheel.poll(now, expiry, 3);
            now += 1_000_000;
        }
        assertThat(count).isEqualTo(100);
        assertThat(fired).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void shouldIgnoreAClockThatGoesBack() {
        wheel.poll(2000, expiry, ALL);
        wheel.schedule(2050, 1);

        assertThat(wheel.poll(1500, expiry, ALL)).isZero();
        assertThat(wheel.poll(Long.MIN_VALUE, expiry, ALL)).isZero();
        assertThat(wheel.poll(2050, expiry, ALL)).isEqualTo(1);
    }

    @Test
    void shouldTakeTheLatestDeadlineOfAll() {
        TimerWheel negativeStart = new TimerWheel(-5_000_000_000L, 1, 16, 10);
        negativeStart.schedule(Long.MAX_VALUE, 1);

        assertThat(negativeStart.poll(Long.MAX_VALUE / 2, expiry, ALL)).isZero();
        assertThat(negativeStart.poll(Long.MAX_VALUE, expiry, ALL)).isEqualTo(1);
        assertThat(negativeStart.poll(Long.MAX_VALUE, expiry, ALL)).isZero();
    }

    @Test
    void shouldWorkFromANegativeOrigin() {
        TimerWheel negative = new TimerWheel(-1000, 10, 8, 10);
        negative.schedule(-955, 1);

        assertThat(negative.poll(-951, expiry, ALL)).isZero();
        assertThat(negative.poll(-950, expiry, ALL)).isEqualTo(1);
    }

    @Test
    void shouldRejectBadShapes() {
        assertThatThrownBy(() -> new TimerWheel(0, 0, 8, 1)).hasMessage("tickNs=0 min=1");
        assertThatThrownBy(() -> new TimerWheel(0, 1, 7, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimerWheel(0, 1, Integer.MIN_VALUE, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimerWheel(0, 1, 8, 0)).hasMessage("pendingMax=0 min=1 max=268435456");
        assertThatThrownBy(() -> new TimerWheel(0, 1, 8, (1 << 28) + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
