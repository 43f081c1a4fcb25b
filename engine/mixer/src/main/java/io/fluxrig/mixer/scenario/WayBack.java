package io.fluxrig.mixer.scenario;

import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What racks go back to: the version that each ran well before what it runs. Where what it should run came to nothing it runs what it ran well
 * last, and stays there while others that do run the new version go back; where that is so on all of them there is nothing to go back from. Desk
 * only.
 */
final class WayBack {
    private final Registry registry;
    private final ScenarioVersions versions;

    WayBack(Registry registry, ScenarioVersions versions) {
        this.registry = registry;
        this.versions = versions;
    }

    /**
     * Which racks go back to what.
     *
     * @param name of the scenario that they should leave
     * @param racks names; empty for those that run it
     * @throws RefusedException also if what came last came to nothing on all of them, if one ran nothing before, or would run what went back by itself on any rack; and where no racks are named, if
     *     they would come to run different versions of a scenario
     */
    Map<ScenarioEntry, List<String>> of(String name, List<String> racks) throws RefusedException {
        List<String> all = racks.isEmpty()
                ? registry.allRacks().stream().map(RackEntry::name).toList()
                : racks;
        Look look = new Look(name, all);
        List<String> targets = racks.isEmpty() ? look.running(all) : racks;
        if (targets.isEmpty()) {
            throw RefusedException.missing("no rack is to run " + name + " now");
        }
        Map<String, ActivationEntry> ways = look.ways(targets, look::before);
        boolean nothingNew = ways.entrySet().stream().allMatch(way -> look.stays(way.getKey(), way.getValue()));
        if (!together(ways) && targets.stream().anyMatch(look::mayRunNew)) {
            Map<String, ActivationEntry> stay = look.ways(targets, look::beforeOrNow);
            ways = together(stay) ? stay : ways;
        }
        Map<ScenarioEntry, List<String>> back = new LinkedHashMap<>();
        List<String> without = new ArrayList<>();
        for (Map.Entry<String, ActivationEntry> way : ways.entrySet()) {
            if (way.getValue() == null) {
                without.add(way.getKey());
            } else {
                back.computeIfAbsent(look.version(way.getValue()), none -> new ArrayList<>())
                        .add(way.getKey());
            }
        }
        if (nothingNew) {
            throw RefusedException.conflict(RollbackRefusals.nothingNew(name, look.last(targets), back));
        }
        if (!without.isEmpty()) {
            throw RefusedException.missing(RollbackRefusals.nothingBefore(name, without, back));
        }
        String refusal = RollbackRefusals.wentBack(back, registry.wentBack());
        if (refusal.isEmpty() && racks.isEmpty()) {
            refusal = RollbackRefusals.apart(name, back);
        }
        if (!refusal.isEmpty()) {
            throw RefusedException.conflict(refusal);
        }
        return back;
    }

    /** Whether each goes back to something, and all that stay with a scenario to the same version of it. */
    private static boolean together(Map<String, ActivationEntry> ways) {
        Map<String, String> versions = new HashMap<>();
        return ways.values().stream().allMatch(way -> {
            String other = way == null ? null : versions.putIfAbsent(way.scenario(), way.version());
            return way != null && (other == null || other.equals(way.version()));
        });
    }

    /** What there is to know of racks, read by few questions: a database that is far away must not be asked about each of a thousand. */
    private final class Look {
        private final String name;
        private final Map<String, ActivationEntry> wanted;
        /** Of racks that are to run the scenario. */
        private final Map<String, List<ActivationEntry>> earlier;

        private final Map<String, ScenarioEntry> found = new HashMap<>();

        Look(String name, List<String> racks) {
            this.name = name;
            this.wanted = registry.wanted(racks);
            List<String> toRun = racks.stream().filter(this::isToRun).toList();
            this.earlier = registry.before(toRun).stream().collect(Collectors.groupingBy(ActivationEntry::rack));
        }

        private boolean isToRun(String rack) {
            ActivationEntry now = wanted.get(rack);
            return now != null && now.scenario().equals(name);
        }

        private List<ActivationEntry> earlier(String rack) {
            return earlier.getOrDefault(rack, List.of());
        }

        /** What came last, of racks for which something did. */
        List<ActivationEntry> last(List<String> racks) {
            return racks.stream().map(wanted::get).toList();
        }

        /** Those of some racks that run the scenario. */
        List<String> running(List<String> racks) {
            return racks.stream()
                    .filter(rack -> isToRun(rack) && another(wanted.get(rack)) == null)
                    .toList();
        }

        /** The one of another scenario that a rack runs since what it should run came to nothing; null if there is none, or nobody knows. */
        private ActivationEntry another(ActivationEntry now) {
            ActivationEntry runs = runs(now);
            return runs == null || runs.scenario().equals(name) ? null : runs;
        }

        /** What a rack runs: of those that ran well the last one, since when all came to nothing; null if nobody knows. */
        private ActivationEntry runs(ActivationEntry now) {
            ActivationEntry last = now.cameToNothing()
                    ? earlier(now.rack()).stream()
                            .filter(each -> !each.cameToNothing())
                            .findFirst()
                            .orElse(null)
                    : now;
            return last != null && last.ranWell() ? last : null;
        }

        /** Whether a rack runs what it should run, or will, as far as anybody knows. */
        boolean mayRunNew(String rack) {
            ActivationEntry now = wanted.get(rack);
            return !now.cameToNothing() || runs(now) == null;
        }

        /**
         * Whether what came last came to nothing on a rack, and was no way back itself.
         *
         * @param way what it ran before what it runs; null for nothing
         */
        boolean stays(String rack, ActivationEntry way) {
            return !mayRunNew(rack)
                    && (way == null || !way.hash().equals(wanted.get(rack).hash()));
        }

        /** Of each rack; null for one that goes nowhere. */
        Map<String, ActivationEntry> ways(List<String> racks, UnaryOperator<ActivationEntry> way)
                throws RefusedException {
            Map<String, ActivationEntry> ways = new LinkedHashMap<>();
            for (String rack : racks) {
                ways.put(rack, way.apply(leaves(rack)));
            }
            return ways;
        }

        /** What a rack should run and is to leave. */
        private ActivationEntry leaves(String rack) throws RefusedException {
            ActivationEntry now = wanted.get(rack);
            if (!isToRun(rack)) {
                throw RefusedException.missing("rack '" + rack + "' is not to run " + name + " now, but "
                        + (now == null ? "nothing" : now.title()));
            }
            ActivationEntry runs = another(now);
            if (runs != null) {
                throw RefusedException.conflict("rack '" + rack + "' does not run " + name + ": " + now.title()
                        + " came to nothing there (" + now.outcome() + "), and it runs " + runs.title());
            }
            return now;
        }

        /** What its rack ran well before what it runs; null where it ran nothing else. */
        ActivationEntry before(ActivationEntry now) {
            List<ActivationEntry> well = earlier(now.rack()).stream()
                    .filter(ActivationEntry::ranWell)
                    .toList();
            ActivationEntry runs = runs(now);
            boolean unknown = runs == null && now.endedMs() > 0;
            if (unknown && well.stream().anyMatch(each -> each.hash().equals(now.hash()))) {
                // it was to go back there, and did not: again
                return now;
            }
            ActivationEntry left = runs == null ? now : runs;
            return well.stream()
                    .filter(each -> !each.hash().equals(left.hash()))
                    .findFirst()
                    .orElse(null);
        }

        /** What its rack runs already where what it should run came to nothing; what it ran before otherwise. */
        ActivationEntry beforeOrNow(ActivationEntry now) {
            ActivationEntry runs = now.cameToNothing() ? runs(now) : null;
            return runs == null ? before(now) : runs;
        }

        ScenarioEntry version(ActivationEntry of) throws RefusedException {
            ScenarioEntry version = found.get(of.title());
            if (version == null) {
                version = versions.find(of.scenario(), of.version());
                found.put(of.title(), version);
            }
            return version;
        }
    }
}
