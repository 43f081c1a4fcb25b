package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.Name;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.mixer.desk.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What can be told of a scenario without the variables of the racks that run it: names, racks, gears and wires. Racks check the whole,
 * with their own variables, before they change.
 *
 * @param racks that it declares, without groups
 * @param groups that it declares, with the racks that carry their labels
 * @param specs references to artefacts in its gears' {@code spec_path}, each once, in the order of the file; not those that hold variables
 */
public record ScenarioOutline(
        String name,
        String version,
        List<String> racks,
        Map<String, List<String>> groups,
        List<Gear> gears,
        List<Wire> wires,
        List<String> specs) {
    private static final String SPEC_PATH = "spec_path";
    private static final int LENGTH_MAX = 1 << 20;
    private static final int ITEMS_MAX = 10_000;
    /** What racks read of a scenario: keys and values, and how deep. */
    private static final int NODES_MAX = 100_000;

    private static final int DEPTH_MAX = 64;
    private static final int VERSION_LENGTH_MAX = 64;

    /**
     * @param deploy racks it runs on, empty for all
     * @param shares whether racks share what it keeps, or may
     */
    public record Gear(String name, String type, List<String> deploy, boolean shares) {}

    /**
     * @param lane as it is written, empty if it is not
     * @param confirm so too
     */
    public record Wire(String from, String to, String lane, String confirm) {}

    /**
     * Reads a scenario's YAML.
     *
     * @throws RefusedException if it has no name and version, a rack or group is called what none can be, or it cannot be read
     */
    public static ScenarioOutline of(byte[] yaml) throws RefusedException {
        if (yaml.length > LENGTH_MAX) {
            throw RefusedException.conflict(
                    "the scenario's file is too long: bytes=" + yaml.length + " max=" + LENGTH_MAX);
        }
        Object root;
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setMaxAliasesForCollections(0)
                    .setAllowDuplicateKeys(false)
                    .setCodePointLimit(LENGTH_MAX)
                    .build();
            String text = new String(yaml, StandardCharsets.UTF_8);
            checkBounds(new Parse(settings).parseString(text));
            root = new Load(settings).loadFromString(text);
        } catch (YamlEngineException unreadable) {
            throw RefusedException.conflict("the scenario's file is no YAML; run 'fluxrig check' on it");
        }
        Map<?, ?> map = map(root);
        Map<?, ?> meta = map(map.get("meta"));
        String name = text(meta.get("name"));
        String version = text(meta.get("version"));
        if (Name.refusal(name).isPresent()) {
            throw RefusedException.conflict("meta.name of the scenario is none; " + Name.FIX);
        }
        if (!version.matches("[A-Za-z0-9][A-Za-z0-9._+-]*") || version.length() > VERSION_LENGTH_MAX) {
            throw RefusedException.conflict("meta.version of the scenario is none, such as 1.0.0");
        }
        return new ScenarioOutline(name, version, racks(map), groups(map), gears(map), wires(map), specs(map));
    }

    /** Ahead of the objects that are made of them: some text of a few characters is a node, which takes a hundred times that. */
    private static void checkBounds(Iterable<Event> events) throws RefusedException {
        int nodes = 0;
        int depth = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> {
                    nodes++;
                    depth++;
                }
                case MappingEnd, SequenceEnd -> depth--;
                case Scalar, Alias -> nodes++;
                default -> {}
            }
            if (nodes > NODES_MAX || depth > DEPTH_MAX) {
                throw RefusedException.conflict("the scenario's file holds more than " + NODES_MAX
                        + " keys and values, or is nested deeper than " + DEPTH_MAX + " levels; split or flatten it");
            }
        }
    }

    private static List<String> racks(Map<?, ?> root) throws RefusedException {
        List<String> names = new ArrayList<>();
        List<?> declared = list(root.get("racks"));
        for (int i = 0; i < declared.size(); i++) {
            String name = name(declared.get(i), "name", i);
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    /** Of a rack or group, as it may stand in what nats-server is told; empty where there is none. */
    private static String name(Object rack, String key, int index) throws RefusedException {
        String name = text(map(rack).get(key));
        if (!name.isEmpty() && Name.refusal(name).isPresent()) {
            throw RefusedException.conflict("racks[" + index + "]." + key + " of the scenario is no name; " + Name.FIX
                    + ", " + Name.LENGTH_MAX + " at most");
        }
        return name;
    }

    private static Map<String, List<String>> groups(Map<?, ?> root) throws RefusedException {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        List<?> declared = list(root.get("racks"));
        for (int i = 0; i < declared.size(); i++) {
            String name = name(declared.get(i), "group", i);
            if (!name.isEmpty()) {
                Map<?, ?> labels = map(map(map(declared.get(i)).get("match")).get("labels"));
                groups.put(name, carrying(labels, root));
            }
        }
        return groups;
    }

    private static List<String> carrying(Map<?, ?> labels, Map<?, ?> root) throws RefusedException {
        List<String> names = new ArrayList<>();
        for (Object each : list(root.get("racks"))) {
            String name = text(map(each).get("name"));
            Map<?, ?> own = map(map(each).get("labels"));
            boolean all = labels.entrySet().stream()
                    .allMatch(label -> text(label.getValue()).equals(text(own.get(label.getKey()))));
            if (!name.isEmpty() && all) {
                names.add(name);
            }
        }
        return names;
    }

    private static List<Gear> gears(Map<?, ?> root) throws RefusedException {
        List<Gear> gears = new ArrayList<>();
        for (Object each : list(root.get("gears"))) {
            Map<?, ?> gear = map(each);
            Object deploy = gear.get("deploy");
            List<String> racks = deploy instanceof List<?> several
                    ? several.stream().map(ScenarioOutline::text).toList()
                    : deploy == null ? List.of() : List.of(text(deploy));
            gears.add(new Gear(text(gear.get("name")), text(gear.get("type")), racks, shares(gear)));
        }
        return List.copyOf(gears);
    }

    /** Also where a variable of the racks says it, which nobody here knows. */
    private static boolean shares(Map<?, ?> gear) {
        String store = text(map(map(gear.get("config")).get("valet")).get("store"));
        return store.equals("shared") || store.contains("${");
    }

    private static List<Wire> wires(Map<?, ?> root) throws RefusedException {
        List<Wire> wires = new ArrayList<>();
        for (Object each : list(root.get("wires"))) {
            Map<?, ?> wire = map(each);
            wires.add(new Wire(
                    text(wire.get("from")), text(wire.get("to")), text(wire.get("lane")), text(wire.get("confirm"))));
        }
        return List.copyOf(wires);
    }

    private static List<String> specs(Map<?, ?> root) throws RefusedException {
        Set<String> found = new LinkedHashSet<>();
        for (Object gear : list(root.get("gears"))) {
            addSpecs(map(gear).get("config"), found);
        }
        return List.copyOf(found);
    }

    /** As deep as YAML is let nest. */
    private static void addSpecs(Object config, Set<String> to) {
        if (config instanceof List<?> several) {
            several.forEach(each -> addSpecs(each, to));
        }
        map(config).forEach((key, value) -> {
            String path = value instanceof String text ? text : "";
            if (!key.equals(SPEC_PATH)) {
                addSpecs(value, to);
            } else if (ArtefactStore.isReference(path) && !SpecLoader.bases().contains(path)) {
                to.add(path);
            }
        });
    }

    private static List<?> list(Object value) throws RefusedException {
        List<?> list = value instanceof List<?> some ? some : List.of();
        if (list.size() > ITEMS_MAX) {
            throw RefusedException.conflict(
                    "a list of the scenario is too long: items=" + list.size() + " max=" + ITEMS_MAX);
        }
        return list;
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
