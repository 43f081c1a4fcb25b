package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a receiver asks for messages, and for how many. */
class PullerTest {
    private final WireRig rig = new WireRig(true);

    /** Two of its words may be lost. */
    @Test
    void shouldSayThatItWorksOnAMessageMoreOftenThanTheStreamGivesItAway() {
        assertThat(3 * Puller.WORKING_NS).isLessThan(Bus.ACK_WAIT_NS);
        rig.landingKeeps = false;
        rig.send(1, 1);
        rig.turns();
        rig.bus.answers.clear();
        for (int half = 0; half < 8; half++) {
            rig.clock.advance(WireRig.SECOND_NS / 2);
            rig.bus.heartbeat();
            rig.receiveTurns();
        }
        assertThat(rig.bus.answers).containsExactly("+WPI", "+WPI");
    }

    /** Its turn was held up by several questions, and the stream gave what it had in hand to another rack of the group, too. */
    @Test
    void shouldSayThatItWorksBeforeEachQuestionThatMayTakeLong() {
        List<Long> saidNs = new ArrayList<>();
        List<Long> askedNs = new ArrayList<>();
        rig.landingKeeps = false;
        rig.send(1, 1);
        rig.turns();
        rig.bus.told = () -> saidNs.add(rig.clock.nanoTime());
        rig.bus.waited = () -> {
            askedNs.add(rig.clock.nanoTime());
            rig.clock.advance(4 * WireRig.SECOND_NS);
        };
        for (int hundredth = 0; hundredth < 3000; hundredth++) {
            rig.clock.advance(WireRig.SECOND_NS / 100);
            rig.puller.turn();
        }

        assertThat(askedNs)
                .as("whether it is led, what is stranded, whether it is there")
                .hasSizeGreaterThan(10);
        assertThat(rig.bus.answers).containsOnly("+WPI");
        for (int word = 1; word < saidNs.size(); word++) {
            assertThat(saidNs.get(word) - saidNs.get(word - 1)).isLessThan(Bus.ACK_WAIT_NS);
        }
    }

    @Test
    void shouldAskAnewWhenARequestRunsOutOrNobodyIsHeard() {
        rig.receiveTurns();
        assertThat(rig.bus.pulls).isEqualTo(1);
        rig.bus.expire();
        rig.receiveTurns();
        assertThat(rig.bus.pulls).isEqualTo(2);
        for (int half = 0; half < 9; half++) {
            rig.clock.advance(WireRig.SECOND_NS / 2);
            rig.bus.heartbeat();
            rig.receiveTurns();
        }
        assertThat(rig.bus.pulls).isEqualTo(2);
        rig.clock.advance(2 * WireRig.SECOND_NS);
        rig.receiveTurns();
        assertThat(rig.bus.pulls).isEqualTo(3);
    }

    /** As nats-server 2.9 ends one that has run out when the next message comes: nothing came for a second and a half then. */
    @Test
    void shouldAskAnewWhereARequestHasRunOutWithoutAWord() {
        rig.receiveTurns();
        for (int half = 0; half < 9; half++) {
            rig.clock.advance(WireRig.SECOND_NS / 2);
            rig.bus.heartbeat();
            rig.receiveTurns();
        }
        assertThat(rig.bus.pulls).isEqualTo(1);
        rig.clock.advance(WireRig.SECOND_NS / 2);
        rig.receiveTurns();
        assertThat(rig.bus.pulls).isEqualTo(2);
    }

    /** As where nobody leads the consumer: it asked again in each turn, without a word. */
    @ParameterizedTest
    @ValueSource(ints = {503, 400, 409})
    void shouldAskNowAndThenWhereEachRequestEndsAtOnceAndSaySo(int status) {
        rig.bus.pullStatus = status;
        for (int tenth = 0; tenth < 100; tenth++) {
            rig.clock.advance(WireRig.SECOND_NS / 10);
            rig.receiveTurns();
        }
        assertThat(rig.bus.pulls).as("each half a second, for ten").isBetween(15, 21);
        assertThat(rig.lines.said).hasSize(1).first().asString().contains(" " + status + " No Responders");

        rig.bus.pullStatus = 0;
        rig.send(1, 1);
        rig.after(1);
        assertThat(rig.delivered).containsExactly(1L);
        assertThat(rig.lines.said).hasSize(2).last().asString().contains("received again");
    }

    @Test
    void shouldNotTellThatAnotherWireAsks() {
        rig.bus.streamFault = Bus.ASKED_FOR;
        rig.send(1, 1);
        rig.turns();
        rig.bus.streamFault = null;
        rig.clock.advance(WireRig.SECOND_NS / 20);
        rig.turns();
        assertThat(rig.delivered).as("as soon as that one may have its answer").containsExactly(1L);
        assertThat(rig.lines.said).isEmpty();
    }

    @Test
    void shouldHoldNoMoreThanItsShareWhereRequestsThatItGaveUpAreServedStill() {
        WireRig broker = new WireRig(false);
        broker.landingFull = true;
        broker.receiveTurns();
        broker.clock.advance(2 * WireRig.SECOND_NS);
        broker.receiveTurns();
        broker.bus.connection = 2;
        broker.clock.advance(WireRig.SECOND_NS);
        broker.receiveTurns();
        assertThat(broker.bus.pulls).as("requests for all of its share").isEqualTo(3);

        broker.send(1, 60);
        for (int i = 0; i < 10; i++) {
            broker.turns();
        }
        assertThat(broker.bus.withReceiver()).isEqualTo(16);
        assertThat(broker.bus.inStream())
                .as("the others are in the stream for anybody")
                .isEqualTo(60);

        broker.landingFull = false;
        for (int i = 0; i < 30; i++) {
            broker.turns();
        }
        assertThat(broker.delivered)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void shouldAskForNothingAtItsEndAndGiveBackWhatNobodyHasDealtWith() {
        rig.landingKeeps = false;
        rig.send(1, 3);
        rig.turns();
        rig.landingFull = true;
        rig.send(4, 5);
        rig.turns();
        rig.bus.expire();
        int pulls = rig.bus.pulls;
        rig.puller.ending();
        assertThat(rig.puller.idle()).as("three may be taken still").isFalse();
        rig.receiveTurns();

        assertThat(rig.puller.idle()).isTrue();
        assertThat(rig.bus.withReceiver()).isZero();
        assertThat(rig.bus.inStream()).isEqualTo(5);
        assertThat(rig.bus.answers).hasSize(5).containsOnly("-NAK");
        assertThat(rig.bus.pulls).isEqualTo(pulls);
    }

    /** It remembers them, though nobody hears of it. */
    @Test
    void shouldWaitAtItsEndForWhatIsTakenAlsoWithoutNats() {
        rig.landingKeeps = false;
        rig.send(1, 1);
        rig.turns();
        rig.bus.connection = Bus.DOWN;
        rig.puller.ending();
        assertThat(rig.puller.hopeless()).isFalse();
        rig.landingKeeps = true;
        rig.receiveTurns();
        assertThat(rig.puller.hopeless()).isTrue();
        assertThat(rig.seen.count()).isEqualTo(1);
    }
}
