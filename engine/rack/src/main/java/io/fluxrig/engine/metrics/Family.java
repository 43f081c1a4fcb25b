package io.fluxrig.engine.metrics;

import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** All series of one metric name: for each set of labels, one instance a strip. Guarded by its registry's lock. */
final class Family {

    enum Kind {
        COUNTER,
        LEVEL,
        LATENCY,
        /** Asked for when somebody reads, only rises. */
        PROBED_COUNTER,
        /** Asked for when somebody reads. */
        PROBED_LEVEL
    }

    private final String name;
    private final String help;
    private final Kind kind;
    private final Map<List<String>, Series> series = new LinkedHashMap<>();
    private String label;
    /** A number for each value of {@link #label}, null for series that stay. */
    private Supplier<Map<String, Double>> values;

    Family(String name, String help, Kind kind) {
        this.name = name;
        this.help = help;
        this.kind = kind;
    }

    String name() {
        return name;
    }

    String help() {
        return help;
    }

    Kind kind() {
        return kind;
    }

    Counter counter(int strip, List<String> labels) {
        return (Counter) of(labels).strips.computeIfAbsent(strip, absent -> new Counter());
    }

    Level level(int strip, List<String> labels) {
        return (Level) of(labels).strips.computeIfAbsent(strip, absent -> new Level());
    }

    LatencyRecorder latency(int strip, List<String> labels) {
        Series own = of(labels);
        if (own.figures == null) {
            own.figures = new LatencyTotals();
        }
        return (LatencyRecorder) own.strips.computeIfAbsent(strip, absent -> new LatencyRecorder());
    }

    void probe(List<String> labels, DoubleSupplier value) {
        of(labels).strips.put(0, value);
    }

    void probe(String ofEach, Supplier<Map<String, Double>> asked) {
        label = ofEach;
        values = asked;
    }

    Collection<Series> series() {
        if (values != null) {
            List<Series> now = new ArrayList<>();
            values.get().forEach((each, value) -> {
                Series one = new Series(List.of(label, each));
                one.strips.put(0, (DoubleSupplier) () -> value);
                now.add(one);
            });
            return now;
        }
        return Collections.unmodifiableCollection(series.values());
    }

    /** Whether the strips' values show as their highest instead of their sum. */
    boolean isState() {
        return kind == Kind.LEVEL && name.endsWith("_state");
    }

    private Series of(List<String> labels) {
        return series.computeIfAbsent(labels, Series::new);
    }

    /** One set of labels and its instance on each strip. */
    final class Series {
        private final List<String> labels;
        private final Map<Integer, Object> strips = new TreeMap<>();
        private LatencyTotals figures;

        Series(List<String> labels) {
            this.labels = labels;
        }

        /** Name, value, name, value. */
        List<String> labels() {
            return labels;
        }

        /** The strips' values added up, of a counter, a level or a probe. */
        double value() {
            double sum = 0;
            double highest = 0;
            for (Object instance : strips.values()) {
                double value = valueOf(instance);
                sum += value;
                highest = Math.max(highest, value);
            }
            return isState() ? highest : sum;
        }

        /** Takes what the strips recorded since the last time into the totals. */
        void drain() {
            List<LatencyRecorder> recorders = new ArrayList<>();
            strips.values().forEach(instance -> recorders.add((LatencyRecorder) instance));
            figures.drain(recorders);
        }

        LatencyTotals figures() {
            return figures;
        }

        private static double valueOf(Object instance) {
            if (instance instanceof Counter counter) {
                return counter.get();
            }
            if (instance instanceof Level level) {
                return level.get();
            }
            return ((DoubleSupplier) instance).getAsDouble();
        }
    }
}
