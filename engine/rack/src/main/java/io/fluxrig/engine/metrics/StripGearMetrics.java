package io.fluxrig.engine.metrics;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.ArrayList;
import java.util.List;

/** One gear's view of the registry on one strip: puts the gear's name in front of every label list. */
record StripGearMetrics(RackMetrics registry, String gear, int strip) implements GearMetrics {

    @Override
    public Counter counter(String name, String help, String... labels) {
        return registry.counter(name, help, strip, withGear(labels));
    }

    @Override
    public Level level(String name, String help, String... labels) {
        return registry.level(name, help, strip, withGear(labels));
    }

    @Override
    public LatencyRecorder latency(String name, String help, String... labels) {
        return registry.latency(name, help, strip, withGear(labels));
    }

    private List<String> withGear(String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("labels are name, value, name, value: count=" + labels.length);
        }
        List<String> all = new ArrayList<>(labels.length + 2);
        all.add("gear");
        all.add(gear);
        all.addAll(List.of(labels));
        return List.copyOf(all);
    }
}
