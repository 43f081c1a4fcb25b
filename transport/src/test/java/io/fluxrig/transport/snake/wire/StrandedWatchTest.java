package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Its sender forgot it once the stream had it: nobody sends it anew, and it was to be deleted. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHaveNobodyDeleteWhatNobodySendsAnew(boolean confirmed) {
        WireRig group = new WireRig(confirmed);
        group.shared = true;
        group.puller(1);
        group.send(1, 1);
        group.turns();
        group.bus.forgetRemovals();
        group.after(60);

        assertThat(group.lines.said).hasSize(1);
        String line = group.lines.said.get(0);
        assertThat(line).contains("the stream holds message 1, ");
        assertThat(line.contains("it is sent anew")).isEqualTo(confirmed);
        assertThat(line.contains("delete the consumer west+encode+in")).isNotEqualTo(confirmed);
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

    private List<Long> forgottenAt() {
        List<Long> forgotten = new ArrayList<>();
        rig.bus.forgets = () -> forgotten.add(rig.clock.nanoTime() / WireRig.SECOND_NS);
        return forgotten;
    }

    private static void assertGrowing(List<Long> seconds) {
        for (int i = 1; i < seconds.size(); i++) {
            long waitSeconds = 10L << Math.min(i - 1, 4);
            assertThat(seconds.get(i) - seconds.get(i - 1)).isBetween(waitSeconds, 2 * waitSeconds);
        }
    }

    /** It was deleted in the midst of its own election each 10 s, for ever. */
    @Test
    void shouldMakeAConsumerAnewLessAndLessThatFindsNoLeader() {
        List<Long> forgotten = forgottenAt();
        rig.bus.leaderless = true;
        for (int half = 0; half < 20; half++) {
            rig.after(30);
            rig.bus.connection++; // that is no sign of a leader
        }
        assertThat(forgotten.get(0)).isBetween(9L, 12L);
        assertThat(forgotten).hasSizeBetween(5, 7);
        assertGrowing(forgotten);
    }

    @Test
    void shouldMakeAConsumerAnewLessAndLessThatStrandsMessagesAgainAndAgain() {
        List<Long> forgotten = forgottenAt();
        rig.send(1, 3);
        rig.turns();
        for (int second = 0; second < 600; second++) {
            rig.bus.forgetRemovals();
            rig.after(1);
        }
        assertThat(forgotten.get(0)).isBetween(9L, 12L);
        assertThat(forgotten).hasSizeBetween(5, 7);
        assertGrowing(forgotten);
        assertThat(rig.delivered).isEqualTo(numbers(1, 3));
    }

    @Test
    void shouldBeAsQuickAsAtFirstOnceItsConsumerWasWellForAMinute() {
        List<Long> forgotten = forgottenAt();
        rig.bus.leaderless = true;
        rig.after(240);
        assertThat(forgotten).as("and no more for 160 s or more").hasSize(5);

        rig.bus.leaderless = false;
        for (int tenth = 0; tenth < 650; tenth++) {
            rig.bus.heartbeat();
            rig.clock.advance(WireRig.SECOND_NS / 10);
            rig.puller.turn();
        }
        rig.bus.leaderless = true;
        rig.after(13);
        assertThat(forgotten).hasSize(6);
    }

    /** There the leaders of stream and consumer answer, each as far as it is. */
    @Test
    void shouldLookAThirdTimeInACluster() {
        List<Long> forgotten = forgottenAt();
        rig.bus.ofMany = true;
        rig.send(1, 3);
        rig.turns();
        rig.bus.forgetRemovals();
        rig.after(13);
        assertThat(forgotten).isEmpty();
        rig.after(4);
        assertThat(forgotten).hasSize(1);
    }

    /** Where servers are busy every other look was in vain, and what was found was forgotten each time. */
    @Test
    void shouldNotForgetWhatItFoundWhereALookTellsNothing() {
        rig.send(1, 3);
        rig.turns();
        rig.bus.forgetRemovals();
        rig.after(6);
        rig.bus.untoldLooks = 1;
        rig.after(5);
        assertThat(rig.got.stranded()).isZero();
        rig.after(5);
        assertThat(rig.got.stranded()).isEqualTo(1);
    }
}
