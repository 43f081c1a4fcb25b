package io.fluxrig.engine.scenario;

import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A map of a scenario after {@link KeyChecker} went over it: values converted, defaults filled in. Immutable once the check
 * is over.
 */
final class CheckedConfig implements GearConfig {
    private final Map<String, ConfigKey> declared = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();
    private final boolean anyKey;
    private final YamlNode.Mapping source;
    private final SpecShelf specs;

    /**
     * @param anyKey whether keys that are not declared may be asked for
     * @param specs the scenario's dialects, and its folder, where relative file names start
     */
    CheckedConfig(List<ConfigKey> keys, boolean anyKey, YamlNode.Mapping source, SpecShelf specs) {
        for (ConfigKey key : keys) {
            declared.put(key.name(), key);
        }
        this.anyKey = anyKey;
        this.source = source;
        this.specs = specs;
    }

    void put(String key, Object value) {
        values.put(key, value);
    }

    YamlNode.Mapping source() {
        return source;
    }

    /** A section counts as given if it stands in the file, though it may be asked for in any case. */
    @Override
    public boolean has(String key) {
        Object value = value(key);
        return value instanceof CheckedConfig ? source.get(key) != null : value != null;
    }

    @Override
    public String text(String key) {
        Object value = value(key);
        return value == null ? null : value.toString();
    }

    @Override
    public String shownAddress(String key) {
        if (!anyKey && declared.get(key).type() != ConfigKey.Type.ADDRESS) {
            throw new IllegalArgumentException("configuration key " + key + " is no address: it may be a secret");
        }
        return source.get(key) instanceof YamlNode.Scalar scalar ? scalar.shownInFull() : "'" + text(key) + "'";
    }

    @Override
    public long number(String key) {
        return (Long) given(key);
    }

    @Override
    public boolean flag(String key) {
        return (Boolean) given(key);
    }

    @Override
    public long durationNs(String key) {
        return (Long) given(key);
    }

    @Override
    public List<String> texts(String key) {
        Object value = value(key);
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(Object::toString).toList();
    }

    @Override
    public GearConfig section(String key) {
        return (GearConfig) given(key);
    }

    @Override
    public List<GearConfig> sections(String key) {
        Object value = value(key);
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(GearConfig.class::cast).toList();
    }

    @Override
    public Object tree(String key) {
        Object value = value(key);
        return value instanceof CheckedConfig section ? section.source.plain() : value;
    }

    @Override
    public Path file(String key) {
        if (!anyKey && declared.get(key).type() != ConfigKey.Type.PATH) {
            throw new IllegalArgumentException(
                    "configuration key " + key + " is no path: nobody checked that it is one");
        }
        return specs.folder().resolve((String) given(key)).normalize();
    }

    @Override
    public Spec spec(String key) {
        return specs.find(text(key));
    }

    /** The values that do not stand in the file: defaults, and what the wires have decided. */
    String unwritten() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .filter(entry ->
                                source.get(entry.getKey()) == null && !(entry.getValue() instanceof CheckedConfig))
                        .toList()
                        .toString();
    }

    /** The dialects that this map and those in it name. */
    List<Spec> specs() {
        List<Spec> found = new ArrayList<>();
        for (Map.Entry<String, Object> entry : new TreeMap<>(values).entrySet()) {
            if (entry.getValue() instanceof CheckedConfig section) {
                found.addAll(section.specs());
            } else if (entry.getValue() instanceof String path && specs.find(path) != null) {
                found.add(specs.find(path));
            }
        }
        return found;
    }

    /** The files of the dialects that this map and those in it name; those that are built in have none. */
    List<Path> specFiles() {
        List<Path> found = new ArrayList<>();
        for (Object value : new TreeMap<>(values).values()) {
            if (value instanceof CheckedConfig section) {
                found.addAll(section.specFiles());
            } else if (value instanceof String path && specs.find(path) != null) {
                specs.file(path).ifPresent(found::add);
            }
        }
        return found;
    }

    /** By {@link #specFiles} what each was merged from, in files. */
    Map<Path, List<SpecSource>> mergedFiles() {
        Map<Path, List<SpecSource>> found = new TreeMap<>();
        for (Object value : values.values()) {
            if (value instanceof CheckedConfig section) {
                found.putAll(section.mergedFiles());
            } else if (value instanceof String path && specs.find(path) != null) {
                List<SpecSource> all = specs.sources(path);
                specs.file(path)
                        .filter(file -> all.size() > 1)
                        .ifPresent(file -> found.put(file, all.subList(1, all.size())));
            }
        }
        return found;
    }

    /** The files that keys of type {@code PATH} name, here and in sections. */
    List<Path> files() {
        List<Path> found = new ArrayList<>();
        values.forEach((key, value) -> {
            ConfigKey declaredKey = declared.get(key);
            if (value instanceof CheckedConfig section) {
                found.addAll(section.files());
            } else if (declaredKey != null && declaredKey.type() == ConfigKey.Type.PATH && value != null) {
                found.add(file(key));
            }
        });
        return found;
    }

    @Override
    public String where(String key) {
        return NodePath.find(source, key).toString();
    }

    /** The value, null if neither given nor by default; a section that takes any keys knows every name. */
    private Object value(String key) {
        if (!anyKey && !declared.containsKey(key)) {
            throw new IllegalArgumentException("configuration key " + key + " is not declared in the manifest");
        }
        return values.get(key);
    }

    private Object given(String key) {
        Object value = value(key);
        if (value == null) {
            throw new IllegalStateException(
                    "configuration key " + key + " has no value and no default: ask has() first");
        }
        return value;
    }
}
