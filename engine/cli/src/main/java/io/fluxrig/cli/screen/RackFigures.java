package io.fluxrig.cli.screen;

import io.fluxrig.load.Percentiles;
import java.util.List;

/**
 * How a rack is doing, as it says itself.
 *
 * @param name of the rack or its scenario
 * @param uptimeNs since it started
 * @param tps answers a second since the figures before
 * @param openTickets requests in flight
 * @param latency of the whole way through the rack and back
 */
public record RackFigures(
        String name,
        String state,
        long uptimeNs,
        double tps,
        long requests,
        long answered,
        long declined,
        long timeouts,
        long lateReplies,
        long openTickets,
        Percentiles latency,
        List<Destination> destinations) {

    /**
     * One output port of the switch.
     *
     * @param up connections that are up
     * @param breaker {@code closed}, {@code open} or {@code half_open}
     * @param tps requests a second sent there since the figures before
     */
    public record Destination(String name, long up, long inFlight, String breaker, long sent, double tps) {}
}
