package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.WiredPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a change may have broken: gears that replaced others, destinations to which, or from where back, something of the way is other than
 * it was, and the clients there and behind what was made anew. Immutable.
 *
 * @param replacing names of the gears that replaced others
 * @param clients names
 */
record ChangedPaths(List<String> replacing, List<Destination> destinations, Set<String> clients) {

    /**
     * One destination of a conductor.
     *
     * @param throughConductorOnly whether the conductor is all that changed
     */
    record Destination(String name, boolean throughConductorOnly) {}

    static ChangedPaths of(PlanChange change) {
        StripPlan plan = change.after();
        List<Destination> destinations = new ArrayList<>();
        Set<Integer> clients = new TreeSet<>(WiredPath.clientsBehind(plan, change.made()));
        for (int ordinal = 0; ordinal < plan.gears().size(); ordinal++) {
            GearPlan gear = plan.gears().get(ordinal);
            if (gear.retired()) {
                continue;
            }
            for (String port : gear.factory().outputsUsed(gear.config())) {
                WiredPath path = WiredPath.of(plan, ordinal, port);
                boolean onTheWay = isOther(change, path, ordinal, port);
                if (onTheWay || change.made().contains(ordinal)) {
                    destinations.add(new Destination(gear.name() + "." + port, !onTheWay));
                }
                if (onTheWay) {
                    path.gears().stream()
                            .filter(at -> plan.gears().get(at).given("connect"))
                            .forEach(clients::add);
                }
            }
        }
        return new ChangedPaths(
                change.made().stream()
                        .filter(change::replaces)
                        .map(at -> name(plan, at))
                        .toList(),
                List.copyOf(destinations),
                clients.stream().map(at -> name(plan, at)).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether another gear than the conductor was made anew on the path, or wires of it are others. */
    private static boolean isOther(PlanChange change, WiredPath path, int conductor, String port) {
        boolean known = conductor < change.before().gears().size();
        return !known
                || path.gears().stream().anyMatch(change.made()::contains)
                || !path.wires()
                        .equals(WiredPath.of(change.before(), conductor, port).wires());
    }

    private static String name(StripPlan plan, int ordinal) {
        return plan.gears().get(ordinal).name();
    }
}
