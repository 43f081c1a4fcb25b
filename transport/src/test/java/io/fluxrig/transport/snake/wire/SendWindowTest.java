package io.fluxrig.transport.snake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.ends.JournalTap;
import org.junit.jupiter.api.Test;

class SendWindowTest {
    private static final byte[] BODY = new byte[10];

    private final SendWindow window = new SendWindow(4, 1000, true);

    private long published(long sequence) {
        long number = window.add(sequence, 3, BODY);
        window.published(number, 50);
        return number;
    }

    @Test
    void shouldSettleAMessageOnceItsReceiverHasIt() {
        long number = published(7);
        assertThat(window.stored(number, 1, 100)).isTrue();
        assertThat(window.settle()).isEqualTo(-1);
        assertThat(window.confirmed(7)).isTrue();
        assertThat(window.settle()).isEqualTo(3);
        assertThat(window.isEmpty()).isTrue();
    }

    @Test
    void shouldFindMessagesOfSeveralOpeningsOfAJournalAndNoOtherOfTheSameSequence() {
        long before = JournalTap.number(-1, 7);
        long after = JournalTap.number(1L << 41, 8);
        published(before);
        published(after);

        assertThat(window.confirmed(JournalTap.number(1L << 50, 7)))
                .as("another journal's copy")
                .isFalse();
        assertThat(window.confirmed(after)).isTrue();
        assertThat(window.confirmed(before)).isTrue();
    }

    /** None was found from there on, and none of their confirmations believed. */
    @Test
    void shouldFindMessagesBeforeAndBehindTheLastSequence() {
        long last = (1L << 40) - 1;
        long[] numbers = new long[4];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = JournalTap.number(1L << 50, last - 1 + i);
            published(numbers[i]);
        }

        for (long number : numbers) {
            assertThat(window.confirmed(number)).as("%x", number).isTrue();
        }
        assertThat(window.confirmed(JournalTap.number(1L << 50, 2))).isFalse();
    }

    @Test
    void shouldSettleAStoredMessageWhereNobodyConfirms() {
        SendWindow broker = new SendWindow(4, 1000, false);
        long number = broker.add(1, 2, BODY);
        broker.published(number, 50);
        broker.stored(number, 1, 100);
        assertThat(broker.settle()).isEqualTo(2);
    }

    @Test
    void shouldSettleInTheOrderOfSendingOnly() {
        published(5);
        published(9);
        assertThat(window.confirmed(9)).isTrue();
        assertThat(window.settle()).isEqualTo(-1);
        assertThat(window.confirmed(5)).isTrue();
        assertThat(window.settle()).isEqualTo(3);
        assertThat(window.settle()).isEqualTo(3);
    }

    @Test
    void shouldTakeNoMoreThanItsCapacity() {
        for (int sequence = 1; sequence <= 4; sequence++) {
            assertThat(window.room()).isTrue();
            published(sequence);
        }
        assertThat(window.room()).isFalse();
        window.confirmed(1);
        window.settle();
        assertThat(window.room()).isTrue();
    }

    @Test
    void shouldTakeNoMoreBytesThanItMay() {
        SendWindow small = new SendWindow(4, 15, true);
        small.add(1, 0, BODY);
        assertThat(small.room()).isTrue();
        small.add(2, 0, BODY);
        assertThat(small.room()).isFalse();
    }

    @Test
    void shouldCountALossSoThatTheStreamTakesTheMessageAgain() {
        long number = published(7);
        window.stored(number, 1, 100);
        window.lost(number);
        assertThat(window.state(number)).isEqualTo(SendWindow.WAITING);
        assertThat(window.losses(number)).isEqualTo(1);
        assertThat(window.waiting()).isEqualTo(1);
        assertThat(window.due(number, 0)).isTrue();
    }

    @Test
    void shouldKeepItsIdentityOverARetryAndWaitUntilItIsDue() {
        long number = published(7);
        window.retry(number, 200);
        assertThat(window.losses(number)).isZero();
        assertThat(window.tries(number)).isEqualTo(1);
        assertThat(window.due(number, 199)).isFalse();
        assertThat(window.due(number, 200)).isTrue();
    }

    @Test
    void shouldTakeAConfirmationThatOvertakesTheStreamsAnswer() {
        long number = published(7);
        assertThat(window.confirmed(7)).isTrue();
        assertThat(window.stored(number, 1, 100)).isFalse();
        assertThat(window.settle()).isEqualTo(3);
    }

    @Test
    void shouldNotKnowWhatItDoesNotHold() {
        published(7);
        assertThat(window.confirmed(6)).isFalse();
        assertThat(window.confirmed(8)).isFalse();
        assertThat(window.holds(0)).isTrue();
        assertThat(window.holds(1)).isFalse();
    }
}
