package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A sender and a receiver, and what NATS can do to them. */
class WireTest {
    private final WireRig rig = new WireRig(true);

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void shouldForgetAMessageOnceItsReceiverHasIt() {
        rig.send(1, 3);
        rig.sendTurns();
        assertThat(rig.sent.stored()).isEqualTo(3);
        assertThat(rig.settled).isEmpty();
        rig.turns();
        assertThat(rig.delivered).isEqualTo(numbers(1, 3));
        assertThat(rig.settled).hasSize(3);
        assertThat(rig.bus.inStream()).isZero();
    }

    @Test
    void shouldForgetAMessageOnceTheStreamHasItWhereThatIsEnough() {
        WireRig broker = new WireRig(false);
        broker.send(1, 3);
        broker.sendTurns();
        assertThat(broker.settled).hasSize(3);
        assertThat(broker.delivered).isEmpty();
    }

    @Test
    void shouldCarryMoreThanFitsAtOnce() {
        rig.send(1, 100);
        for (int i = 0; i < 30; i++) {
            rig.turns();
        }
        assertThat(rig.delivered).isEqualTo(numbers(1, 100));
        assertThat(rig.settled).hasSize(100);
    }

    @Test
    void shouldNotConfirmWhatTheReceiverHasNotKept() {
        rig.landingKeeps = false;
        rig.send(1, 1);
        rig.turns();
        assertThat(rig.delivered).hasSize(1);
        assertThat(rig.settled).isEmpty();
        assertThat(rig.bus.inStream()).isEqualTo(1);
        rig.landingKeeps = true;
        rig.turns();
        assertThat(rig.settled).hasSize(1);
    }

    @Test
    void shouldSendAgainUnderTheSameIdWhatTheStreamDidNotAcknowledge() {
        rig.bus.losesAcknowledgements = true;
        rig.send(1, 1);
        rig.sendTurns();
        rig.bus.losesAcknowledgements = false;
        rig.clock.advance(2 * WireRig.SECOND_NS);
        rig.sendTurns();
        assertThat(rig.bus.published).hasSize(2);
        assertThat(rig.bus.published.get(0)).isEqualTo(rig.bus.published.get(1));
        rig.turns();
        assertThat(rig.delivered).isEqualTo(numbers(1, 1));
        assertThat(rig.sent.republished()).isEqualTo(1);
    }

    @Test
    void shouldHoldMessagesWithoutAConnectionAndSendThemOnTheNext() {
        rig.bus.connection = Bus.DOWN;
        rig.send(1, 5);
        rig.turns();
        assertThat(rig.bus.published).isEmpty();
        assertThat(rig.toSend).hasSize(4);
        rig.bus.connection = 2;
        rig.after(1);
        assertThat(rig.delivered).isEqualTo(numbers(1, 5));
        assertThat(rig.settled).hasSize(5);
    }

    @Test
    void shouldSayThatNothingGetsAwayAndTakeItBack() {
        rig.bus.connection = Bus.DOWN;
        rig.send(1, 1);
        rig.after(4);
        assertThat(rig.stalled).isFalse();
        rig.after(2);
        assertThat(rig.stalled).isTrue();
        rig.bus.connection = 2;
        rig.after(1);
        assertThat(rig.stalled).isFalse();
    }

    @Test
    void shouldSayThatItIsStuckLongBeforeItRefuses() {
        rig.send(1, 1);
        rig.after(1);
        assertThat(rig.stuck).isFalse();
        rig.bus.connection = Bus.DOWN;
        rig.send(2, 2);
        rig.after(1);
        assertThat(rig.stuck).isTrue();
        assertThat(rig.stalled).isFalse();
        rig.bus.connection = 2;
        rig.after(1);
        assertThat(rig.stuck).isFalse();
    }

    @Test
    void shouldOfferAgainWhatAFullStreamRefuses() {
        rig.bus.refusal = "maximum bytes exceeded";
        rig.send(1, 2);
        rig.after(1);
        assertThat(rig.sent.brokerRefused()).isGreaterThan(1);
        assertThat(rig.settled).isEmpty();
        rig.bus.refusal = null;
        rig.after(3);
        assertThat(rig.delivered).containsExactlyInAnyOrder(1L, 2L);
        assertThat(rig.settled).hasSize(2);
    }

    /** It was tried in each turn, with a line each time, and nothing else was. */
    @Test
    void shouldGoOnBehindAMessageThatIsTooLongForNatsUntilItIsNot() {
        rig.longOnes.add(2L);
        rig.bus.bodyMax = 300;
        rig.send(1, 5);
        rig.after(3);
        assertThat(rig.delivered).containsExactly(1L, 3L, 4L, 5L);
        assertThat(rig.settled).as("in the order of sending").hasSize(1);
        assertThat(rig.sent.tooLong()).isEqualTo(1);
        assertThat(rig.tooLong).isTrue();
        assertThat(rig.lines.said)
                .filteredOn(line -> line.startsWith("ERROR"))
                .hasSize(1)
                .first()
                .asString()
                .contains("max_payload");

        rig.bus.bodyMax = 1000; // nats-server was restarted
        rig.bus.connection = 2;
        rig.after(2);
        assertThat(rig.delivered).containsExactly(1L, 3L, 4L, 5L, 2L);
        assertThat(rig.settled).hasSize(5);
        assertThat(rig.tooLong).isFalse();
    }

    /** A stream that refuses one message is tried with the oldest 16: with as many too long ones nothing was tried any more. */
    @Test
    void shouldTryBehindMessagesThatAreTooLongWhetherAStreamTakesMessagesAgain() {
        WireRig wide = new WireRig(true, 2, 32);
        for (long sequence = 1; sequence <= 17; sequence++) {
            wide.longOnes.add(sequence);
        }
        wide.bus.bodyMax = 300;
        wide.bus.refusal = "maximum bytes exceeded";
        wide.send(1, 18);
        wide.sendTenths(3);
        assertThat(wide.sent.brokerRefused()).isPositive();
        wide.bus.refusal = null;
        wide.after(3);
        assertThat(wide.delivered).containsExactly(18L);
    }

    /** It tells whether a stream that was silent answers again, and waited as long as those behind it. */
    @Test
    void shouldTryTheOldestOfThoseThatCanGoOftenerThanTheOthers() {
        rig.longOnes.add(1L);
        rig.bus.bodyMax = 300;
        rig.bus.deaf = true;
        rig.send(1, 2);
        rig.sendTenths(200);
        assertThat(rig.bus.published).as("each second and a quarter at most").hasSizeGreaterThan(12);
    }

    @Test
    void shouldSendAgainWhatADeletedStreamHasLost() {
        rig.send(1, 3);
        rig.sendTurns();
        rig.bus.deleteStream();
        rig.after(4);
        assertThat(rig.delivered).isEqualTo(numbers(1, 3));
        assertThat(rig.settled).hasSize(3);
    }

    @Test
    void shouldNoticeAStreamThatCountsAnew() {
        rig.send(1, 3);
        rig.sendTurns();
        rig.bus.deleteStream();
        rig.send(4, 4);
        rig.clock.advance(WireRig.SECOND_NS);
        rig.sendTurns();
        rig.clock.advance(WireRig.SECOND_NS / 10);
        rig.sendTurns();
        assertThat(rig.bus.asked).as("asked before the confirmations are due").isEqualTo(3);
    }

    @Test
    void shouldNotSendAgainWhatTheStreamStillHolds() {
        rig.send(1, 3);
        rig.sendTurns();
        for (int tenth = 0; tenth < 100; tenth++) {
            rig.clock.advance(WireRig.SECOND_NS / 10);
            rig.publisher.turn();
        }
        assertThat(rig.bus.asked).isBetween(9, 16);
        assertThat(rig.bus.published).hasSize(3);
    }

    /** It was asked with its client's own question, for which each one waited two seconds where JetStream was silent. */
    @Test
    void shouldGoOnWhileTheStreamDoesNotSayWhatItHolds() {
        rig.bus.withholdsAnswers = true;
        rig.bus.losesConfirmations = true;
        rig.send(1, 3);
        rig.after(3);
        assertThat(rig.bus.asked).isPositive();
        rig.bus.losesConfirmations = false;
        rig.send(4, 5);
        rig.after(1);
        assertThat(rig.delivered).isEqualTo(numbers(1, 5));
        assertThat(rig.settled).isEmpty();
        rig.bus.withholdsAnswers = false;
        rig.after(8);
        assertThat(rig.settled).hasSize(5);
        assertThat(rig.delivered).isEqualTo(numbers(1, 5));
    }

    @Test
    void shouldNotTakeALateAnswerForOneAboutTheNextTry() {
        rig.bus.withholdsAnswers = true;
        rig.send(1, 1);
        rig.sendTurns();
        rig.bus.deleteStream();
        rig.bus.ensureStream();
        rig.clock.advance(3 * WireRig.SECOND_NS); // asked
        rig.sendTurns();
        rig.clock.advance(WireRig.SECOND_NS); // asked again
        rig.sendTurns();
        assertThat(rig.bus.asked).isEqualTo(2);
        rig.bus.answerWithheld(2);
        rig.sendTurns();
        rig.clock.advance(WireRig.SECOND_NS / 5); // the second look
        rig.sendTurns();
        rig.clock.advance(WireRig.SECOND_NS); // and again
        rig.sendTurns();
        assertThat(rig.bus.asked).isEqualTo(4);
        assertThat(rig.bus.published)
                .as("one look, however often it was answered")
                .hasSize(1);
        rig.bus.answerWithheld(1);
        rig.sendTurns();
        assertThat(rig.bus.published).hasSize(2);
        rig.bus.answerWithheld(1);
        rig.sendTurns();
        assertThat(rig.bus.published)
                .as("lost once, however often that is said")
                .hasSize(2);
    }

    @Test
    void shouldConfirmAgainAndDeliverOnceWhereAConfirmationWasLost() {
        rig.bus.losesConfirmations = true;
        rig.send(1, 3);
        rig.turns();
        assertThat(rig.settled).isEmpty();
        rig.bus.losesConfirmations = false;
        rig.after(3);
        assertThat(rig.settled).hasSize(3);
        assertThat(rig.delivered).isEqualTo(numbers(1, 3));
        assertThat(rig.got.duplicates()).isEqualTo(3);
        assertThat(rig.bus.published).contains("09090909090909090909090909090909-1.1");
    }

    /** Another rack of the group may have had them, and only that one would know them by their ids. */
    @Test
    void shouldDropWhatIsDeliveredAgainBeforeItIsKept() {
        rig.landingKeeps = false;
        rig.send(1, 2);
        rig.turns();
        rig.bus.redeliver();
        rig.bus.expire();
        rig.turns();
        rig.landingKeeps = true;
        rig.turns();
        assertThat(rig.delivered).isEqualTo(numbers(1, 2));
        assertThat(rig.got.duplicates()).isEqualTo(2);
    }

    @Test
    void shouldWaitForRoomBehindIt() {
        rig.landingFull = true;
        rig.send(1, 3);
        rig.turns();
        assertThat(rig.delivered).isEmpty();
        rig.landingFull = false;
        rig.turns();
        assertThat(rig.delivered).isEqualTo(numbers(1, 3));
    }

    @Test
    void shouldLeaveInTheStreamWhatItHasNoKeyFor() {
        AtomicInteger advised = new AtomicInteger();
        rig.puller(WireRig.advising(2, advised::incrementAndGet));
        rig.send(1, 1);
        rig.turns();
        assertThat(rig.delivered).isEmpty();
        assertThat(advised).as("what helps here").hasValue(1);
        assertThat(rig.bus.answers).contains("-NAK");
        assertThat(rig.bus.inStream()).isEqualTo(1);
        assertThat(rig.settled).isEmpty();
    }

    @Test
    void shouldDropWhatNobodyWithTheKeySealed() {
        rig.receiveTurns();
        rig.bus.inject(WireRig.SUBJECT, new byte[100]);
        rig.turns();
        assertThat(rig.got.unopened()).isEqualTo(1);
        assertThat(rig.bus.answers).containsExactly("+TERM");
        assertThat(rig.bus.inStream()).isZero();
    }

    @Test
    void shouldNotForgetForAForgedConfirmation() {
        rig.send(1, 1);
        rig.sendTurns();
        byte[] forged = Confirmation.write(WireRig.key(2), WireRig.ORIGIN, new long[] {1}, 1);
        rig.bus.publish(Confirmation.subject("east", WireRig.ORIGIN), null, null, forged);
        rig.sendTurns();
        assertThat(rig.settled).isEmpty();
        assertThat(rig.sent.forged()).isEqualTo(1);
        assertThat(rig.lines.said).hasSize(1).first().asString().endsWith("was dropped");

        rig.bus.refusal = "maximum bytes exceeded";
        rig.send(2, 2);
        rig.sendTurns();
        assertThat(rig.lines.said).as("it mutes nothing else").last().asString().contains("maximum bytes exceeded");
    }
}
