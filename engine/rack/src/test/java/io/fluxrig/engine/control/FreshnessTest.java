package io.fluxrig.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private final Freshness fresh = new Freshness();

    private String refusal(String sender, long atMs, long nowMs) {
        return fresh.refusal(sender, 0, atMs, atMs, nowMs);
    }

    @Test
    void shouldBelieveEachMessageOnce() {
        assertThat(refusal("east", 1000, 1000)).isNull();
        assertThat(refusal("east", 1000, 1000)).contains("received before");
        assertThat(refusal("east", 999, 1000)).contains("received before");
        assertThat(refusal("east", 1001, 1000)).isNull();
        assertThat(refusal("west", 1000, 1000)).isNull();
    }

    @Test
    void shouldNotBelieveWhatIsOldOrOfTheFuture() {
        long now = 10_000_000;

        assertThat(refusal("east", now - Freshness.SKEW_MS - 1, now)).contains("set both clocks");
        assertThat(refusal("east", now + Freshness.SKEW_MS + 1, now)).contains("set both clocks");
        assertThat(refusal("east", now - Freshness.SKEW_MS, now)).isNull();
    }

    @Test
    void shouldRiseWhereTheClockStandsStill() {
        RisingClock clock = new RisingClock(() -> Instant.ofEpochMilli(5));

        assertThat(clock.nextMs()).isEqualTo(5);
        assertThat(clock.nextMs()).isEqualTo(6);
    }

    /** What one machine with a clock of its own sends another whose clock is right. */
    private static final class Sender {
        private RisingClock rising = new RisingClock(this::now);
        private long aheadMs;
        private long trueMs = 1_000_000_000;

        private Instant now() {
            return Instant.ofEpochMilli(trueMs + aheadMs);
        }

        void restart() {
            rising = new RisingClock(this::now);
        }

        RisingClock.Moment next() {
            trueMs++;
            return rising.next();
        }
    }

    private String refusal(Sender sender, RisingClock.Moment moment) {
        return fresh.refusal("mixer", 7, moment.atMs(), moment.writtenMs(), sender.trueMs);
    }

    @Test
    void shouldBelieveASenderAgainAsSoonAsItsClockIsRightAgain() {
        Sender sender = new Sender();
        assertThat(refusal(sender, sender.next())).isNull();

        sender.aheadMs = 400L * 86_400_000;
        assertThat(refusal(sender, sender.next())).contains("34560000 s away", "set both clocks");

        sender.aheadMs = 0;
        RisingClock.Moment first = sender.next();
        assertThat(refusal(sender, first)).isNull();
        assertThat(refusal(sender, first)).as("replayed").contains("received before");
        RisingClock.Moment second = sender.next();
        assertThat(refusal(sender, second)).isNull();
        assertThat(refusal(sender, first)).as("replayed out of order").contains("received before");
    }

    @Test
    void shouldBelieveASenderThatIsRestartedAfterItsClockWasAhead() {
        Sender sender = new Sender();
        RisingClock.Moment early = sender.next();
        assertThat(refusal(sender, early)).isNull();
        sender.aheadMs = 7_200_000;
        assertThat(refusal(sender, sender.next())).isNotNull();
        sender.aheadMs = 0;
        RisingClock.Moment ahead = sender.next();
        assertThat(refusal(sender, ahead)).isNull();

        sender.restart();
        RisingClock.Moment again = sender.next();
        assertThat(again.atMs()).isLessThan(ahead.atMs());
        assertThat(refusal(sender, early)).as("replayed").contains("received before");
        assertThat(refusal(sender, again)).isNull();
        assertThat(refusal(sender, again)).as("replayed").contains("received before");
    }

    @Test
    void shouldBelieveNobodyOfAnEarlierEpochWhateverTheClocksDid() {
        Sender sender = new Sender();
        sender.aheadMs = 7_200_000;
        sender.next();
        sender.aheadMs = 0;
        assertThat(refusal(sender, sender.next())).isNull();

        RisingClock.Moment deposed = sender.next();

        assertThat(fresh.refusal("mixer", 6, deposed.atMs(), deposed.writtenMs(), sender.trueMs))
                .contains("received before");
    }

    @Test
    void shouldTakeTheOneTimeOfAnOlderNodeForBoth() {
        Order order = new Order("east", Order.KILL, "", 1, 5);
        assertThat(order.writtenMs()).isEqualTo(5);
        assertThat(new Order("east", Order.KILL, "", 1, 5, null).writtenMs()).isEqualTo(5);
    }
}
