package io.fluxrig.engine.gears.conductor.route;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Which destinations a route may use and in what order, as the scenario says it. */
public sealed interface DestinationTree {
    /** Children of one node at most: they are marked as tried in the bits of a long. */
    int CHILDREN_MAX = 64;
    /** Nodes above each other at most. */
    int DEPTH_MAX = 8;

    /** One output port. */
    record Leaf(String port) implements DestinationTree {}

    /** The first child that takes the request, in order. */
    record Failover(List<DestinationTree> children) implements DestinationTree {}

    /** The child whose turn it is, then the others. */
    record RoundRobin(List<DestinationTree> children) implements DestinationTree {}

    /** The child with the fewest requests in flight, then the next; equals take turns. */
    record LeastLoaded(List<DestinationTree> children) implements DestinationTree {}

    /** Calls back with the port of every leaf. */
    default void eachPort(Consumer<String> action) {
        if (this instanceof Leaf leaf) {
            action.accept(leaf.port());
        } else {
            children().forEach(child -> child.eachPort(action));
        }
    }

    /** The nodes below; none for a leaf. */
    default List<DestinationTree> children() {
        if (this instanceof Failover failover) {
            return failover.children();
        }
        if (this instanceof RoundRobin roundRobin) {
            return roundRobin.children();
        }
        return this instanceof LeastLoaded leastLoaded ? leastLoaded.children() : List.of();
    }

    /**
     * Reads a tree from plain YAML values: a text is a leaf, a map with one of {@code failover}, {@code round_robin},
     * {@code least_loaded} and a list is a node.
     *
     * @throws IllegalArgumentException saying what to write instead
     */
    static DestinationTree parse(Object yaml) {
        return parse(yaml, 0);
    }

    private static DestinationTree parse(Object yaml, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("nodes above each other: more than " + DEPTH_MAX);
        }
        if (yaml instanceof String port && !port.isBlank()) {
            return new Leaf(port);
        }
        if (yaml instanceof Map<?, ?> map
                && map.size() == 1
                && map.values().iterator().next() instanceof List<?> list) {
            return node(String.valueOf(map.keySet().iterator().next()), list, depth);
        }
        throw new IllegalArgumentException("a destination is an output port's name, or one of failover, round_robin, "
                + "least_loaded with a list of destinations");
    }

    private static DestinationTree node(String kind, List<?> entries, int depth) {
        if (entries.isEmpty() || entries.size() > CHILDREN_MAX) {
            throw new IllegalArgumentException(
                    kind + " has " + entries.size() + " destinations, 1 to " + CHILDREN_MAX + " are allowed");
        }
        List<DestinationTree> children = entries.stream()
                .map(entry -> parse(entry, depth + 1))
                .map(DestinationTree.class::cast)
                .toList();
        return switch (kind) {
            case "failover" -> new Failover(children);
            case "round_robin" -> new RoundRobin(children);
            case "least_loaded" -> new LeastLoaded(children);
            default ->
                throw new IllegalArgumentException("'" + kind + "' is not one of failover, round_robin, least_loaded");
        };
    }
}
