package io.fluxrig.bench.rack;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How the rack of a benchmark is to run; a mixin of its command. */
public final class RackOptions {
    @Option(names = "--strips", description = "event loops of the rack, and of a relay beside it (${DEFAULT-VALUE})")
    private int strips = 1;

    @Option(
            names = "--rack-flag",
            paramLabel = "FLAG",
            description = "JVM flag of the rack, e.g. -XX:StartFlightRecording=filename=x.jfr")
    private List<String> flags = new ArrayList<>();

    @Option(
            names = "--rack-set",
            paramLabel = "KEY=VALUE",
            description = "node key of the rack, e.g. rack.busy_wait=true")
    private List<String> settings = new ArrayList<>();

    public int strips() {
        return strips;
    }

    /** Flags of the rack's JVM, beside those that the benchmark gives it. */
    public List<String> flags() {
        return List.copyOf(flags);
    }

    /** {@code key=value} of the rack's node file, the number of strips among them. */
    public List<String> settings() {
        List<String> all = new ArrayList<>();
        all.add("rack.strips=" + strips);
        all.addAll(settings);
        return all;
    }
}
