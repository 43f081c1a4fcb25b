package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.Bus;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How little a sender gives a stream that says nothing or takes nothing, and how soon it gives all again. */
class PublishPaceTest {
    private static final int WINDOW = 256;

    /** {@code snake.ack_wait} is a second. */
    private final WireRig rig = new WireRig(false, 30, WINDOW);

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private void fillWindow() {
        rig.send(1, WINDOW);
        rig.sendTurns();
        assertThat(rig.bus.published).hasSize(WINDOW);
    }

    /** As where no server commits: the whole window went into its log again each second. */
    @Test
    void shouldTryAStreamThatSaysNothingWithItsOldestOnly() {
        rig.bus.losesAcknowledgements = true;
        fillWindow();
        rig.sendTenths(600);

        List<String> again = rig.bus.published.subList(WINDOW, rig.bus.published.size());
        assertThat(again.size()).as("in a minute").isBetween(60, 180);
        assertThat(new HashSet<>(again)).hasSize(PublishPace.PROBE);
        long oldest = again.stream().filter(again.get(0)::equals).count();
        assertThat(oldest).as("the oldest, each second or so").isBetween(40L, 80L);
    }

    @Test
    void shouldGiveAllAgainOnceTheStreamAnswers() {
        rig.bus.losesAcknowledgements = true;
        fillWindow();
        rig.sendTenths(600);
        rig.bus.losesAcknowledgements = false;
        rig.sendTenths(25);

        assertThat(rig.settled).hasSize(WINDOW);
        int before = rig.bus.published.size();
        rig.send(WINDOW + 1, 2 * WINDOW);
        rig.sendTurns();
        assertThat(rig.bus.published).hasSize(before + WINDOW);
        assertThat(rig.settled).hasSize(2 * WINDOW);
    }

    /** What was lost while the stream said nothing, too. */
    @Test
    void shouldBringAllToItsReceiverOnceTheStreamTakesIt() {
        WireRig confirmed = new WireRig(true, 2, WINDOW);
        confirmed.turns();
        confirmed.bus.deaf = true;
        confirmed.send(1, WINDOW + 5);
        confirmed.after(40);
        confirmed.bus.deaf = false;
        confirmed.bus.expire(); // what was asked for meanwhile
        confirmed.after(20);

        assertThat(confirmed.delivered).containsExactlyInAnyOrderElementsOf(numbers(1, WINDOW + 5));
        assertThat(confirmed.settled).hasSize(WINDOW + 5);
    }

    @Test
    void shouldTryAFullStreamWithItsOldestOnly() {
        rig.bus.refusal = "maximum bytes exceeded";
        fillWindow();
        rig.sendTenths(600);
        int again = rig.bus.published.size() - WINDOW;
        assertThat(again).as("each of the oldest, a second").isBetween(PublishPace.PROBE * 30, PublishPace.PROBE * 70);

        rig.bus.refusal = null;
        rig.sendTenths(20);
        assertThat(rig.settled).hasSize(WINDOW);
    }

    @Test
    void shouldBeginWithFewOverANewConnection() {
        rig.bus.losesAcknowledgements = true;
        fillWindow();
        rig.bus.connection = 2;
        rig.clock.advance(WireRig.SECOND_NS / 10);
        rig.sendTurns();
        assertThat(rig.bus.published).hasSize(WINDOW + PublishPace.PROBE);
        rig.bus.losesAcknowledgements = false;
        rig.bus.connection = 3;
        rig.sendTenths(2);
        assertThat(rig.settled).hasSize(WINDOW);
    }

    @Test
    void shouldSendAgainAfterAckWaitWhereOneAcknowledgementIsLost() {
        rig.bus.losesAcknowledgements = true;
        rig.send(1, 1);
        rig.sendTurns();
        rig.bus.losesAcknowledgements = false;
        for (long sequence = 2; sequence <= 10; sequence++) { // others are answered meanwhile
            rig.send(sequence, sequence);
            rig.sendTenths(1);
        }
        assertThat(rig.bus.published).hasSize(10);
        rig.sendTenths(2);
        assertThat(rig.bus.published).hasSize(11).last().isEqualTo(rig.bus.published.get(0));
        rig.send(11, 100);
        rig.sendTurns();
        assertThat(rig.settled).as("and all others go on").hasSize(100);
    }

    @Test
    void shouldAskOnlyAboutTheOldestOfWhatTheStreamHadBefore() {
        WireRig confirmed = new WireRig(true, 30, WINDOW);
        confirmed.bus.losesAcknowledgements = true;
        confirmed.send(1, WINDOW);
        confirmed.sendTurns();
        confirmed.bus.losesAcknowledgements = false;
        confirmed.sendTenths(20);
        assertThat(confirmed.sent.stored()).isEqualTo(WINDOW);
        assertThat(confirmed.bus.asked).isBetween(1, 3);
    }

    @Test
    void shouldWaitLongerEachTimeForAnAnswerThatDoesNotCome() {
        PublishPace pace = new PublishPace(WINDOW, 1000, new Random(1), 0);
        assertThat(pace.waitNs(0, false)).isEqualTo(1000);
        assertThat(pace.waitNs(1, false)).isBetween(1500L, 2500L);
        assertThat(pace.waitNs(4, false)).isBetween(12_000L, 20_000L);
        assertThat(pace.waitNs(100, false)).isBetween(12_000L, 20_000L);
        assertThat(pace.waitNs(100, true)).as("the oldest").isBetween(750L, 1250L);
        assertThat(LongStream.range(0, 100)
                        .map(i -> pace.waitNs(1, false))
                        .distinct()
                        .count())
                .isGreaterThan(50);
    }

    @Test
    void shouldHoldAllWithoutAConnection() {
        rig.bus.connection = Bus.DOWN;
        rig.send(1, WINDOW);
        rig.sendTenths(100);
        assertThat(rig.bus.published).isEmpty();
    }
}
