package io.fluxrig.bench.soak;

import io.fluxrig.load.Percentiles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Latency of one quiet phase: no fault, open loop, always the same rate.
 *
 * @param p50Us in microseconds
 * @param p99Us in microseconds
 */
record Calm(double p50Us, double p99Us) {
    static Calm of(Percentiles latency) {
        return new Calm(latency.p50Ns() / 1e3, latency.p99Ns() / 1e3);
    }

    /** The median p99 of the last third of the phases through that of the first third; 1 where there are fewer than three. */
    static double drift(List<Calm> phases) {
        int third = phases.size() / 3;
        if (third == 0) {
            return 1;
        }
        return medianP99(phases.subList(phases.size() - third, phases.size())) / medianP99(phases.subList(0, third));
    }

    static double medianP99(List<Calm> phases) {
        double[] sorted = phases.stream().mapToDouble(Calm::p99Us).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    Map<String, Object> fields() {
        return Map.of("p50_us", p50Us, "p99_us", p99Us);
    }
}
