package io.fluxrig.engine.metrics;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.metrics.Family.Kind;
import io.fluxrig.engine.metrics.Family.Series;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Every metric of a rack. Each strip registers its own counters and writes them alone; whoever reads adds the strips up.
 *
 * <p>Threading: any thread may register (at start) and read; both take a short lock, counting takes none. Histograms are
 * gathered by {@link #tick}, about once a second by one owner; readers see the state of the last tick.
 */
public final class RackMetrics {
    /** The content type of {@link #prometheus}. */
    public static final String CONTENT_TYPE = PrometheusText.CONTENT_TYPE;

    private final Map<String, Family> families = new TreeMap<>();

    /**
     * The metrics of one gear on one strip. Asking twice for the same name and labels gives the same object, so that a gear
     * may ask again after a restart.
     */
    public GearMetrics gear(String gear, int strip) {
        return new StripGearMetrics(this, gear, strip);
    }

    /** A number that is asked for whenever somebody reads; the last one registered under a name and labels holds. */
    public synchronized void level(String name, String help, DoubleSupplier value, String... labels) {
        family(name, help, Kind.PROBED_LEVEL).probe(List.of(labels), value);
    }

    /** A number that only rises, asked for whenever somebody reads. */
    public synchronized void counter(String name, String help, DoubleSupplier value, String... labels) {
        family(name, help, Kind.PROBED_COUNTER).probe(List.of(labels), value);
    }

    /** A level for each value of a label, asked for whenever somebody reads: for those that there are then. */
    public synchronized void levels(String name, String help, String label, Supplier<Map<String, Double>> values) {
        family(name, help, Kind.PROBED_LEVEL).probe(label, values);
    }

    /** A histogram of nanoseconds that belongs to a strip and to no gear. */
    public LatencyRecorder latency(String name, String help, int strip, String... labels) {
        return latency(name, help, strip, List.of(labels));
    }

    /** Ends the histograms' interval: what was recorded since the last tick becomes the last interval. */
    public synchronized void tick() {
        for (Family family : families.values()) {
            if (family.kind() == Kind.LATENCY) {
                family.series().forEach(Series::drain);
            }
        }
    }

    /** Every series, strips added up; histograms as of the last tick. */
    public synchronized MetricsSnapshot snapshot() {
        List<MetricsSnapshot.Sample> values = new ArrayList<>();
        List<MetricsSnapshot.Latency> latencies = new ArrayList<>();
        for (Family family : families.values()) {
            for (Series series : family.series()) {
                if (family.kind() == Kind.LATENCY) {
                    latencies.add(latency(family, series));
                } else {
                    values.add(new MetricsSnapshot.Sample(family.name(), labels(series.labels()), series.value()));
                }
            }
        }
        return new MetricsSnapshot(List.copyOf(values), List.copyOf(latencies));
    }

    /** The numbers of those names, strips added up: much cheaper than {@link #snapshot()}, and without histograms. */
    public synchronized MetricsSnapshot snapshot(Set<String> names) {
        List<MetricsSnapshot.Sample> values = new ArrayList<>();
        for (Family family : families.values()) {
            if (family.kind() != Kind.LATENCY && names.contains(family.name())) {
                for (Series series : family.series()) {
                    values.add(new MetricsSnapshot.Sample(family.name(), labels(series.labels()), series.value()));
                }
            }
        }
        return new MetricsSnapshot(List.copyOf(values), List.of());
    }

    /** Every series of one histogram as of the last tick; none if there is none of that name. */
    public synchronized List<MetricsSnapshot.Latency> latencies(String name) {
        Family family = families.get(name);
        return family == null
                ? List.of()
                : family.series().stream()
                        .map(series -> latency(family, series))
                        .toList();
    }

    private static MetricsSnapshot.Latency latency(Family family, Series series) {
        return new MetricsSnapshot.Latency(
                family.name(),
                labels(series.labels()),
                series.figures().sinceStartFigures(),
                series.figures().intervalFigures());
    }

    /** Adds what every series of a histogram has recorded since the start, as of the last tick; nothing if there is none. */
    synchronized void addTo(Histogram total, String name) {
        Family family = families.get(name);
        if (family != null) {
            family.series().forEach(series -> total.add(series.figures().sinceStart()));
        }
    }

    /** Everything in Prometheus' text exposition format 0.0.4. */
    public synchronized String prometheus() {
        return PrometheusText.write(families.values());
    }

    synchronized Counter counter(String name, String help, int strip, List<String> labels) {
        return family(name, help, Kind.COUNTER).counter(strip, labels);
    }

    synchronized Level level(String name, String help, int strip, List<String> labels) {
        return family(name, help, Kind.LEVEL).level(strip, labels);
    }

    synchronized LatencyRecorder latency(String name, String help, int strip, List<String> labels) {
        return family(name, help, Kind.LATENCY).latency(strip, labels);
    }

    private Family family(String name, String help, Kind kind) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("metric name " + name + ": use lower-case letters, digits and '_'");
        }
        Family family = families.computeIfAbsent(name, absent -> new Family(name, help, kind));
        if (family.kind() != kind) {
            throw new IllegalStateException(
                    "metric " + name + " is a " + family.kind() + ", asked for as a " + kind + " too");
        }
        return family;
    }

    private static Map<String, String> labels(List<String> pairs) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            labels.put(pairs.get(i), pairs.get(i + 1));
        }
        return labels;
    }
}
