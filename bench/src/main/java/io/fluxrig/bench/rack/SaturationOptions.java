package io.fluxrig.bench.rack;

import java.util.List;
import picocli.CommandLine.Option;

/** The closed loop that a benchmark saturates its contestants with; a mixin of its command. */
public final class SaturationOptions {
    @Option(names = "--connections", description = "TCP connections (${DEFAULT-VALUE})")
    private int connections = 32;

    @Option(names = "--in-flight", split = ",", description = "open requests on each, at saturation (1,8)")
    private List<Integer> inFlight = List.of(1, 8);

    public int connections() {
        return connections;
    }

    /** Open requests on each connection: a run for each of these. */
    public List<Integer> inFlight() {
        return List.copyOf(inFlight);
    }
}
