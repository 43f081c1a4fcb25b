package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OutagesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Outages outages = new Outages(2);

    @Test
    void shouldTellTheFirstFailureAndThenOneEachMinute() {
        int told = 0;
        for (int second = 0; second < 180; second += 2) {
            told += outages.failed(1, second * SECOND_NS) ? 1 : 0;
        }

        assertThat(told).isEqualTo(3);
        assertThat(outages.soFar(1, 180 * SECOND_NS)).isEqualTo(" (attempt 90 in 180s)");
    }

    @Test
    void shouldSayWhatItTookOnceItIsOver() {
        assertThat(outages.over(0, 0)).isEmpty();
        outages.failed(0, 0);
        assertThat(outages.soFar(0, 0)).isEmpty();
        outages.failed(0, 2 * SECOND_NS);

        assertThat(outages.over(0, 5 * SECOND_NS)).isEqualTo(" again, after 2 failed attempts in 5s");
        assertThat(outages.failed(0, 6 * SECOND_NS)).isTrue();
    }

    @Test
    void shouldKeepLinksApart() {
        outages.failed(0, 0);

        assertThat(outages.failed(1, SECOND_NS)).isTrue();
    }
}
