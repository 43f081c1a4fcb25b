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
}
