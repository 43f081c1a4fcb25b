package io.fluxrig.engine.strip.plan;

import io.fluxrig.engine.strip.plan.StripPlan.Arriving;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Leaving;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request takes from an output port to where it leaves the rack, and its answer from there back to the gear that asks. Immutable;
 * a plan's picture, whatever is up.
 *
 * <pre>
 *   switch.out_a -> encode -> host       I/O gears end the way out, and begin the way back
 *        ^-- netmgmt &lt;- decode &lt;-'        gears beside it, that lead neither out nor back, are not on it
 * </pre>
 *
 * @param gears ordinals, without that of the gear that asks
 * @param wires between these gears and the one that asks
 */
public record WiredPath(Set<Integer> gears, Set<WirePlan> wires) {

    public WiredPath {
        gears = Set.copyOf(gears);
        wires = Set.copyOf(wires);
    }

    /** The path of what a gear sends to that port, and of the answers. */
    public static WiredPath of(StripPlan plan, int gear, String port) {
        IntPredicate ends = at -> at == gear || isDoor(plan.gears().get(at));
        List<WirePlan> first = plan.wires().stream()
                .filter(wire -> wire.fromGear() == gear && wire.fromPort().equals(port))
                .toList();
        Set<Integer> out = behind(plan, first.stream().map(WirePlan::toGear).toList(), ends);
        Set<Integer> doors =
                out.stream().filter(at -> at != gear && ends.test(at)).collect(Collectors.toSet());
        out = leadingTo(plan, out, at -> ends.test(at) || leavesRack(plan, at));
        Set<Integer> back = behind(plan, wayBack(plan, doors), ends);
        back.removeIf(at -> at != gear && ends.test(at)); // an answer goes over no other line
        back = leadingTo(plan, back, at -> at == gear);
        Set<Integer> on = Stream.concat(out.stream(), back.stream()).collect(Collectors.toSet());
        on.remove(gear);
        Set<WirePlan> wires = plan.wires().stream()
                .filter(wire -> on.contains(wire.toGear()) || wire.toGear() == gear)
                .filter(wire ->
                        first.contains(wire) || on.contains(wire.fromGear()) && WiredLinks.leadsOn(wire.fromPort()))
                .collect(Collectors.toSet());
        return new WiredPath(on, wires);
    }

    /** The clients that what those gears let out comes to, over no other I/O gear; those among them that are clients, too. */
    public static Set<Integer> clientsBehind(StripPlan plan, Collection<Integer> gears) {
        IntPredicate ends = at -> isDoor(plan.gears().get(at))
                || !plan.gears()
                        .get(at)
                        .factory()
                        .outputsUsed(plan.gears().get(at).config())
                        .isEmpty();
        return behind(plan, gears, ends).stream()
                .filter(at -> plan.gears().get(at).given("connect"))
                .collect(Collectors.toSet());
    }

    private static boolean isDoor(GearPlan gear) {
        return gear.given("connect") || gear.given("bind");
    }

    /** Where answers come in: what the path's I/O gears let out, or what comes from other racks if it leaves this one. */
    private static List<Integer> wayBack(StripPlan plan, Set<Integer> doors) {
        return doors.isEmpty()
                ? plan.arriving().stream().map(Arriving::toGear).toList()
                : plan.wires().stream()
                        .filter(wire -> doors.contains(wire.fromGear()))
                        .map(WirePlan::toGear)
                        .toList();
    }

    private static boolean leavesRack(StripPlan plan, int gear) {
        return plan.leaving().stream()
                .filter(wire -> WiredLinks.leadsOn(wire.fromPort()))
                .map(Leaving::fromGear)
                .anyMatch(from -> from == gear);
    }

    /** Those gears, and what they lead on to, not beyond gears that end the way. */
    private static Set<Integer> behind(StripPlan plan, Collection<Integer> begin, IntPredicate ends) {
        Set<Integer> found = new HashSet<>(begin);
        Deque<Integer> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            int at = open.remove();
            for (WirePlan wire : plan.wires()) {
                if (wire.fromGear() == at
                        && !ends.test(at)
                        && WiredLinks.leadsOn(wire.fromPort())
                        && found.add(wire.toGear())) {
                    open.add(wire.toGear());
                }
            }
        }
        return found;
    }

    /** Those of the gears from which one leads to the goal over others of them, and the goal. */
    private static Set<Integer> leadingTo(StripPlan plan, Set<Integer> among, IntPredicate goal) {
        Set<Integer> leading = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        among.stream().filter(goal::test).forEach(open::add);
        while (!open.isEmpty()) {
            int at = open.remove();
            if (leading.add(at)) {
                plan.wires().stream()
                        .filter(wire -> wire.toGear() == at && among.contains(wire.fromGear()))
                        .filter(wire -> WiredLinks.leadsOn(wire.fromPort()) && !goal.test(wire.fromGear()))
                        .forEach(wire -> open.add(wire.fromGear()));
            }
        }
        return leading;
    }
}
