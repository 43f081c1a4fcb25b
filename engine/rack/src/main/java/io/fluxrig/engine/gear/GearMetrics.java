package io.fluxrig.engine.gear;

import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;

/**
 * The gear's counters on this strip; the rack adds up the strips when somebody reads. Ask at start, keep the object, count
 * on the hot path. Names are Prometheus names without the {@code fluxrig_} prefix; labels are name, value, name, value.
 * The gear's own name is always a label. No label may hold card data. Names in {@link MetricNames} also show in the rack's
 * status and live view.
 */
public interface GearMetrics {

    Counter counter(String name, String help, String... labels);

    Level level(String name, String help, String... labels);

    /** A histogram of nanoseconds, shown in seconds. */
    LatencyRecorder latency(String name, String help, String... labels);
}
