package io.fluxrig.mixer.api;

import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.enrol.Presence;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.scenario.ScenarioOutline;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs where, or is to where nothing does, and the wires between. On the desk. */
final class TopologyView {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyView.class);

    private final Registry registry;
    private final Fleet fleet;
    private final Reasons reasons;
    private final ScenarioVersions versions;
    private final Map<String, ScenarioOutline> outlines = new LinkedHashMap<>();

    TopologyView(Registry registry, Fleet fleet, ScenarioVersions versions) {
        this.registry = registry;
        this.fleet = fleet;
        this.reasons = new Reasons(registry, fleet);
        this.versions = versions;
    }

    JsonObject show() {
        JsonArray racks = new JsonArray();
        registry.allRacks().forEach(rack -> racks.add(rack(rack)));
        JsonArray wires = new JsonArray();
        outlines.forEach((scenario, outline) -> outline.wires()
                .forEach(wire -> wires.add(new JsonObject()
                        .put("scenario", scenario)
                        .put("from", wire.from())
                        .put("to", wire.to())
                        .put("lane", lane(outline, wire)))));
        return new JsonObject().put("racks", racks).put("wires", wires);
    }

    private JsonObject rack(RackEntry rack) {
        JsonObject shown = new JsonObject()
                .put("name", rack.name())
                .put("standing", rack.standing())
                .put("there", fleet.isThere(rack));
        Presence last = fleet.presence(rack.name());
        ActivationEntry wanted = registry.wanted(rack.name());
        if (last != null) {
            shown.put("state", last.last().state()).put("reason", reasons.of(rack.name(), wanted));
        }
        Shown.traffic(shown, fleet.pace(rack.name()));
        String runs = last == null ? "" : last.last().scenario();
        if (!runs.isEmpty()) {
            String version = last.last().scenarioVersion();
            if (wanted != null && !(runs.equals(wanted.scenario()) && version.equals(wanted.version()))) {
                shown.put("wanted", wanted.scenario() + " " + wanted.version() + ", " + wanted.outcome());
            }
            return scenario(shown, rack, runs, version);
        }
        return wanted == null ? shown : scenario(shown, rack, wanted.scenario(), wanted.version());
    }

    private JsonObject scenario(JsonObject shown, RackEntry rack, String name, String version) {
        JsonArray gears = new JsonArray();
        outline(name, version).gears().stream()
                .filter(gear -> gear.deploy().isEmpty() || gear.deploy().contains(rack.name()))
                .forEach(gear ->
                        gears.add(new JsonObject().put("name", gear.name()).put("type", gear.type())));
        return shown.put("scenario", name).put("version", version).put("gears", gears);
    }

    private ScenarioOutline outline(String name, String version) {
        return outlines.computeIfAbsent(name + " " + version, none -> read(name, version));
    }

    /** Without gears where it is damaged, or a rack runs one that is not here. */
    private ScenarioOutline read(String name, String version) {
        try {
            return versions.outline(versions.find(name, version));
        } catch (RefusedException none) {
            LOG.warn("{}", none.getMessage());
            return new ScenarioOutline(name, version, List.of(), Map.of(), List.of(), List.of(), List.of());
        }
    }

    /** What stands there, or else what it comes to: between racks a wire is guaranteed. */
    private static String lane(ScenarioOutline outline, ScenarioOutline.Wire wire) {
        if (!wire.lane().isEmpty()) {
            return wire.lane();
        }
        List<String> from = deploy(outline, wire.from());
        List<String> to = deploy(outline, wire.to());
        return from.isEmpty() || to.isEmpty() || from.equals(to) ? "hot" : "guaranteed";
    }

    private static List<String> deploy(ScenarioOutline outline, String end) {
        String[] parts = end.split("\\.", -1);
        String gear = parts.length == 3 ? parts[1] : parts[0];
        return outline.gears().stream()
                .filter(each -> each.name().equals(gear))
                .map(ScenarioOutline.Gear::deploy)
                .findFirst()
                .orElse(List.of());
    }
}
