package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.GearConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the racks and groups of a scenario and answers which racks a name stands for. */
final class RackChecker {
    private final Faults faults;
    private final Map<String, RackDecl> byName = new LinkedHashMap<>();

    RackChecker(Faults faults) {
        this.faults = faults;
    }

    List<RackDecl> check(List<GearConfig> sections) {
        for (int i = 0; i < sections.size(); i++) {
            take((CheckedConfig) sections.get(i), "racks[" + i + "]");
        }
        byName.values().stream().filter(RackDecl::group).forEach(this::warnOfEmptyGroup);
        return List.copyOf(byName.values());
    }

    Set<String> names() {
        return byName.keySet();
    }

    boolean isRack(String name) {
        RackDecl rack = byName.get(name);
        return rack != null && !rack.group();
    }

    /** The racks that a rack's or group's name stands for; null if it is not declared. */
    Set<String> racksOf(String name) {
        RackDecl decl = byName.get(name);
        if (decl == null) {
            return null;
        }
        Set<String> racks = new LinkedHashSet<>();
        racks.add(name);
        if (decl.group()) {
            byName.values().stream()
                    .filter(rack -> !rack.group() && decl.has(rack))
                    .forEach(rack -> racks.add(rack.name()));
        }
        return racks;
    }

    private void take(CheckedConfig section, String path) {
        String name = section.text("name");
        String group = section.text("group");
        Place place = section.source().place();
        if ((name == null) == (group == null)) {
            String what = name == null ? "neither name nor group is given" : "name and group are both given";
            faults.error(place, path, what, "give one: name for a rack, group for all racks with the labels in match");
            return;
        }
        boolean isGroup = group != null;
        String own = isGroup ? group : name;
        String key = isGroup ? "group" : "name";
        ScenarioChecker.checkName(own, section.source(), path + "." + key, faults);
        GearConfig labels = isGroup ? section.section("match").section("labels") : section.section("labels");
        String logLevel = section.section("defaults").text("log_level");
        RackDecl decl =
                new RackDecl(own, isGroup, texts((CheckedConfig) labels), logLevel == null ? "" : logLevel, place);
        RackDecl other = byName.putIfAbsent(own, decl);
        if (other != null) {
            faults.error(
                    section.source().placeOf(key),
                    path + "." + key,
                    "'" + own + "' is declared twice, first at line "
                            + other.place().line(),
                    "rename one of them");
        }
    }

    private void warnOfEmptyGroup(RackDecl group) {
        if (racksOf(group.name()).size() == 1) {
            faults.warning(
                    group.place(),
                    "racks." + group.name(),
                    "no rack declared here carries the group's labels",
                    "declare the racks with their labels, or start a rack with rack.name = \"" + group.name() + "\"");
        }
    }

    private static Map<String, String> texts(CheckedConfig labels) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>(labels.source().entries().keySet());
        keys.forEach(key -> texts.put(key, labels.text(key)));
        return texts;
    }
}
