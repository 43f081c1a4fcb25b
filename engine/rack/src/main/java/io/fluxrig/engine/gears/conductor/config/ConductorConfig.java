package io.fluxrig.engine.gears.conductor.config;

import io.fluxrig.engine.gear.LedgerTerms;
import io.fluxrig.engine.gears.conductor.route.DestinationTree;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The conductor's configuration as values. Immutable.
 *
 * @param restampedFields whole fields that a repeat may carry anew
 * @param origin empty for the gear's own name
 * @param ledger where tickets are beside this rack's memory; null where they are not
 */
public record ConductorConfig(
        List<String> correlationKey,
        List<String> confirmFields,
        Validation validation,
        List<String> restampedFields,
        List<Route> routes,
        List<Host> hosts,
        String origin,
        List<String> parkFields,
        long retainNs,
        int retainMax,
        int tripAfter,
        long cooldownNs,
        int probes,
        int inFlightMax,
        LedgerTerms ledger) {

    /** What happens to an answer whose spec says that it repeats its request, and that does not. */
    public enum Validation {
        /** It is not looked at. */
        OFF,
        /** It says so in {@code codec.violations}, and goes on. */
        WARN,
        /** It is no answer. */
        ENFORCE
    }

    /** One route; without conditions it takes every request. */
    public record Route(String name, List<Condition> conditions, DestinationTree destination, long timeoutNs) {}

    /** One host with several destinations, each a line to it. */
    public record Host(String name, List<String> destinations) {}

    /**
     * One condition on a value: exactly one of prefixes, ranges, set, regex, table is given.
     *
     * @param fields the first that is there counts
     * @param regex empty if not given
     * @param table null if not given
     * @param tableValues empty for any
     */
    public record Condition(
            List<String> fields,
            List<String> prefixes,
            List<String> ranges,
            List<String> set,
            String regex,
            Path table,
            List<String> tableValues) {}

    /** Every output port that a route may send to, in order of first mention: the destinations. */
    public List<String> destinations() {
        Set<String> ports = new LinkedHashSet<>();
        routes.forEach(route -> route.destination().eachPort(ports::add));
        return List.copyOf(ports);
    }

    /** The destinations that lead to the same host as this one does, beside it; none for a host of one line. */
    public List<String> otherLinesOf(String destination) {
        return hosts.stream()
                .map(Host::destinations)
                .filter(lines -> lines.contains(destination))
                .flatMap(List::stream)
                .filter(line -> !line.equals(destination))
                .toList();
    }
}
