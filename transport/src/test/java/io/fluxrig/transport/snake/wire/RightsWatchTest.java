package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.HeldAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an end of a wire says where the server refuses what it needs. */
class RightsWatchTest {
    private static final String CONSUMER = "west+encode+in";

    private final WireRig rig = new WireRig(true);

    @Test
    void shouldSayThatARackMayUseNoWireAtAll() {
        rig.bus.forbidden.add(Bus.STREAM_INFO);
        rig.after(1);

        assertThat(rig.sent.unusable()).isTrue();
        assertThat(rig.got.unusable()).isTrue();

        rig.bus.forbidden.clear();
        rig.after(1);
        rig.bus.heartbeat();
        rig.turns();
        assertThat(rig.sent.unusable()).isFalse();
        assertThat(rig.got.unusable()).isFalse();
    }

    /** What a receiver needs it was asked one by one, and only of some it was noticed that they were refused. */
    @ParameterizedTest
    @ValueSource(strings = {Bus.STREAM_INFO, Bus.CONSUMER_INFO + CONSUMER, Bus.CONSUMER_NEXT + CONSUMER})
    void shouldSayThatARackMayNotReceiveOverAWireUntilItMay(String subject) {
        rig.bus.forbidden.add(subject);
        rig.after(2);
        for (int second = 0; second < 20; second++) {
            rig.after(1);
            assertThat(rig.got.unusable()).isTrue();
        }

        rig.bus.forbidden.clear();
        rig.send(1, 1);
        rig.after(3);
        assertThat(rig.delivered).containsExactly(1L);
        assertThat(rig.got.unusable()).isFalse();
    }

    @Test
    void shouldNoticeThatARackMayNotReceiveAnyMore() {
        rig.send(1, 1);
        rig.after(1);
        rig.bus.forbidden.add(Bus.CONSUMER_NEXT + CONSUMER);
        rig.bus.expire();
        rig.after(5);
        assertThat(rig.got.unusable()).isTrue();
    }

    @Test
    void shouldSayOfAReceiverWithFullHandsThatItIsWell() {
        rig.landingFull = true;
        rig.send(1, 20);
        rig.after(1);
        rig.bus.forbidden.add(Bus.STREAM_INFO);
        rig.bus.connection = 2;
        rig.after(1);
        assertThat(rig.got.unusable()).isTrue();
        rig.bus.forbidden.clear();
        rig.after(1);
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

    /** It was refused before the rights came, and was told so when they had come, with nothing to send that would take it back. */
    @Test
    void shouldNotHoldWhatWasRefusedBeforeAgainstAnIdleSender() {
        rig.turns();
        rig.bus.forbidden.add(WireRig.SUBJECT);
        rig.bus.publish(WireRig.SUBJECT, null, null, new byte[0]);
        rig.bus.forbidden.clear();
        rig.bus.connection = 2;
        rig.after(1);
        assertThat(rig.sent.unusable()).isFalse();
    }

    @Test
    void shouldSayNothingOfAStreamThatIsAwayForOtherReasons() {
        rig.bus.streamFault = "no suitable peers";
        rig.after(1);

        assertThat(rig.sent.unusable()).isFalse();
        assertThat(rig.got.unusable()).isFalse();
    }

    private void assertUnusableWhileMessagesCome(SnakeFigures end, long seconds) {
        for (long second = 0; second < seconds; second++) {
            rig.send(100 + second, 100 + second);
            rig.after(1);
            rig.bus.redeliver();
            rig.bus.heartbeat();
            rig.turns();
            assertThat(end.unusable()).isTrue();
        }
    }

    /** Its messages came again and again, and all was said to be well whenever one did. */
    @ParameterizedTest
    @ValueSource(strings = {Bus.ACK, Bus.CONFIRM})
    void shouldSayThatARackMayNotAnswerForWhatItReceives(String subjects) {
        rig.turns();
        rig.bus.forbidden.add(subjects);
        rig.send(1, 1);
        rig.after(2);
        assertUnusableWhileMessagesCome(rig.got, 14);

        rig.bus.forbidden.clear();
        rig.after(61);
        assertThat(rig.got.unusable()).isFalse();
    }

    @Test
    void shouldSayThatASenderMayNotAskWhatTheStreamHolds() {
        rig.turns();
        rig.bus.forbidden.add(HeldAnswer.SUBJECT);
        rig.bus.losesConfirmations = true;
        rig.send(1, 1);
        rig.after(3);
        assertUnusableWhileMessagesCome(rig.sent, 14);

        rig.bus.forbidden.clear();
        rig.bus.losesConfirmations = false;
        rig.after(61);
        assertThat(rig.settled).hasSize(15);
        assertThat(rig.sent.unusable()).isFalse();
    }

    @Test
    void shouldSayThatAReceiverMayNotHaveItsConsumerMadeAnew() {
        rig.bus.forbidden.add(Bus.CONSUMER_DELETE + CONSUMER);
        rig.bus.leaderless = true;
        rig.after(12);
        for (int second = 0; second < 250; second++) {
            assertThat(rig.got.unusable()).isTrue();
            rig.after(1);
        }
    }
}
