package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a receiver does where the stream's consumer offers nothing any more, as after the loss of a server. */
class StrandedWatchTest {
    private final WireRig rig = new WireRig(true);

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void shouldConfirmAgainWhatAServerThatWasKilledTakesForTakenAndHolds() {
        rig.bus.losesConfirmations = true;
        rig.send(1, 16); // all that the sender may have under way
        rig.turns();
        rig.bus.losesConfirmations = false;
        rig.bus.forgetRemovals();
        rig.send(17, 20);
        rig.after(120);
        assertThat(rig.settled).hasSize(20);
        assertThat(rig.delivered).isEqualTo(numbers(1, 20));
        assertThat(rig.bus.inStream()).isZero();
        assertThat(rig.got.stranded()).isEqualTo(1);
    }

    @Test
    void shouldNotOfferAGroupAgainWhatOneOfItHasAcknowledged() {
        rig.shared = true;
        rig.puller(1);
        rig.send(1, 3);
        rig.turns();
        rig.bus.forgetRemovals();
        rig.after(60);
        assertThat(rig.delivered).isEqualTo(numbers(1, 3));
        assertThat(rig.bus.inStream()).isEqualTo(3);
        assertThat(rig.got.stranded()).isEqualTo(1);
    }

    @Test
    void shouldHaveAConsumerMadeAnewThatNobodyLeads() {
        rig.send(1, 3);
        rig.turns();
        rig.bus.leaderless = true;
        rig.send(4, 6);
        rig.after(8);
        assertThat(rig.delivered).isEqualTo(numbers(1, 3));
        assertThat(rig.got.stranded()).as("servers need some seconds to agree").isZero();
        rig.after(4);
        assertThat(rig.delivered).isEqualTo(numbers(1, 6));
        assertThat(rig.settled).hasSize(6);
        assertThat(rig.got.stranded()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeOneLateAnswerForAConsumerThatNobodyLeads() {
        rig.bus.unansweredLooks = 1;
        rig.after(60);
        assertThat(rig.got.stranded()).isZero();
    }

    @Test
    void shouldTakeTwoThatDoNotComeForOne() {
        rig.bus.unansweredLooks = 2;
        rig.after(12);
        assertThat(rig.got.stranded()).isZero();
        rig.after(2);
        assertThat(rig.got.stranded()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAConsumerAloneThatItMayNotAskAbout() {
        rig.turns();
        rig.bus.forbidden.add(Bus.CONSUMER_INFO + "west+encode+in");
        rig.after(60);
        assertThat(rig.got.stranded()).isZero();
    }

    /** Its destination is slow: while all hands are full, nothing is asked for, so that no server has anything to say. */
    @Test
    void shouldLeaveAConsumerAloneThatItAsksForNothing() {
        rig.bus.unansweredLooks = Integer.MAX_VALUE;
        rig.landingFull = true;
        rig.send(1, 20);
        rig.after(60);
        assertThat(rig.got.stranded()).isZero();
        rig.landingFull = false;
        rig.after(2);
        assertThat(rig.delivered).containsExactlyInAnyOrderElementsOf(numbers(1, 20));
    }

    @Test
    void shouldLeaveAGroupsConsumerToItsOperatorWhereNobodyLeadsIt() {
        rig.shared = true;
        rig.puller(1);
        rig.bus.leaderless = true;
        rig.send(1, 3);
        rig.after(60);
        assertThat(rig.delivered).isEmpty();
        assertThat(rig.got.stranded()).as("told once").isEqualTo(1);
    }

    @Test
    void shouldLeaveAConsumerAloneThatMissesNothing() {
        rig.send(1, 16);
        rig.after(60);
        assertThat(rig.delivered).hasSize(16);
        assertThat(rig.got.stranded()).isZero();
    }

    /** NATS was waited for meanwhile: the new one was forgotten when it had just found a leader. */
    @Test
    void shouldGiveANewConsumerAsLongToFindALeader() {
        List<Long> forgotten = new ArrayList<>();
        rig.bus.leaderless = true;
        rig.bus.forgets = () -> {
            rig.clock.advance(3 * WireRig.SECOND_NS);
            forgotten.add(rig.clock.nanoTime());
            rig.bus.waited = () -> {
                rig.clock.advance(3 * WireRig.SECOND_NS); // to make it
                rig.bus.waited = () -> {};
            };
        };
        rig.after(60);
        assertThat(forgotten.get(1) - forgotten.get(0)).isGreaterThanOrEqualTo(16 * WireRig.SECOND_NS);
    }
}
