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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What racks go back to: the version that each ran well before what it should run now. Desk only. */
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
     * @throws RefusedException also if one ran nothing before, or would run what went back by itself on any rack; and where no racks are named, if
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
        Map<ScenarioEntry, List<String>> back = new LinkedHashMap<>();
        List<String> without = new ArrayList<>();
        for (String rack : targets) {
            ScenarioEntry before = look.before(rack);
            if (before == null) {
                without.add(rack);
            } else {
                back.computeIfAbsent(before, none -> new ArrayList<>()).add(rack);
            }
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

        /** Those of some racks that run the scenario. */
        List<String> running(List<String> racks) {
            return racks.stream()
                    .filter(rack -> isToRun(rack) && another(wanted.get(rack)) == null)
                    .toList();
        }

        /** The one of another scenario that a rack runs since what it should run came to nothing; null if there is none, or nobody knows. */
        private ActivationEntry another(ActivationEntry now) {
            if (!now.cameToNothing()) {
                return null;
            }
            return earlier(now.rack()).stream()
                    .filter(each -> !each.cameToNothing())
                    .findFirst()
                    .filter(each -> each.ranWell() && !each.scenario().equals(name))
                    .orElse(null);
        }

        /** Null where it ran nothing else. */
        ScenarioEntry before(String rack) throws RefusedException {
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
            List<ActivationEntry> well =
                    earlier(rack).stream().filter(ActivationEntry::ranWell).toList();
            boolean refused = now.endedMs() > 0 && !now.ranWell();
            Predicate<ActivationEntry> same = each -> each.hash().equals(now.hash());
            if (refused && well.stream().anyMatch(same)) {
                // it was to go back there, and did not: again, a restart may have been missing
                return version(now);
            }
            ActivationEntry back =
                    well.stream().filter(same.negate()).findFirst().orElse(null);
            return back == null ? null : version(back);
        }

        private ScenarioEntry version(ActivationEntry of) throws RefusedException {
            ScenarioEntry version = found.get(of.title());
            if (version == null) {
                version = versions.find(of.scenario(), of.version());
                found.put(of.title(), version);
            }
            return version;
        }
    }
}
