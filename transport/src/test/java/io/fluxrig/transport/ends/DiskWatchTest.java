package io.fluxrig.transport.ends;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final VirtualClock clock = new VirtualClock();
    private final DiskWatch disk = new DiskWatch(clock, SECOND_NS);

    @Test
    void shouldWaitForNoDiskBetweenTurns() {
        assertThat(disk.late()).isFalse();
        disk.begins();
        disk.ends();
        clock.advance(3600 * SECOND_NS);
        assertThat(disk.late()).isFalse();
        assertThat(disk.hangs()).isFalse();
        assertThat(disk.shortage()).isNull();
    }

    @Test
    void shouldBeLateAndHangLater() {
        disk.begins();
        clock.advance(DiskWatch.LATE_NS - 1);
        assertThat(disk.late()).isFalse();
        clock.advance(2); // when it began is known to the nanosecond before
        assertThat(disk.late()).isTrue();
        clock.advanceTo(SECOND_NS - 1);
        assertThat(disk.hangs()).isFalse();
        assertThat(disk.shortage()).isNull();
        clock.advance(2);
        assertThat(disk.hangs()).isTrue();
        disk.ends();
        assertThat(disk.late()).isFalse();
        assertThat(disk.hangs()).isFalse();
        assertThat(disk.shortage()).isNull();
    }

    @Test
    void shouldCountAnewWithEachStep() {
        for (int step = 0; step < 100; step++) {
            disk.begins();
            clock.advance(DiskWatch.LATE_NS - 1);
            assertThat(disk.late()).isFalse();
        }
    }

    @Test
    void shouldSayTheSameOfOneStepWhateverTheWallClockDoes() {
        clock.advance(7 * SECOND_NS);
        long beganNs = clock.epochNanos();
        disk.begins();
        clock.advance(2 * SECOND_NS);
        Shortage first = disk.shortage();
        assertThat(first.cause()).isEqualTo(Shortage.Cause.NO_ANSWER);
        assertThat(first.refusing()).isTrue();
        assertThat(first.sinceEpochNs()).isBetween(beganNs, beganNs + 1);
        clock.jump(60 * SECOND_NS);
        assertThat(disk.shortage()).isEqualTo(first);

        disk.begins();
        clock.advance(2 * SECOND_NS);
        assertThat(disk.shortage().sinceEpochNs()).isGreaterThan(first.sinceEpochNs());
    }

    @Test
    void shouldNotCallAWaitAHangThatAStripCouldStand() {
        DiskWatch impatient = new DiskWatch(clock, 0);
        impatient.begins();
        clock.advance(DiskWatch.LATE_NS - 1);
        assertThat(impatient.hangs()).isFalse();
        clock.advance(2);
        assertThat(impatient.hangs()).isTrue();
    }
}
