package io.fluxrig.engine.scenario;

import io.fluxrig.engine.config.ScalarReader;
import io.fluxrig.engine.config.ScalarReader.Reading;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.ConfigKey;
import java.util.ArrayList;
import java.util.List;

/** Checks a map against its declared keys, reports every fault with its place, and yields the values with defaults. */
final class KeyChecker {
    /** Said of a key that is too much: every other value is as it should be. */
    static final String UNKNOWN_KEY = "unknown key";

    private final SpecShelf specs;
    private final Pace pace;
    private final Faults faults;

    KeyChecker(SpecShelf specs, Pace pace, Faults faults) {
        this.pace = pace;
        this.specs = specs;
        this.faults = faults;
    }

    /** The same check, its faults told elsewhere. */
    KeyChecker into(Faults other) {
        return new KeyChecker(specs, pace, other);
    }

    /**
     * Checks a section; one that declares no keys takes any.
     *
     * @param path key path of the map itself, empty at the top
     */
    CheckedConfig check(YamlNode.Mapping map, List<ConfigKey> keys, String path) {
        if (keys.isEmpty()) {
            CheckedConfig config = new CheckedConfig(keys, true, map, specs);
            map.entries().forEach((key, entry) -> config.put(key, entry.value().plain()));
            return config;
        }
        return checkDeclared(map, keys, path);
    }

    /** Checks a map that takes the declared keys and no others. */
    CheckedConfig checkDeclared(YamlNode.Mapping map, List<ConfigKey> keys, String path) {
        CheckedConfig config = new CheckedConfig(keys, false, map, specs);
        refuseUnknown(map, keys, path);
        for (ConfigKey key : keys) {
            pace.breathe();
            String keyPath = join(path, key.name());
            YamlNode node = map.get(key.name());
            Object value = node == null ? absent(map, key, keyPath) : value(node, key, keyPath);
            config.put(key.name(), value);
        }
        return config;
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void refuseUnknown(YamlNode.Mapping map, List<ConfigKey> keys, String path) {
        List<String> known = keys.stream().map(ConfigKey::name).toList();
        map.entries().forEach((key, entry) -> {
            if (!known.contains(key) && !key.startsWith("x-")) {
                faults.error(entry.keyPlace(), join(path, key), UNKNOWN_KEY, Nearest.fix(key, known));
            }
        });
    }

    private Object absent(YamlNode.Mapping map, ConfigKey key, String path) {
        if (key.required()) {
            Place place = map.placeOf(key.name());
            faults.error(place, path, "is missing", "add " + key.name() + ": " + key.doc());
        }
        if (key.type() == ConfigKey.Type.SECTION) {
            return check(new YamlNode.Mapping(map.placeOf(key.name())), optional(key.children()), path);
        }
        return ScalarReader.ofDefault(key);
    }

    /** Children of a section that is absent are not missed. */
    private static List<ConfigKey> optional(List<ConfigKey> keys) {
        return keys.stream()
                .map(key -> new ConfigKey(
                        key.name(),
                        key.type(),
                        key.defaultValue(),
                        false,
                        key.choices(),
                        key.min(),
                        key.max(),
                        key.doc(),
                        key.children()))
                .toList();
    }

    private Object value(YamlNode node, ConfigKey key, String path) {
        return switch (key.type()) {
            case TREE -> node.plain();
            case SECTION ->
                node instanceof YamlNode.Mapping map
                        ? check(map, key.children(), path)
                        : wrong(node, path, "a map of keys is needed", "write its keys below it, indented");
            case SECTIONS ->
                node instanceof YamlNode.Sequence list
                        ? entries(list, key, path)
                        : wrong(node, path, "a list of maps is needed", "begin each entry with '- '");
            case TEXTS -> texts(node, key, path);
            default ->
                node instanceof YamlNode.Scalar scalar
                        ? scalar(scalar, key, path)
                        : wrong(node, path, "a single value is needed", key.doc());
        };
    }

    private Object scalar(YamlNode.Scalar scalar, ConfigKey key, String path) {
        Reading reading = ScalarReader.read(key, scalar.text(), scalar.form(), shown(scalar, key));
        if (!reading.ok()) {
            faults.error(scalar.place(), path, reading.what(), reading.fix());
        }
        return reading.value();
    }

    /** What a variable held may be a secret, but for an address. */
    private static String shown(YamlNode.Scalar scalar, ConfigKey key) {
        return key.type() == ConfigKey.Type.ADDRESS ? scalar.shownInFull() : scalar.shown();
    }

    private List<CheckedConfig> entries(YamlNode.Sequence list, ConfigKey key, String path) {
        List<CheckedConfig> checked = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            String itemPath = path + "[" + i + "]";
            YamlNode item = list.items().get(i);
            if (item instanceof YamlNode.Mapping map) {
                checked.add(check(map, key.children(), itemPath));
            } else {
                wrong(item, itemPath, "a map of keys is needed", "write key: value pairs after '- '");
            }
        }
        return checked;
    }

    private List<String> texts(YamlNode node, ConfigKey key, String path) {
        if (node instanceof YamlNode.Scalar single) {
            Object text = scalar(single, key, path);
            return text == null ? List.of() : List.of(single.text());
        }
        if (!(node instanceof YamlNode.Sequence list)) {
            wrong(node, path, "a list of texts is needed", key.doc());
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            String itemPath = path + "[" + i + "]";
            if (!(list.items().get(i) instanceof YamlNode.Scalar scalar) || scalar.empty()) {
                wrong(list.items().get(i), itemPath, "a text is needed", key.doc());
            } else if (scalar(scalar, key, itemPath) != null) {
                texts.add(scalar.text());
            }
        }
        return texts;
    }

    private Object wrong(YamlNode node, String path, String what, String fix) {
        faults.error(node.place(), path, "here stands " + node.noun() + ", " + what, fix);
        return null;
    }
}
