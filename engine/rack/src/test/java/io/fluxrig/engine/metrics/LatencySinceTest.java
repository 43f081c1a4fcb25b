package io.fluxrig.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.latency.LatencyRecorder;
import org.junit.jupiter.api.Test;

class LatencySinceTest {
    private static final String NAME = "latency_seconds";

    private final RackMetrics metrics = new RackMetrics();
    private final LatencySince since = new LatencySince(metrics, NAME);

    @Test
    void shouldHaveNothingOfAHistogramThatThereIsNot() {
        assertThat(since.next()).isEqualTo(LatencyFigures.NONE);
    }

    @Test
    void shouldTellWhatCameSinceTheLastReadingHoweverManyTicksThereWere() {
        LatencyRecorder first = metrics.gear("a", 0).latency(NAME, "Time.");
        LatencyRecorder second = metrics.gear("b", 1).latency(NAME, "Time.");
        metrics.gear("a", 0).latency("other_seconds", "Time.").record(1);
        first.record(90_000_000);
        metrics.tick();
        assertThat(since.next().count()).isEqualTo(1);

        first.record(1_000_000);
        metrics.tick();
        second.record(3_000_000);
        metrics.tick();
        metrics.tick();
        LatencyFigures figures = since.next();

        assertThat(figures.count()).isEqualTo(2);
        assertThat(figures.p50Ns()).isBetween(999_000L, 1_001_000L);
        assertThat(figures.p99Ns()).isBetween(2_990_000L, 3_010_000L);
        assertThat(since.next()).isEqualTo(LatencyFigures.NONE);
        assertThat(metrics.snapshot().latencies().get(0).sinceStart().count())
                .as("nothing is taken from who reads the same histogram")
                .isEqualTo(2);
    }
}
