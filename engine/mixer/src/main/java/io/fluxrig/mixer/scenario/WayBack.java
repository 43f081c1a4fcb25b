package io.fluxrig.mixer.scenario;

import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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
        List<String> targets = racks.isEmpty() ? running(name) : racks;
        if (targets.isEmpty()) {
            throw RefusedException.missing("no rack is to run " + name + " now");
        }
        Map<ScenarioEntry, List<String>> back = new LinkedHashMap<>();
        List<String> without = new ArrayList<>();
        for (String rack : targets) {
            ScenarioEntry before = before(name, rack);
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

    private List<String> running(String name) {
        return registry.allRacks().stream()
                .map(RackEntry::name)
                .filter(rack -> {
                    ActivationEntry wanted = registry.wanted(rack);
                    return wanted != null && wanted.scenario().equals(name) && another(wanted) == null;
                })
                .toList();
    }

    /** The one of another scenario that a rack runs since what it should run came to nothing; null if there is none, or nobody knows. */
    private ActivationEntry another(ActivationEntry wanted) {
        if (!wanted.cameToNothing()) {
            return null;
        }
        return registry.activations(wanted.rack(), wanted.id(), WireGrants.BEFORE_MAX).stream()
                .filter(each -> !each.cameToNothing())
                .findFirst()
                .filter(each -> each.ranWell() && !each.scenario().equals(wanted.scenario()))
                .orElse(null);
    }

    /** Null where it ran nothing else. */
    private ScenarioEntry before(String name, String rack) throws RefusedException {
        ActivationEntry wanted = registry.wanted(rack);
        if (wanted == null || !wanted.scenario().equals(name)) {
            throw RefusedException.missing("rack '" + rack + "' is not to run " + name + " now, but "
                    + (wanted == null ? "nothing" : wanted.title()));
        }
        ActivationEntry runs = another(wanted);
        if (runs != null) {
            throw RefusedException.conflict("rack '" + rack + "' does not run " + name + ": " + wanted.title()
                    + " came to nothing there (" + wanted.outcome() + "), and it runs " + runs.title());
        }
        List<ActivationEntry> earlier = registry.activations(rack, wanted.id(), WireGrants.BEFORE_MAX).stream()
                .filter(ActivationEntry::ranWell)
                .toList();
        boolean refused = wanted.endedMs() > 0 && !wanted.ranWell();
        Predicate<ActivationEntry> same = each -> each.hash().equals(wanted.hash());
        if (refused && earlier.stream().anyMatch(same)) {
            // it was to go back there, and did not: again, a restart may have been missing
            return versions.find(wanted.scenario(), wanted.version());
        }
        ActivationEntry back =
                earlier.stream().filter(same.negate()).findFirst().orElse(null);
        return back == null ? null : versions.find(back.scenario(), back.version());
    }
}
