package io.fluxrig.engine.metrics;

import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What all strips recorded in one series: since the start, and in the last interval. Guarded by its registry's lock. */
final class LatencyTotals {
    private final Histogram sinceStart = new Histogram(1, LatencyRecorder.HIGHEST_DEFAULT_NS, 3);
    private final Histogram interval = new Histogram(1, LatencyRecorder.HIGHEST_DEFAULT_NS, 3);

    void drain(List<LatencyRecorder> recorders) {
        interval.reset();
        recorders.forEach(recorder -> recorder.drainInto(interval));
        sinceStart.add(interval);
    }

    Histogram sinceStart() {
        return sinceStart;
    }

    LatencyFigures sinceStartFigures() {
        return LatencyFigures.of(sinceStart);
    }

    LatencyFigures intervalFigures() {
        return LatencyFigures.of(interval);
    }
}
