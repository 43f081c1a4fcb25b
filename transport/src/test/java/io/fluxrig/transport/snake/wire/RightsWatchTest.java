package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import org.junit.jupiter.api.Test;

/** What an end of a wire says where the server refuses what it needs. */
class RightsWatchTest {
    private final WireRig rig = new WireRig(true);

    @Test
    void shouldSayThatARackMayUseNoWireAtAll() {
        rig.bus.forbidden.add(Bus.STREAM_INFO);
        rig.after(1);

        assertThat(rig.sent.unusable()).isTrue();
        assertThat(rig.got.unusable()).isTrue();

        rig.bus.forbidden.clear();
        rig.after(1);
        assertThat(rig.sent.unusable()).isFalse();
        assertThat(rig.got.unusable()).isFalse();
    }

    @Test
    void shouldSayThatARackMayNotSendOverAWireUntilItMay() {
        rig.turns();
        rig.bus.forbidden.add(WireRig.SUBJECT);
        rig.send(1, 1);
        rig.after(1);
        assertThat(rig.sent.unusable()).isTrue();

        rig.bus.forbidden.clear();
        rig.after(3);
        assertThat(rig.delivered).containsExactly(1L);
        assertThat(rig.sent.unusable()).isFalse();
    }

    @Test
    void shouldSayNothingOfAStreamThatIsAwayForOtherReasons() {
        rig.bus.streamFault = "no suitable peers";
        rig.after(1);

        assertThat(rig.sent.unusable()).isFalse();
        assertThat(rig.got.unusable()).isFalse();
    }
}
