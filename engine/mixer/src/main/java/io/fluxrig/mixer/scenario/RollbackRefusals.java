package io.fluxrig.mixer.scenario;

import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why racks do not go back, and what to type instead, for people. Each takes which racks would go back to what. */
final class RollbackRefusals {
    /** Names in a text: of a thousand racks nobody reads all. */
    private static final int NAMES_MAX = 20;

    private RollbackRefusals() {}

    /**
     * What came last came to nothing on each of the racks: whoever wants to leave what runs says so.
     *
     * @param last what came last, of each rack
     */
    static String nothingNew(String name, List<ActivationEntry> last, Map<ScenarioEntry, List<String>> back) {
        String what = last.stream()
                .map(each -> each.title() + " (" + each.outcome() + ")")
                .distinct()
                .limit(NAMES_MAX)
                .collect(Collectors.joining(" and "));
        String text = "there is nothing to roll back: " + what + " came to nothing on "
                + names(last.stream().map(ActivationEntry::rack).toList())
                + ", and what ran before runs on; nothing is changed. To leave that, too: ";
        if (back.isEmpty()) {
            return text + activate(name, "VERSION", List.of());
        }
        return text
                + back.entrySet().stream()
                        .map(each ->
                                activate(each.getKey().name(), each.getKey().version(), each.getValue()))
                        .collect(Collectors.joining("; "));
    }

    /** @param without racks that ran no other version well */
    static String nothingBefore(String name, List<String> without, Map<ScenarioEntry, List<String>> back) {
        String text = (without.size() == 1 ? "rack " : "racks ") + names(without)
                + " ran no other version well before; nothing is changed. ";
        if (back.isEmpty()) {
            return text + "Say what is to run: " + activate(name, "VERSION", List.of());
        }
        ScenarioEntry first = back.keySet().iterator().next();
        boolean one = back.size() == 1 && first.name().equals(name);
        return text + "Roll back " + targets(back) + ": " + rollback(name, back) + "; or all of them: "
                + activate(name, one ? first.version() : "VERSION", List.of());
    }

    /**
     * Empty for no reason.
     *
     * @param wentBack what went back by itself, on which racks
     */
    static String wentBack(Map<ScenarioEntry, List<String>> back, List<ActivationEntry> wentBack) {
        for (Map.Entry<ScenarioEntry, List<String>> each : back.entrySet()) {
            ScenarioEntry version = each.getKey();
            List<String> where = wentBack.stream()
                    .filter(bad -> bad.scenario().equals(version.name())
                            && bad.version().equals(version.version()))
                    .map(ActivationEntry::rack)
                    .toList();
            if (!where.isEmpty()) {
                return version.title() + " went back by itself on " + names(where)
                        + "; nothing is changed. It would be "
                        + targets(back) + ". To have it run all the same: "
                        + activate(version.name(), version.version(), each.getValue());
            }
        }
        return "";
    }

    /** Empty where all that stay with a scenario have the same version of it. */
    static String apart(String name, Map<ScenarioEntry, List<String>> back) {
        Map<String, Long> versions = back.keySet().stream()
                .collect(Collectors.groupingBy(ScenarioEntry::name, LinkedHashMap::new, Collectors.counting()));
        if (versions.values().stream().allMatch(count -> count == 1)) {
            return "";
        }
        return "racks would come to run different versions: " + targets(back)
                + "; nothing is changed. To have it so, name them: " + rollback(name, back)
                + "; for one version on all: " + activate(name, "VERSION", List.of());
    }

    private static String targets(Map<ScenarioEntry, List<String>> back) {
        return back.entrySet().stream()
                .map(each -> names(each.getValue()) + " to " + each.getKey().title())
                .collect(Collectors.joining(", "));
    }

    private static String names(Collection<String> racks) {
        String some = racks.stream().limit(NAMES_MAX).collect(Collectors.joining(" and "));
        return racks.size() <= NAMES_MAX ? some : some + " and " + (racks.size() - NAMES_MAX) + " more";
    }

    private static String rollback(String name, Map<ScenarioEntry, List<String>> back) {
        List<String> all = new ArrayList<>();
        back.values().forEach(all::addAll);
        return "fluxrig scenario rollback " + name + flags(all);
    }

    private static String activate(String name, String version, List<String> racks) {
        return "fluxrig scenario activate " + name + " " + version + flags(racks);
    }

    private static String flags(List<String> racks) {
        String some =
                racks.stream().limit(NAMES_MAX).map(rack -> " --rack " + rack).collect(Collectors.joining());
        return racks.size() <= NAMES_MAX ? some : some + " ...";
    }
}
