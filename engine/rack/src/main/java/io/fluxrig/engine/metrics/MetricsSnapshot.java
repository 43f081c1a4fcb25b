package io.fluxrig.engine.metrics;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every series of a rack at one moment, strips added up. Immutable.
 *
 * @param values counters, levels and probes
 * @param latencies histograms
 */
public record MetricsSnapshot(List<Sample> values, List<Latency> latencies) {

    /** One number; {@code labels} in the order they were given. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /** One histogram: since the start, and in the last interval of about a second. */
    public record Latency(
            String name, Map<String, String> labels, LatencyFigures sinceStart, LatencyFigures lastInterval) {}

    /** The series of that name that carry that label. */
    public Stream<Sample> of(String name, String label, String value) {
        return values.stream()
                .filter(sample -> sample.name().equals(name)
                        && value.equals(sample.labels().get(label)));
    }

    /** The series of that name. */
    public Stream<Sample> of(String name) {
        return values.stream().filter(sample -> sample.name().equals(name));
    }

    /** The sum over all series of that name. */
    public long sum(String name) {
        return Math.round(of(name).mapToDouble(Sample::value).sum());
    }
}
