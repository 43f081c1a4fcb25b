package io.fluxrig.engine.metrics;

import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All series of one metric name: for each set of labels, one instance a strip. Guarded by its registry's lock. */
final class Family {

    enum Kind {
        COUNTER,
        LEVEL,
        LATENCY
    }

    private final String name;
    private final String help;
    private final Kind kind;
    private final Map<List<String>, Series> series = new LinkedHashMap<>();

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
        return (LatencyRecorder) of(labels).strips.computeIfAbsent(strip, absent -> new LatencyRecorder());
    }

    List<Series> series() {
        return Collections.unmodifiableList(new ArrayList<>(series.values()));
    }

    private Series of(List<String> labels) {
        return series.computeIfAbsent(labels, Series::new);
    }

    /** One set of labels and its instance on each strip. */
    static final class Series {
        private final List<String> labels;
        private final Map<Integer, Object> strips = new LinkedHashMap<>();

        Series(List<String> labels) {
            this.labels = labels;
        }

        List<String> labels() {
            return labels;
        }
    }
}
