package io.fluxrig.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RackMetricsTest {

    private final RackMetrics metrics = new RackMetrics();

    @Test
    void shouldAddUpStripsAndWriteTheTextFormat() {
        metrics.gear("sw", 0).counter("requests_total", "Requests taken.").add(3);
        metrics.gear("sw", 1).counter("requests_total", "Requests taken.").increment();
        metrics.gear("door", 0)
                .counter("refused_total", "Why\nnot \\ ever.", "reason", "a \"quoted\" \\ reason\n")
                .increment();
        metrics.gear("sw", 0).level("in_flight", "Open.").set(5);
        metrics.gear("sw", 1).level("in_flight", "Open.").set(-2);

        assertThat(metrics.prometheus()).isEqualTo("""
                        # HELP fluxrig_in_flight Open.
                        # TYPE fluxrig_in_flight gauge
                        fluxrig_in_flight{gear="sw"} 3
                        # HELP fluxrig_refused_total Why\\nnot \\\\ ever.
                        # TYPE fluxrig_refused_total counter
                        fluxrig_refused_total{gear="door",reason="a \\"quoted\\" \\\\ reason\\n"} 1
                        # HELP fluxrig_requests_total Requests taken.
                        # TYPE fluxrig_requests_total counter
                        fluxrig_requests_total{gear="sw"} 4
                        """);
    }

    @Test
    void shouldShowTheWorstStateOfAllStrips() {
        for (int strip = 0; strip < 3; strip++) {
            metrics.gear("sw", strip)
                    .level(MetricNames.DESTINATION_BREAKER, "Breaker.", "destination", "out_a")
                    .set(strip == 1 ? MetricNames.BREAKER_OPEN : MetricNames.BREAKER_CLOSED);
        }
        assertThat(metrics.snapshot().of(MetricNames.DESTINATION_BREAKER, "destination", "out_a"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.value()).isEqualTo(MetricNames.BREAKER_OPEN));
    }

    @Test
    void shouldWriteHistogramsInSecondsAsOfTheLastTick() {
        LatencyRecorder first = metrics.gear("sw", 0).latency("latency_seconds", "Time.");
        LatencyRecorder second = metrics.gear("sw", 1).latency("latency_seconds", "Time.");
        first.record(60_000);
        second.record(200_000);
        second.record(40_000_000_000L);
        assertThat(metrics.prometheus()).contains("fluxrig_latency_seconds_count{gear=\"sw\"} 0\n");
        metrics.tick();
        assertThat(metrics.prometheus())
                .contains(
                        "# TYPE fluxrig_latency_seconds histogram\n",
                        "fluxrig_latency_seconds_bucket{gear=\"sw\",le=\"0.00005\"} 0\n",
                        "fluxrig_latency_seconds_bucket{gear=\"sw\",le=\"0.0001\"} 1\n",
                        "fluxrig_latency_seconds_bucket{gear=\"sw\",le=\"0.00025\"} 2\n",
                        "fluxrig_latency_seconds_bucket{gear=\"sw\",le=\"30\"} 2\n",
                        "fluxrig_latency_seconds_bucket{gear=\"sw\",le=\"+Inf\"} 3\n",
                        "fluxrig_latency_seconds_count{gear=\"sw\"} 3\n",
                        "fluxrig_latency_quantile_seconds{gear=\"sw\",quantile=\"0.5\"} 0.0002");
    }

    @Test
    void shouldTellTheLastIntervalFromTheWhole() {
        LatencyRecorder recorder = metrics.gear("sw", 0).latency("latency_seconds", "Time.");
        recorder.record(1_000_000);
        metrics.tick();
        recorder.record(9_000_000);
        metrics.tick();
        MetricsSnapshot.Latency latency = metrics.snapshot().latencies().get(0);
        assertThat(latency.sinceStart().count()).isEqualTo(2);
        assertThat(latency.lastInterval().count()).isEqualTo(1);
        assertThat(latency.lastInterval().p50Ns()).isBetween(8_990_000L, 9_010_000L);
        metrics.tick();
        assertThat(metrics.snapshot().latencies().get(0).lastInterval()).isEqualTo(LatencyFigures.NONE);
    }

    @Test
    void shouldGiveTheSameCounterWhenAskedAgain() {
        assertThat(metrics.gear("a", 0).counter("x_total", "X.", "k", "v"))
                .isSameAs(metrics.gear("a", 0).counter("x_total", "X.", "k", "v"))
                .isNotSameAs(metrics.gear("a", 1).counter("x_total", "X.", "k", "v"));
    }

    @Test
    void shouldRefuseOneNameForTwoKindsAndBadNames() {
        metrics.gear("a", 0).counter("x", "X.");
        assertThatThrownBy(() -> metrics.gear("a", 0).level("x", "X.")).hasMessageContaining("metric x is a COUNTER");
        assertThatThrownBy(() -> metrics.gear("a", 0).level("Bad-Name", "X.")).hasMessageContaining("Bad-Name");
        assertThatThrownBy(() -> metrics.gear("a", 0).level("y", "Y.", "odd")).hasMessageContaining("count=1");
    }

    @Test
    void shouldWriteALevelForEachThatThereIsWhenSomebodyReads() {
        Map<String, Double> racks = new TreeMap<>(Map.of("east", 1.5, "west", 2.0));
        metrics.levels("rack_rate", "Rate.", "rack", () -> racks);
        assertThat(metrics.prometheus()).isEqualTo("""
                        # HELP fluxrig_rack_rate Rate.
                        # TYPE fluxrig_rack_rate gauge
                        fluxrig_rack_rate{rack="east"} 1.5
                        fluxrig_rack_rate{rack="west"} 2
                        """);

        racks.remove("east");

        assertThat(metrics.prometheus()).contains("west").doesNotContain("east");
        assertThat(metrics.snapshot().sum("rack_rate")).isEqualTo(2);
    }

    @Test
    void shouldTakeTheNumbersOfSomeNamesAlone() {
        metrics.gear("sw", 0).counter("a_total", "A.").add(3);
        metrics.gear("sw", 1).counter("a_total", "A.").increment();
        metrics.gear("sw", 0).counter("b_total", "B.").increment();
        metrics.gear("sw", 0).latency("c_seconds", "C.").record(1);

        MetricsSnapshot some = metrics.snapshot(Set.of("a_total", "c_seconds", "d_total"));

        assertThat(some.values())
                .singleElement()
                .satisfies(one -> assertThat(one.value()).isEqualTo(4));
        assertThat(some.latencies()).isEmpty();
    }

    @Test
    void shouldTellOfTheProcess() {
        ProcessMetrics.register(metrics);
        assertThat(metrics.prometheus())
                .contains("fluxrig_jvm_memory_bytes{area=\"heap\",state=\"used\"} ")
                .contains("fluxrig_jvm_gc_total{collector=")
                .contains("fluxrig_netty_buffer_bytes ")
                .contains("# TYPE fluxrig_process_cpu_seconds_total counter");
    }
}
