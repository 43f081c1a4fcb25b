package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MixerWatchTest {
    private static final long START_MS = 1_800_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(MixerWatch.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private long nowMs = START_MS;
    /** What the machine's clock was set by. */
    private long setMs;

    private boolean connected = true;
    private final MixerWatch watch = new MixerWatch(
            () -> Instant.ofEpochMilli(nowMs + setMs), () -> (nowMs - START_MS) * 1_000_000, () -> connected, () -> 0);

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void after(long ms) {
        nowMs += ms;
        watch.turn();
    }

    @Test
    void shouldSaySinceWhenAMixerIsAwayThatDoesNotAnswerThoughNatsIsThere() {
        after(1_000);
        watch.heard();

        after(60_000);
        watch.asked();
        after(MixerWatch.AWAY_MS - 1);
        assertThat(watch.awaySinceMs()).as("it may be starting").isZero();
        watch.asked();
        after(1);
        after(10_000);

        assertThat(watch.answers()).isFalse();
        assertThat(watch.awaySinceMs()).as("when it was asked in vain").isEqualTo(START_MS + 61_000);
        assertThat(watch.awaySeconds()).isEqualTo(25);
        assertThat(watch.into(new JsonObject()))
                .isEqualTo(new JsonObject()
                        .put("mixer_connected", false)
                        .put("mixer_nats_connected", true)
                        .put("mixer_away_since", "2027-01-15T08:01:01Z"));
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith(
                        "no mixer answers over NATS, which is there: asked in vain since 2027-01-15T08:01:01Z, heard of"
                                + " last at 2027-01-15T08:00:01Z. This rack runs on");

        after(10_000);
        watch.heard();
        assertThat(watch.awaySinceMs()).isZero();
        assertThat(watch.awaySeconds()).isZero();
        assertThat(lines()).last().isEqualTo("the mixer is there again, after 35 s");
    }

    @Test
    void shouldLeaveItToItsClientToSayThatNatsIsAway() {
        connected = false;
        after(0);
        after(MixerWatch.AWAY_MS);
        assertThat(watch.awaySinceMs()).isEqualTo(START_MS);
        assertThat(lines()).isEmpty();

        connected = true;
        after(MixerWatch.AWAY_MS - 1);
        assertThat(lines()).as("the mixer comes back with NATS").isEmpty();
        after(1);
        assertThat(lines()).as("NATS is back, and the mixer is not").hasSize(1);
    }

    @Test
    void shouldNoticeInTimeThatItIsAwayWhereTheClockIsSetBack() {
        watch.asked();
        setMs = -3_600_000;
        after(MixerWatch.AWAY_MS);

        assertThat(watch.awaySinceMs()).isEqualTo(START_MS);
        assertThat(watch.awaySeconds()).isEqualTo(15);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void shouldNotTakeAClockThatIsSetAheadForAMixerThatIsAway() {
        watch.asked();
        setMs = 20_000;
        after(MixerWatch.AWAY_MS - 1);

        assertThat(watch.awaySinceMs()).isZero();
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldBelieveThatItIsThereWhileNothingWasAsked() {
        after(3_600_000);

        assertThat(watch.answers()).isTrue();
        assertThat(watch.awaySinceMs()).isZero();
    }
}
