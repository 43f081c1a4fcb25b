package io.fluxrig.cli.screen;

import io.fluxrig.load.Counts;
import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Progress;

/**
 * How a load is doing. Times in nanoseconds.
 *
 * @param phase of {@link Progress.Phase}
 * @param total latencies so far, timeouts left out
 */
public record LoadFigures(
        Progress.Phase phase, long elapsedNs, long durationNs, double tps, Counts counts, Percentiles total) {

    public static LoadFigures of(Progress progress, long durationNs) {
        return new LoadFigures(
                progress.phase(),
                progress.elapsedNs(),
                durationNs,
                progress.tps(),
                progress.counts(),
                progress.total());
    }
}
