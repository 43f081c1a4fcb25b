package io.fluxrig.engine.rack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.MetricNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a destination is down, and why. */
class DestinationStateTest {
    @Test
    void shouldTellADestinationWithoutNatsFromOneWhoseRackIsDown() {
        assertThat(away(false).downBecause()).isEqualTo("its rack is down or cannot serve");
        assertThat(away(true).downBecause()).isEqualTo("no connection to NATS");
    }

    @Test
    void shouldCallADestinationDownWhileItsBreakerIsNotClosed() {
        DestinationState closed = linked(MetricNames.BREAKER_CLOSED);
        DestinationState halfOpen = linked(MetricNames.BREAKER_HALF_OPEN);
        DestinationState open = linked(MetricNames.BREAKER_OPEN);

        assertThat(closed.down()).isFalse();
        assertThat(halfOpen.downBecause()).isEqualTo("breaker open");
        assertThat(open.downBecause()).isEqualTo("breaker open");
        assertThat(DestinationState.summary(List.of(closed, halfOpen)))
                .isEqualTo("1 of 2 destinations down: switch.out_host (breaker open)");
    }

    private static DestinationState linked(long breaker) {
        return new DestinationState("switch", "out_host", Map.of(), 1, false, false, breaker);
    }

    private static DestinationState away(boolean cutOff) {
        return new DestinationState("switch", "out_west", Map.of(), 0, true, cutOff, 0);
    }
}
