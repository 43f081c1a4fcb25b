package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.id.IdCeiling;
import io.fluxrig.perf.id.IdGenerator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server of a rack whose message ids have come to the last that may be issued. */
@Timeout(60)
class IoServerIdsTest extends IoServerRig {
    private static final int IDS_OF_A_TICK = 1 << 14;
    private static final long FLOOR = IdGenerator.tickOf(VirtualClock.EPOCH_DEFAULT_NS) + 100;

    @Test
    void shouldReadNoMoreUntilThereAreIdsAgain() throws Exception {
        IdCeiling ids = new IdCeiling(FLOOR, 0, FLOOR + 1);
        rig = new LoopRig(GEARS.formatted(port, ""), ids);
        try (TestPeer peer = new TestPeer(port)) {
            for (int i = 0; i <= IDS_OF_A_TICK; i++) {
                peer.send("0800%08d".formatted(i));
            }
            LoopRig.until(() -> rig.sum("io_read_pauses_total") > 0);
            assertThat(rig.probe("sink").seen).hasSize(IDS_OF_A_TICK);
            assertThat(rig.sum("gear_failures_total")).isZero();

            ids.raise(FLOOR + 2);
            passes(Duration.ofMillis(100));

            LoopRig.until(() -> rig.probe("sink").seen.size() == IDS_OF_A_TICK + 1);
            assertThat(rig.probe("sink").seen.get(IDS_OF_A_TICK).id()).isEqualTo((FLOOR + 1) << 25);
            assertThat(received().get(IDS_OF_A_TICK)).isEqualTo("0800%08d".formatted(IDS_OF_A_TICK));
        }
    }
}
