package io.fluxrig.perf.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.VirtualClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {

    private static final long EPOCH_NS = IdGenerator.EPOCH_MS * 1_000_000L;

    private final VirtualClock clock = new VirtualClock(0, EPOCH_NS + 3 * IdGenerator.TICK_NS);

    @Test
    void shouldLayOutTimeSequenceMachine() {
        IdGenerator ids = new IdGenerator(clock, 5);

        assertThat(ids.next()).isEqualTo(3L << 25 | 0L << 11 | 5);
        assertThat(ids.next()).isEqualTo(3L << 25 | 1L << 11 | 5);
        clock.advance(IdGenerator.TICK_NS);
        assertThat(ids.next()).isEqualTo(4L << 25 | 0L << 11 | 5);
    }

    @Test
    void shouldTakeAnIdApart() {
        clock.advance(1234 * IdGenerator.TICK_NS + 77);
        IdGenerator ids = new IdGenerator(clock, IdGenerator.MACHINE_MAX);
        ids.next();
        long id = ids.next();

        assertThat(IdGenerator.machineIdOf(id)).isEqualTo(2047);
        assertThat(IdGenerator.sequenceOf(id)).isEqualTo(1);
        assertThat(IdGenerator.epochNanosOf(id)).isEqualTo(EPOCH_NS + 1237 * IdGenerator.TICK_NS);
    }

    @Test
    void shouldFillSixtyThreeBits() {
        assertThat(IdGenerator.TIME_BITS + IdGenerator.SEQUENCE_BITS + IdGenerator.MACHINE_BITS)
                .isEqualTo(63);
    }

    @Test
    void shouldRiseWhenTheSequenceRunsOut() {
        IdGenerator ids = new IdGenerator(clock, 1);
        long last = 0;
        for (int i = 0; i < 1_000_000; i++) {
            long id = ids.next();
            assertThat(id > last).isTrue();
            last = id;
        }
        assertThat(IdGenerator.epochNanosOf(last)).isEqualTo(EPOCH_NS + (3 + 999_999 / 16_384) * IdGenerator.TICK_NS);
        assertThat(ids.aheadNs()).isEqualTo(61 * IdGenerator.TICK_NS);
    }

    @Test
    void shouldIssueAMillionASecondWithoutRunningAhead() {
        IdGenerator ids = new IdGenerator(clock, 1);
        for (int tick = 0; tick < 100; tick++) {
            for (int i = 0; i < 10_000; i++) {
                ids.next();
            }
            assertThat(ids.aheadNs()).isZero();
            clock.advance(IdGenerator.TICK_NS);
        }
    }

    @Test
    void shouldRiseWhenTheWallClockGoesBack() {
        IdGenerator ids = new IdGenerator(clock, 1);
        clock.advance(TimeUnit.HOURS.toNanos(2));
        long before = ids.next();

        clock.jump(-TimeUnit.HOURS.toNanos(1));
        long after = ids.next();

        assertThat(after).isGreaterThan(before);
        assertThat(ids.aheadNs()).isEqualTo(TimeUnit.HOURS.toNanos(1));
    }

    @Test
    void shouldTellMachinesApart() {
        assertThat(new IdGenerator(clock, 1).next()).isNotEqualTo(new IdGenerator(clock, 2).next());
    }

    @Test
    void shouldStartAtZeroBeforeTheEpoch() {
        VirtualClock early = new VirtualClock(0, 0);

        assertThat(new IdGenerator(early, 9).next()).isEqualTo(9);
        assertThat(new IdGenerator(early, 0).next()).isZero();
    }

    @Test
    void shouldRejectMachineIdOutOfRange() {
        assertThatThrownBy(() -> new IdGenerator(clock, 2048))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("machineId=2048 max=2047");
        assertThatThrownBy(() -> new IdGenerator(clock, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSayWhenTheTicksHaveRunOut() {
        clock.setEpochNanos(EPOCH_NS + (1L << 38) * IdGenerator.TICK_NS);
        IdGenerator ids = new IdGenerator(clock, 0);

        assertThatThrownBy(ids::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("max=274877906943");
    }

    @Test
    void shouldBeginAboveTheIdsOfBeforeWhateverTheClockSays() {
        IdCeiling first = new IdCeiling(0, 0, 1_000);
        IdGenerator before = new IdGenerator(clock, 7, first);
        long last = before.next();
        clock.jump(-TimeUnit.HOURS.toNanos(1));

        IdGenerator after = new IdGenerator(clock, 7, new IdCeiling(first.reached() + 1, 0, 2_000));

        assertThat(after.next()).isEqualTo(4L << 25 | 7).isGreaterThan(last);
    }

    @Test
    void shouldFollowTheClockUpToTheReserveAndThenFillTicks() {
        IdGenerator ids = new IdGenerator(clock, 0, new IdCeiling(0, 2, 10));
        clock.advance(100 * IdGenerator.TICK_NS);

        assertThat(tick(ids.next())).isEqualTo(7);
        for (int i = 1; i < 16_384; i++) {
            assertThat(tick(ids.next())).isEqualTo(7);
        }
        assertThat(tick(ids.next())).isEqualTo(8);
    }

    @Test
    void shouldIssueNoneAtTheCeilingAndGoOnOnceItIsRaised() {
        IdCeiling ceiling = new IdCeiling(8, 2, 10);
        IdGenerator ids = new IdGenerator(clock, 0, ceiling);
        long last = 0;
        for (int i = 0; i < 2 * 16_384; i++) {
            assertThat(ids.spent()).isFalse();
            last = ids.next();
        }
        clock.advance(100 * IdGenerator.TICK_NS);

        assertThat(tick(last)).isEqualTo(9);
        for (int i = 0; i < 3; i++) {
            assertThat(ids.spent()).isTrue();
            assertThatThrownBy(ids::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "no id is left below tick 10, above which none may be issued until that is written down");
        }
        ceiling.raise(1_000);
        assertThat(ids.spent()).isFalse();
        assertThat(ids.next()).isEqualTo(103L << 25);
    }

    @Test
    void shouldTellTheHighestTickOfAllThatShareACeiling() {
        IdCeiling ceiling = new IdCeiling(2, 0, 1_000);
        IdGenerator one = new IdGenerator(clock, 0, ceiling);
        IdGenerator other = new IdGenerator(clock, 1, ceiling);

        assertThat(ceiling.reached()).isEqualTo(1);
        one.next();
        assertThat(ceiling.reached()).isEqualTo(3);
        clock.advance(IdGenerator.TICK_NS);
        other.next();
        assertThat(ceiling.reached()).isEqualTo(4);
    }

    @Test
    void shouldNotLowerACeiling() {
        IdCeiling ceiling = new IdCeiling(0, 0, 10);
        ceiling.raise(5);

        assertThat(ceiling.below()).isEqualTo(10);
        assertThatThrownBy(() -> new IdCeiling(3, 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("floor=3 reserve=0 below=3");
    }

    private static long tick(long id) {
        return id >>> 25;
    }
}
