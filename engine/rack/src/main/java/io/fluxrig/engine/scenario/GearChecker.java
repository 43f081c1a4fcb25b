package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.WiredSpecs;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Checks the gears of a scenario: names, types, where they run, every key of their configuration. */
final class GearChecker {
    /** Most gears of a scenario; a gear's number is one byte of a connection id. */
    static final int GEARS_MAX = 256;

    private final GearCatalog catalog;
    private final RackChecker racks;
    private final KeyChecker keys;
    private final SpecShelf specs;
    private final Faults faults;
    private final Map<String, Named> names = new LinkedHashMap<>();
    /** Configurations without faults of their own, and their path. */
    private final IdentityHashMap<CheckedConfig, String> soundPaths = new IdentityHashMap<>();

    /** Gears of no known type. */
    private final Set<String> untyped = new LinkedHashSet<>();

    /** Gears with wrong values, whose type was not asked what it makes of the others. */
    private final Set<String> halfChecked = new LinkedHashSet<>();

    /** Gears whose type found faults, so that nobody asked what their configuration means for their wires. */
    private final Set<String> halfWired = new LinkedHashSet<>();

    /**
     * What is known of a gear by its name, whether it is sound or not.
     *
     * @param home the first rack or group it is deployed to, as written; empty for every rack
     */
    record Named(Place place, Set<String> deploy, String home) {}

    GearChecker(GearCatalog catalog, RackChecker racks, KeyChecker keys, SpecShelf specs, Faults faults) {
        this.catalog = catalog;
        this.racks = racks;
        this.keys = keys;
        this.specs = specs;
        this.faults = faults;
    }

    /** The gears that are fit to be wired; those of an unknown type are missing, their names are not. */
    List<GearDecl> check(List<GearConfig> sections, Place place) {
        if (sections.size() > GEARS_MAX) {
            faults.error(place, "gears", sections.size() + " gears, at most " + GEARS_MAX, "split the scenario");
        }
        List<GearDecl> gears = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            GearDecl gear = take((CheckedConfig) sections.get(i), "gears[" + i + "]");
            if (gear != null) {
                gears.add(gear);
            }
        }
        return gears;
    }

    /** Every gear that has a name, whether it is sound or not, and where it runs. */
    Map<String, Named> named() {
        return names;
    }

    private GearDecl take(CheckedConfig section, String path) {
        String name = section.text("name");
        Set<String> deploy = deploy(section, path);
        boolean fresh = checkName(name, deploy, section, path);
        GearFactory factory = factory(section, path);
        if (factory == null) {
            configMap(section, path + ".config", faults);
            untyped.add(nameOf(section, path));
            return null;
        }
        CheckedConfig config = config(section, factory, path);
        boolean usable = name != null && fresh;
        return usable
                ? new GearDecl(name, factory, deploy, config, section.source().placeOf("name"))
                : null;
    }

    private boolean checkName(String name, Set<String> deploy, CheckedConfig section, String path) {
        if (name == null) {
            return false;
        }
        ScenarioChecker.checkName(name, section.source(), path + ".name", faults);
        Place place = section.source().placeOf("name");
        Named other = names.putIfAbsent(name, new Named(place, deploy, home(section)));
        if (other != null) {
            faults.error(
                    place,
                    path + ".name",
                    "another gear is called '" + name + "', at line "
                            + other.place().line(),
                    "rename one of them");
        }
        return other == null;
    }

    /** The racks it runs on; empty for all, and where one is not known, so that no wire is blamed for that too. */
    private Set<String> deploy(CheckedConfig section, String path) {
        Set<String> deploy = new LinkedHashSet<>();
        boolean known = true;
        for (String name : section.texts("deploy")) {
            Set<String> found = racks.racksOf(name);
            if (found == null) {
                faults.error(
                        section.source().placeOf("deploy"),
                        path + ".deploy",
                        "no rack or group is called '" + name + "'",
                        racks.names().isEmpty() ? "declare it under racks" : Nearest.fix(name, racks.names()));
                known = false;
            } else {
                deploy.addAll(found);
            }
        }
        return known ? Set.copyOf(deploy) : Set.of();
    }

    private static String home(CheckedConfig section) {
        List<String> written = section.texts("deploy");
        return written.isEmpty() ? "" : written.get(0);
    }

    private GearFactory factory(CheckedConfig section, String path) {
        String type = section.text("type");
        if (type == null) {
            return null;
        }
        GearFactory factory = catalog.find(type);
        if (factory == null) {
            faults.error(
                    section.source().placeOf("type"),
                    path + ".type",
                    "no gear type is called '" + type + "'",
                    catalog.fix(type));
        }
        return factory;
    }

    private CheckedConfig config(CheckedConfig section, GearFactory factory, String path) {
        String configPath = path + ".config";
        Faults before = new Faults();
        YamlNode.Mapping map = configMap(section, configPath, before);
        CheckedConfig config =
                keys.into(before).checkDeclared(map, factory.manifest().keys(), configPath);
        before.all().forEach(faults::add);
        boolean sound = before.all().stream()
                .allMatch(fault -> !fault.isError() || fault.what().equals(KeyChecker.UNKNOWN_KEY));
        if (sound) {
            new FileKeys(specs, faults).check(config, factory.manifest().keys(), configPath);
            ask(factory, config, configPath, nameOf(section, path));
        } else {
            halfChecked.add(nameOf(section, path));
        }
        return config;
    }

    /** The configuration as a map, an empty one where it is none. */
    private static YamlNode.Mapping configMap(CheckedConfig section, String path, Faults faults) {
        YamlNode node = section.source().get("config");
        if (node instanceof YamlNode.Mapping map) {
            return map;
        }
        if (node != null) {
            faults.error(
                    node.place(),
                    path,
                    "here stands " + node.noun() + ", a map of keys is needed",
                    "write its keys below it, indented");
        }
        boolean given = section.source().entries().containsKey("config");
        return new YamlNode.Mapping(section.source().placeOf(given ? "config" : "type"));
    }

    private static String nameOf(CheckedConfig section, String path) {
        String name = section.text("name");
        return name == null ? path : "'" + name + "'";
    }

    private void ask(GearFactory factory, CheckedConfig config, String path, String name) {
        Faults own = new Faults();
        guarded(factory, config, path, own, told -> factory.check(config, told));
        // a key that is wrong already, such as a file that is not there, is not told again in other words
        own.all().stream()
                .filter(fault -> !(fault.isError() && faults.hasErrorWhere(fault)))
                .forEach(faults::add);
        if (own.hasErrors()) {
            halfWired.add(name);
        } else {
            soundPaths.put(config, path);
        }
    }

    /** What could not be looked at because of faults, each as the end of a sentence. */
    List<String> notChecked() {
        List<String> skipped = new ArrayList<>();
        if (!halfChecked.isEmpty()) {
            skipped.add("what else is in the config of " + String.join(", ", halfChecked));
        }
        Set<String> unwired = new LinkedHashSet<>(halfChecked);
        unwired.addAll(halfWired);
        if (!unwired.isEmpty()) {
            skipped.add("the config of " + String.join(", ", unwired) + " against the wires");
        }
        if (!untyped.isEmpty()) {
            skipped.add("the config of " + String.join(", ", untyped) + ", whose type is not known");
        }
        return skipped;
    }

    /** Has each gear whose own configuration is sound look at the dialects that the wires bring it. */
    void checkWired(List<GearDecl> gears, ContentChecker contents) {
        for (GearDecl gear : gears) {
            CheckedConfig config = (CheckedConfig) gear.config();
            String path = soundPaths.get(config);
            if (path != null) {
                WiredSpecs wired = contents.specsOf(gear);
                guarded(gear.factory(), config, path, faults, told -> {
                    gear.factory().checkWired(config, wired, told);
                    gear.factory().fromWires(config, wired).forEach((key, value) -> {
                        if (!config.has(key)) {
                            config.put(key, value);
                        }
                    });
                });
            }
        }
    }

    /** Has the destinations that sound configurations name looked up among the wires. */
    void checkDestinations(List<GearDecl> gears, DestinationChecker destinations) {
        for (GearDecl gear : gears) {
            String path = soundPaths.get((CheckedConfig) gear.config());
            if (path != null) {
                destinations.check(gear, path);
            }
        }
    }

    private static void guarded(
            GearFactory factory, CheckedConfig config, String path, Faults into, Consumer<ConfigFaults> check) {
        ConfigFaults told = new ConfigFaults() {
            @Override
            public void error(String key, String what, String fix) {
                into.error(NodePath.find(config.source(), key), KeyChecker.join(path, key), what, fix);
            }

            @Override
            public void warning(String key, String what, String fix) {
                into.warning(NodePath.find(config.source(), key), KeyChecker.join(path, key), what, fix);
            }
        };
        try {
            check.accept(told);
        } catch (RuntimeException broken) {
            into.error(
                    config.source().place(),
                    path,
                    "the check of gear type " + factory.manifest().type() + " failed: " + broken,
                    "look at the values below this line, and report the failure: it is a fault of the gear");
        }
    }

    /** Checks keys that name files: every {@code spec_path} is loaded, every path called {@code *_file} must be there. */
    private record FileKeys(SpecShelf specs, Faults faults) {

        void check(CheckedConfig config, List<ConfigKey> declared, String path) {
            for (ConfigKey key : declared) {
                String keyPath = KeyChecker.join(path, key.name());
                switch (key.type()) {
                    case TEXT, PATH -> file(config, key, keyPath);
                    case SECTION -> {
                        if (!key.children().isEmpty()) {
                            check((CheckedConfig) config.section(key.name()), key.children(), keyPath);
                        }
                    }
                    case SECTIONS -> {
                        List<GearConfig> entries = config.sections(key.name());
                        for (int i = 0; i < entries.size(); i++) {
                            check((CheckedConfig) entries.get(i), key.children(), keyPath + "[" + i + "]");
                        }
                    }
                    default -> {}
                }
            }
        }

        private void file(CheckedConfig config, ConfigKey declared, String path) {
            String key = declared.name();
            if (!config.has(key) || config.text(key).isEmpty()) {
                return;
            }
            Place place = config.source().placeOf(key);
            if (key.equals("spec_path")) {
                specs.load(config.text(key), place, path);
                return;
            }
            boolean read = declared.type() == ConfigKey.Type.PATH && key.endsWith("_file");
            if (read && FileReason.unreadable(config.file(key)) != null) {
                faults.error(
                        place,
                        path,
                        "no readable file at " + config.file(key) + FileReason.unreadableNote(config.file(key)),
                        FileReason.unreadableFix(config.file(key)));
            }
        }
    }
}
