package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds usages whose conditions depend on each other in a circle: whether DE 2 must be there depends on DE 35, and whether
 * DE 35 must be there on DE 2. A condition depends on the fields it looks at, and on the fields around those; a part's usage
 * also on the field it stands in. Only rules that can meet in one message count.
 *
 * <p>Each rule is entered once for each message type, so this is linear in types times conditions. Loading only.
 */
final class RuleCircles {
    /** Stands for the message types that no rule names. */
    private static final int ANY_OTHER = -1;

    /** A usage with a condition. */
    private record Rule(FieldPath field, List<Integer> mtis, List<FieldPath> reads, SourceNode.Place place, String at) {
        boolean concerns(int mti) {
            return mtis.isEmpty() || mtis.contains(mti);
        }
    }

    private final FaultList faults;
    private final List<Rule> rules = new ArrayList<>();

    RuleCircles(FaultList faults) {
        this.faults = faults;
    }

    /** Takes note of a usage's condition. */
    void add(FieldPath field, List<Integer> mtis, List<FieldPath> reads, SourceNode.Place place, String at) {
        rules.add(new Rule(field, mtis, reads, place, at));
    }

    /**
     * Reports circles, each once, at the condition of its first field. One that shares a field with another may show only
     * when that is mended.
     */
    void report() {
        Set<Integer> types = new HashSet<>(Set.of(ANY_OTHER));
        rules.forEach(rule -> types.addAll(rule.mtis()));
        Set<Set<FieldPath>> told = new HashSet<>();
        types.stream().sorted().forEach(mti -> reportOf(mti, told));
    }

    private void reportOf(int mti, Set<Set<FieldPath>> told) {
        Map<FieldPath, List<Rule>> byField = new LinkedHashMap<>();
        for (Rule rule : rules) {
            if (rule.concerns(mti)) {
                byField.computeIfAbsent(rule.field(), field -> new ArrayList<>())
                        .add(rule);
            }
        }
        Map<FieldPath, Boolean> done = new HashMap<>();
        for (FieldPath field : byField.keySet()) {
            List<FieldPath> circle = circle(field, byField, done);
            if (!circle.isEmpty() && told.add(Set.copyOf(circle))) {
                tell(circle, byField);
            }
        }
    }

    /** Goes down from a field until one comes up that is on the way already; empty if none does. */
    private static List<FieldPath> circle(
            FieldPath from, Map<FieldPath, List<Rule>> byField, Map<FieldPath, Boolean> done) {
        Deque<FieldPath> way = new ArrayDeque<>();
        Deque<Deque<FieldPath>> ahead = new ArrayDeque<>();
        enter(from, byField, done, way, ahead);
        while (!way.isEmpty()) {
            FieldPath next = ahead.getLast().poll();
            if (next == null) {
                done.put(way.removeLast(), true);
                ahead.removeLast();
            } else if (Boolean.FALSE.equals(done.get(next))) {
                List<FieldPath> circle = new ArrayList<>(way);
                way.forEach(field -> done.put(field, true));
                return circle.subList(circle.indexOf(next), circle.size());
            } else {
                enter(next, byField, done, way, ahead);
            }
        }
        return List.of();
    }

    private static void enter(
            FieldPath field,
            Map<FieldPath, List<Rule>> byField,
            Map<FieldPath, Boolean> done,
            Deque<FieldPath> way,
            Deque<Deque<FieldPath>> ahead) {
        if (done.containsKey(field) || !byField.containsKey(field)) {
            return;
        }
        done.put(field, false);
        way.add(field);
        Deque<FieldPath> needs = new ArrayDeque<>();
        for (Rule rule : byField.get(field)) {
            rule.reads().forEach(read -> needs.addAll(around(read)));
        }
        List<FieldPath> surrounding = around(field);
        needs.addAll(surrounding.subList(0, surrounding.size() - 1));
        ahead.add(needs);
    }

    /** A path and those of what it stands in, the whole field first. */
    private static List<FieldPath> around(FieldPath path) {
        List<FieldPath> paths = new ArrayList<>();
        String text = path.toString();
        for (int dot = text.indexOf('.'); dot > 0; dot = text.indexOf('.', dot + 1)) {
            paths.add(FieldPath.parse(text.substring(0, dot)));
        }
        paths.add(path);
        return paths;
    }

    private void tell(List<FieldPath> circle, Map<FieldPath, List<Rule>> byField) {
        Rule first = byField.get(circle.get(0)).get(0);
        StringBuilder words = new StringBuilder();
        circle.forEach(field -> words.append("DE ").append(field).append(" -> "));
        faults.error(
                first.place(),
                first.at(),
                words + "DE " + circle.get(0) + ": whether these are there depends on each other in a circle",
                circle.size() == 1
                        ? "make it depend on other fields; what its value must be is a check"
                        : "let one of them depend on nothing, or say it once as a check, such as"
                                + " \"present(2) || present(35)\"");
    }
}
