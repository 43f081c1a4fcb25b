package io.fluxrig.engine.strip.plan;

import io.fluxrig.engine.strip.plan.StripPlan.Arriving;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Leaving;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What has to be done to get from the plan that runs to one that is wanted. A gear that both have keeps its ordinal, which
 * stands in connection ids and in what other strips have under way; ordinals of gears that went are not given out again.
 *
 * <pre>
 *   running   0 terminals   1 switch   2 host_a
 *   wanted      terminals     switch*    host_b        (* other configuration)
 *   after     0 terminals   1 switch*  2 host_a, retired   3 host_b      made: 1 and 3
 * </pre>
 *
 * @param before the plan that runs
 * @param after the plan that is to run; gears that went are still in it, marked
 * @param made ordinals of the gears to make: new ones, and successors of those whose configuration changed
 * @param gone ordinals of the gears that have no place in the new plan
 * @param origins for each ordinal of {@code after} the gear's place in the wanted plan, -1 if it has none there
 * @param back whether it undoes a change that was just made: the last room that there is is kept for that
 */
public record PlanChange(
        StripPlan before,
        StripPlan after,
        List<Integer> made,
        List<Integer> gone,
        List<Integer> origins,
        boolean back) {

    public PlanChange {
        made = List.copyOf(made);
        gone = List.copyOf(gone);
        origins = List.copyOf(origins);
    }

    /** Works out the change; see {@link #refusal} for whether it can be made while the rack runs. */
    public static PlanChange between(StripPlan running, StripPlan wanted) {
        return between(running, wanted, false);
    }

    /** The same for the way back from a change that fails. */
    public static PlanChange back(StripPlan running, StripPlan wanted) {
        return between(running, wanted, true);
    }

    private static PlanChange between(StripPlan running, StripPlan wanted, boolean back) {
        List<GearPlan> gears = new ArrayList<>(running.gears());
        List<Integer> origins = new ArrayList<>();
        running.gears().forEach(gear -> origins.add(-1));
        int[] ordinals = new int[wanted.gears().size()];
        List<Integer> made = new ArrayList<>();
        for (int place = 0; place < ordinals.length; place++) {
            GearPlan gear = wanted.gears().get(place);
            int known = ordinal(running, gear);
            boolean same = known >= 0 && gears.get(known).fingerprint().equals(gear.fingerprint());
            ordinals[place] = known >= 0 ? known : gears.size();
            if (known < 0) {
                gears.add(gear);
                origins.add(place);
            } else {
                gears.set(known, same ? running.gears().get(known) : gear);
                origins.set(known, place);
            }
            if (!same) {
                made.add(ordinals[place]);
            }
        }
        List<Integer> gone = IntStream.range(0, running.gears().size())
                .filter(old -> origins.get(old) < 0 && !running.gears().get(old).retired())
                .boxed()
                .toList();
        gone.forEach(old -> gears.set(old, gears.get(old).taken()));
        StripPlan after = gears.size() > StripPlan.GEARS_MAX ? running : rewired(wanted, gears, ordinals);
        return new PlanChange(running, after, made, gone, origins, back);
    }

    private static int ordinal(StripPlan running, GearPlan gear) {
        for (int old = 0; old < running.gears().size(); old++) {
            GearPlan known = running.gears().get(old);
            if (!known.retired() && known.sameKind(gear)) {
                return old;
            }
        }
        return -1;
    }

    private static StripPlan rewired(StripPlan wanted, List<GearPlan> gears, int[] ordinals) {
        List<WirePlan> wires = wanted.wires().stream()
                .map(wire -> wire.between(ordinals[wire.fromGear()], ordinals[wire.toGear()]))
                .toList();
        List<Leaving> leaving = wanted.leaving().stream()
                .map(wire -> wire.from(ordinals[wire.fromGear()]))
                .toList();
        List<Arriving> arriving = wanted.arriving().stream()
                .map(wire -> wire.to(ordinals[wire.toGear()]))
                .toList();
        return new StripPlan(wanted.scenario(), gears, wires, leaving, arriving);
    }

    /** Why the change cannot be made while the rack runs, and what to do; null if it can. */
    public String refusal() {
        int backAgain = back ? 0 : gone.size(); // under ordinals of their own
        if (origins.size() + backAgain > StripPlan.GEARS_MAX) {
            return "this rack has had " + before.gears().size() + " gears in its life, of " + StripPlan.GEARS_MAX
                    + " that it can have: it needs "
                    + (origins.size() - before.gears().size()) + " more for this change"
                    + (backAgain == 0 ? "" : ", and " + backAgain + " to go back should it fail") + "; restart it";
        }
        Set<String> other = otherwiseCarried();
        if (!other.isEmpty()) {
            return "a durable or guaranteed wire, or what a gear keeps on the disk, comes, goes or changes ("
                    + String.join(", ", other)
                    + "), and its files are opened when a rack starts; restart it: 'fluxrig scenario activate ... --restart' where a mixer"
                    + " leads it, else SIGTERM, which drains it";
        }
        return null;
    }

    /**
     * What is left of this change when it is given up: the plan that runs, and in it the places of the gears that were new. They are
     * not given out again, for such a gear may have received something by then whose answer is still to come.
     */
    public PlanChange givenUp() {
        List<GearPlan> gears = new ArrayList<>(before.gears());
        after.gears().subList(gears.size(), after.gears().size()).forEach(gear -> gears.add(gear.taken()));
        StripPlan left = new StripPlan(before.scenario(), gears, before.wires(), before.leaving(), before.arriving());
        List<Integer> places = new ArrayList<>(origins);
        for (int known = 0; known < before.gears().size(); known++) {
            places.set(known, -1);
        }
        return new PlanChange(before, left, List.of(), List.of(), places, back);
    }

    /** Whether nothing is to be done. */
    public boolean isEmpty() {
        return made.isEmpty()
                && gone.isEmpty()
                && Set.copyOf(before.wires()).equals(Set.copyOf(after.wires()))
                && Set.copyOf(before.leaving()).equals(Set.copyOf(after.leaving()));
    }

    /** Whether a gear to be made replaces one that runs. */
    public boolean replaces(int ordinal) {
        return ordinal < before.gears().size() && made.contains(ordinal);
    }

    /** Names of the wires that are more than memory, and of ledgers, where they differ before and after, in whatever order they stand. */
    private Set<String> otherwiseCarried() {
        Map<String, Object> was = carried(before);
        Map<String, Object> is = carried(after);
        Set<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        names.removeIf(name -> Objects.equals(was.get(name), is.get(name)));
        return names;
    }

    private static Map<String, Object> carried(StripPlan plan) {
        Map<String, Object> byName = new HashMap<>();
        plan.wires().stream().filter(WirePlan::durable).forEach(wire -> byName.put(plan.nameOf(wire), wire));
        plan.gears().stream()
                .filter(gear -> gear.ledger() != null)
                .forEach(gear -> byName.put("ledger of " + gear.name(), gear.ledger()));
        plan.leaving().forEach(wire -> byName.put(wire.carriage().name(), wire.openToAll()));
        plan.arriving()
                .forEach(wire ->
                        byName.put(StripPlan.Carriage.title(wire.carriage().name()), wire.whoeverAsks()));
        return byName;
    }

    /** In words, by gears' names: {@code new: a; changed: b, c; gone: d}. */
    public String describe() {
        List<Integer> fresh =
                made.stream().filter(ordinal -> !replaces(ordinal)).toList();
        List<Integer> changed = made.stream().filter(this::replaces).toList();
        String text = Arrays.stream(new String[] {part("new", fresh), part("changed", changed), part("gone", gone)})
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? "wires only" : text;
    }

    private String part(String word, List<Integer> ordinals) {
        return ordinals.isEmpty()
                ? ""
                : word + ": "
                        + ordinals.stream()
                                .map(ordinal -> after.gears().get(ordinal).name())
                                .collect(Collectors.joining(", "));
    }
}
