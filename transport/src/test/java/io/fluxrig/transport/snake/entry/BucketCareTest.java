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
    private final BucketCare care = new BucketCare(
            new EntrySettings("tickets", Duration.ofSeconds(60), 1, true),
            new FakeBus(),
            work::add,
            NOPLogger.NOP_LOGGER);

    @Test
    void shouldTellOnceTheBucketIsThere() {
        care.begin();
        assertThat(care.fault()).isEqualTo(BucketCare.UNDER_WAY);
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
