package io.fluxrig.engine.metrics;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every metric of a rack. Each strip registers its own counters and writes them alone; whoever reads adds the strips up.
 *
 * <p>Threading: any thread may register (at start) and read; a registration takes a short lock, counting takes none.
 */
public final class RackMetrics {
    private final Map<String, Family> families = new TreeMap<>();

    /**
     * The metrics of one gear on one strip. Asking twice for the same name and labels gives the same object, so that a gear
     * may ask again after a restart.
     */
    public GearMetrics gear(String gear, int strip) {
        return new StripGearMetrics(this, gear, strip);
    }

    /** The families, by name, as they are now. */
    synchronized List<Family> families() {
        return new ArrayList<>(families.values());
    }

    synchronized Counter counter(String name, String help, int strip, List<String> labels) {
        return family(name, help, Family.Kind.COUNTER).counter(strip, labels);
    }

    synchronized Level level(String name, String help, int strip, List<String> labels) {
        return family(name, help, Family.Kind.LEVEL).level(strip, labels);
    }

    synchronized LatencyRecorder latency(String name, String help, int strip, List<String> labels) {
        return family(name, help, Family.Kind.LATENCY).latency(strip, labels);
    }

    private Family family(String name, String help, Family.Kind kind) {
        Family family = families.computeIfAbsent(name, absent -> new Family(name, help, kind));
        if (family.kind() != kind) {
            throw new IllegalStateException(
                    "metric " + name + " is a " + family.kind() + ", asked for as a " + kind + " too");
        }
        return family;
    }
}
