package io.fluxrig.cli.screen;

import io.fluxrig.load.Percentiles;
import java.util.List;
import java.util.Map;

/**
 * How a rack is doing, as it says itself.
 *
 * @param name of the rack, and its scenario with its version
 * @param uptimeNs since it started
 * @param requests that its switch took
 * @param approved by an issuer
 * @param declined by an issuer, or answered without a response code
 * @param errors requests that no issuer answered, by reason, and unmatched answers
 * @param open tickets
 * @param latency from a request taken to its answer handed on
 * @param destinations empty for a rack without a switch
 * @param troubles wires that take nothing or lead nowhere, a mixer that is away
 */
public record RackFigures(
        String name,
        String state,
        long uptimeNs,
        long requests,
        long approved,
        long declined,
        Map<String, Long> errors,
        long open,
        Percentiles latency,
        List<Destination> destinations,
        List<GearLine> gears,
        List<Trouble> troubles) {
    /** Reason of the switch for an answer that no request waits for. */
    public static final String UNMATCHED = "unmatched_reply";

    private static final String SILENT = "no answer for ";

    /**
     * One output port of a switch.
     *
     * @param gear the switch
     * @param name of the port, as the scenario has it
     * @param links connections that are up, or racks that can serve
     * @param up whether requests may go there: a link is up, and the breaker closed
     * @param because why it is not, as the rack says; empty while it is up
     * @param breaker {@code closed}, {@code open} or {@code half_open}
     */
    public record Destination(
            String gear,
            String name,
            long links,
            boolean up,
            String because,
            long inFlight,
            String breaker,
            long requests,
            long answers,
            long timeouts,
            long late) {}

    /**
     * One gear.
     *
     * @param connections -1 if it has none
     */
    public record GearLine(String name, String type, String state, long messages, long connections) {}

    /**
     * What an operator should do something about.
     *
     * @param brief in a few words
     * @param what in one line
     * @param type what to do, beginning with what to type; empty for nothing
     */
    public record Trouble(String brief, String what, String type) {}

    /** The same, of a rack that has not answered since. */
    public RackFigures silentFor(long ns) {
        return new RackFigures(
                name,
                SILENT + Layout.span(ns) + ", was " + state,
                uptimeNs,
                requests,
                approved,
                declined,
                errors,
                open,
                latency,
                destinations,
                gears,
                troubles);
    }

    /** Whether this is what the rack says now. */
    public boolean answering() {
        return !state.startsWith(SILENT);
    }

    /** Those that nothing is sent to, or no more than a few requests to try them. */
    public List<Destination> destinationsDown() {
        return destinations.stream().filter(d -> !d.up()).toList();
    }

    /** Whether it has a switch, the one that counts requests and how they end. */
    public boolean hasSwitch() {
        return gears.stream().anyMatch(gear -> gear.type().equals("conductor"));
    }

    /** Requests that ended, one way or another. */
    public long ended() {
        long refused = errors.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(UNMATCHED))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return approved + declined + refused;
    }

    /** Answers that no open request waited for. */
    public long unmatched() {
        return errors.getOrDefault(UNMATCHED, 0L);
    }

    /** Answers that came after their deadline. */
    public long late() {
        return destinations.stream().mapToLong(Destination::late).sum();
    }

    /** Requests that a destination took and did not answer by their deadline. */
    public long timeouts() {
        return destinations.stream().mapToLong(Destination::timeouts).sum();
    }
}
