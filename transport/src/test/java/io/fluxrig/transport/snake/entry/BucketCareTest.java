package io.fluxrig.transport.snake.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.snake.nats.FakeBus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class BucketCareTest {
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final FakeBus bus = new FakeBus();
    private final BucketCare care = new BucketCare(
            new EntrySettings("tickets", Duration.ofSeconds(60), 1, true), bus, work::add, NOPLogger.NOP_LOGGER);

    @Test
    void shouldTellOnceTheBucketIsThere() {
        care.begin();
        assertThat(care.fault()).isEqualTo(BucketCare.UNDER_WAY);
        work.remove().run();
        assertThat(care.fault()).isNull();
    }

    /** Nobody looked again until the next connection: it was under way for good. */
    @Test
    void shouldTellThatAnErrorEndedIt() {
        bus.bucket.fails = new NoClassDefFoundError("as a test wants it");
        care.begin();
        work.remove().run();
        assertThat(care.fault()).contains("as a test wants it");

        care.begin();
        work.remove().run();
        assertThat(care.fault()).isNull();
    }

    /** On a new connection the bucket may be gone. */
    @Test
    void shouldNotTakeAnEarlierAnswerForTheOneThatItWaitsFor() {
        care.begin();
        work.remove().run();
        care.again();
        care.begin();
        work.remove().run();
        assertThat(care.fault()).isEqualTo(BucketCare.UNDER_WAY);
        work.remove().run();
        assertThat(care.fault()).isNull();
    }
}
