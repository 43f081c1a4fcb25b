package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How soon a sender notices that nobody will confirm what it has in hand, and how little it asks while somebody may. */
class StreamQuestionsTest {
    private static final int WINDOW = 16;

    private final WireRig rig = new WireRig(true, 30);

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private void senderAlone(long seconds) {
        for (long tenth = 0; tenth < 10 * seconds; tenth++) {
            rig.clock.advance(WireRig.SECOND_NS / 10);
            rig.publisher.turn();
        }
    }

    /** Of all that is in hand the confirmations went with a server, say. */
    private void loseConfirmations(int last) {
        rig.bus.losesConfirmations = true;
        rig.send(1, last);
        rig.turns();
        rig.bus.losesConfirmations = false;
        assertThat(rig.delivered).isEqualTo(numbers(1, last));
        assertThat(rig.settled).isEmpty();
    }

    @Test
    void shouldNotStandStillForAllOfConfirmWaitWhereConfirmationsWereLost() {
        loseConfirmations(WINDOW);
        rig.send(WINDOW + 1, WINDOW + 4);
        rig.after(2);
        assertThat(rig.settled).hasSize(WINDOW + 4);
        assertThat(rig.delivered).isEqualTo(numbers(1, WINDOW + 4));
    }

    /** As where the receiver may not confirm, or the sender has another key for it: all was sent anew each 1.3 s, for ever. */
    @Test
    void shouldSendAnewLessAndLessWhileNoConfirmationArrives() {
        rig.bus.losesConfirmations = true;
        rig.send(1, WINDOW);
        rig.after(60);
        assertThat(rig.bus.published.size() / WINDOW)
                .as("at once and after 1, 2, 4, 8 and 16 s")
                .isBetween(5, 6);
        rig.after(300);
        assertThat(rig.bus.published.size() / WINDOW).as("and then each 30 s").isBetween(14, 16);
        assertThat(rig.delivered).isEqualTo(numbers(1, WINDOW));

        rig.bus.losesConfirmations = false;
        rig.after(31);
        assertThat(rig.settled).hasSize(WINDOW);
        rig.bus.losesConfirmations = true;
        rig.send(WINDOW + 1, WINDOW + 1);
        rig.turns();
        rig.bus.losesConfirmations = false;
        rig.after(2);
        assertThat(rig.settled).as("as soon as at first").hasSize(WINDOW + 1);
    }

    @Test
    void shouldAskAtOnceAboutWhatTheStreamHadBefore() {
        loseConfirmations(3);
        rig.publisher();
        rig.send(1, 3); // by the next run of the sender, out of its journal
        for (int tenth = 0; tenth < 7; tenth++) {
            rig.clock.advance(WireRig.SECOND_NS / 10);
            rig.turns();
        }
        assertThat(rig.settled)
                .as("before the oldest is asked about for its age")
                .hasSize(3);
        assertThat(rig.delivered).isEqualTo(numbers(1, 3));
    }

    @Test
    void shouldWaitForAReceiverThatIsAwayAndAskLessAndLess() {
        rig.send(1, 1);
        rig.sendTurns();
        senderAlone(30);
        assertThat(rig.bus.asked).as("after 1, 2, 4, 8 and 16 s").isBetween(4, 6);
        senderAlone(3600);
        assertThat(rig.bus.asked).as("and then each 30 s").isBetween(120, 140);
        assertThat(rig.bus.published).hasSize(1);
    }

    @Test
    void shouldAskAgainSoonAfterALossOfTheConnection() {
        rig.send(1, 1);
        rig.sendTurns();
        senderAlone(120);
        int before = rig.bus.asked;
        rig.bus.connection = Bus.DOWN;
        senderAlone(1);
        rig.bus.connection = 2;
        senderAlone(2);
        assertThat(rig.bus.asked - before).isBetween(2, 3);
    }

    @Test
    void shouldNotAskLessOftenWhereTheStreamDoesNotAnswer() {
        rig.bus.withholdsAnswers = true;
        rig.send(1, 1);
        rig.sendTurns();
        senderAlone(20);
        assertThat(rig.bus.asked).isBetween(18, 20);
    }

    @Test
    void shouldNotSendAgainWhatIsConfirmedBetweenTwoLooks() {
        loseConfirmations(1);
        senderAlone(1);
        rig.clock.advance(WireRig.SECOND_NS / 10);
        rig.sendTurns();
        assertThat(rig.bus.asked).as("and was told that it is not there").isEqualTo(1);
        byte[] late = Confirmation.write(WireRig.key(1), WireRig.ORIGIN, new long[] {1}, 1);
        rig.bus.publish(Confirmation.subject("east", WireRig.ORIGIN), null, null, late);
        senderAlone(60);
        assertThat(rig.settled).hasSize(1);
        assertThat(rig.bus.published).hasSize(1);
    }

    @Test
    void shouldConfirmCopiesBeforeItWaitsForNats() {
        loseConfirmations(3);
        senderAlone(2);
        List<Integer> confirmed = new ArrayList<>();
        rig.bus.waited = () -> confirmed.add(rig.bus.confirmations);
        rig.bus.connection = 2; // so that the receiver looks after its consumer in the turn that takes the copies
        rig.clock.advance(WireRig.SECOND_NS);
        rig.puller.turn();
        assertThat(confirmed).containsExactly(1);
    }
}
