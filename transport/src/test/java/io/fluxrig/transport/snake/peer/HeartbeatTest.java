package io.fluxrig.transport.snake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.wire.WireRig;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final String SUBJECT = Heartbeat.subject("west");
    private static final Heartbeat HEARTBEAT = new Heartbeat(
            "west", 1_767_225_600_000_000_000L, 1000, Map.of("flux.msg.west.a.in", true, "flux.msg.west.b.in", false));

    private static byte[] written() {
        return HEARTBEAT.write(WireRig.key(1), SUBJECT);
    }

    @Test
    void shouldSayWhichEndsCanServe() {
        assertThat(Heartbeat.read(WireRig.key(1), SUBJECT, written())).isEqualTo(HEARTBEAT);
    }

    @Test
    void shouldLieAsWritten() {
        byte[] bytes = new Heartbeat("west", 1, 2, Map.of("flux.msg.west.a.in", true)).write(WireRig.key(1), SUBJECT);

        assertThat(bytes).hasSize(20 + 4 + 3 + 18 + 32).startsWith(new byte[] {
            'F', 'X', 'P', 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 4, 0, 1, 'w', 'e', 's', 't', 1, 0, 18, 'f', 'l'
        });
    }

    @Test
    void shouldBelieveNobodyWithoutTheKey() {
        assertThat(Heartbeat.read(WireRig.key(2), SUBJECT, written())).isNull();
    }

    @Test
    void shouldBelieveNoHeartbeatForAnotherRack() {
        assertThat(Heartbeat.read(WireRig.key(1), Heartbeat.subject("east"), written()))
                .isNull();
    }

    @Test
    void shouldBelieveNoChangedOrCutHeartbeat() {
        for (int at = 0; at < written().length; at++) {
            byte[] changed = written();
            changed[at] ^= 1;
            assertThat(Heartbeat.read(WireRig.key(1), SUBJECT, changed)).isNull();
            assertThat(Heartbeat.read(WireRig.key(1), SUBJECT, Arrays.copyOf(written(), at)))
                    .isNull();
        }
    }

    @Test
    void shouldBelieveNoHeartbeatWhoseLengthsLeadOutOfIt() {
        byte[] body = Arrays.copyOf(written(), 20 + 32);
        body[17] = 0;
        byte[] proof = WireRig.key(1).proof("fluxrig snake heartbeat " + SUBJECT, body, 20);
        System.arraycopy(proof, 0, body, 20, 32);

        assertThat(Heartbeat.read(WireRig.key(1), SUBJECT, body)).isNull();
    }
}
