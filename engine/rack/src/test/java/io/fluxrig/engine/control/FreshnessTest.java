package io.fluxrig.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private final Freshness fresh = new Freshness();

    @Test
    void shouldBelieveEachMessageOnce() {
        assertThat(fresh.refusal("east", 0, 1000, 1000)).isNull();
        assertThat(fresh.refusal("east", 0, 1000, 1000)).contains("received before");
        assertThat(fresh.refusal("east", 0, 999, 1000)).contains("received before");
        assertThat(fresh.refusal("east", 0, 1001, 1000)).isNull();
        assertThat(fresh.refusal("west", 0, 1000, 1000)).isNull();
    }

    @Test
    void shouldNotBelieveWhatIsOldOrOfTheFuture() {
        long now = 10_000_000;

        assertThat(fresh.refusal("east", 0, now - Freshness.SKEW_MS - 1, now)).contains("set both clocks");
        assertThat(fresh.refusal("east", 0, now + Freshness.SKEW_MS + 1, now)).contains("set both clocks");
        assertThat(fresh.refusal("east", 0, now - Freshness.SKEW_MS, now)).isNull();
    }

    @Test
    void shouldRiseWhereTheClockStandsStill() {
        RisingClock clock = new RisingClock(() -> Instant.ofEpochMilli(5));

        assertThat(clock.nextMs()).isEqualTo(5);
        assertThat(clock.nextMs()).isEqualTo(6);
    }
}
