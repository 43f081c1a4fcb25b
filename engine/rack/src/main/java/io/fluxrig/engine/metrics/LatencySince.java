package io.fluxrig.engine.metrics;

import io.fluxrig.perf.latency.LatencyRecorder;
import org.HdrHistogram.Histogram;

/**
 * What a histogram recorded between two readings of its own, all gears and strips together: for whoever asks less often than the ticks
 * come, without a word in when those are. Holds about 0.7 MB. One thread.
 */
public final class LatencySince {
    private final RackMetrics metrics;
    private final String name;
    private final Histogram interval = histogram();
    private Histogram before = histogram();
    private Histogram now = histogram();

    /** @param name of the histogram; there may be none yet */
    public LatencySince(RackMetrics metrics, String name) {
        this.metrics = metrics;
        this.name = name;
    }

    /** What was recorded from the last tick before the last call to the last tick; at first, since the start. */
    public LatencyFigures next() {
        now.reset();
        metrics.addTo(now, name);
        interval.reset();
        interval.add(now);
        interval.subtract(before);
        Histogram spare = before;
        before = now;
        now = spare;
        return LatencyFigures.of(interval);
    }

    private static Histogram histogram() {
        return new Histogram(1, LatencyRecorder.HIGHEST_DEFAULT_NS, LatencyRecorder.DIGITS_DEFAULT);
    }
}
