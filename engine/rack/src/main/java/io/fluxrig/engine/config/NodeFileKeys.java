package io.fluxrig.engine.config;

import io.fluxrig.engine.gear.ConfigKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The keys of one kind of node file. Immutable.
 *
 * @see NodeKeys
 * @see MixerKeys
 */
public final class NodeFileKeys {
    private final String kind;
    private final List<ConfigKey> sections;
    private final Map<String, ConfigKey> byName = new LinkedHashMap<>();

    /** @param kind what runs with such a file: {@code rack} or {@code mixer} */
    NodeFileKeys(String kind, List<ConfigKey> sections) {
        this.kind = kind;
        this.sections = List.copyOf(sections);
        for (ConfigKey section : sections) {
            section.children().forEach(key -> byName.put(section.name() + "." + key.name(), key));
        }
    }

    /** What runs with such a file: {@code rack} or {@code mixer}. */
    public String kind() {
        return kind;
    }

    /** The sections, in the order of the file. */
    public List<ConfigKey> sections() {
        return sections;
    }

    /** The key of that full name, such as {@code rack.strips}; null if there is none. */
    public ConfigKey find(String name) {
        return byName.get(name);
    }

    /** All full names, in the order of the file. */
    public List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    /** Whether the environment variable sets one of these keys. */
    boolean hasVariable(String variable) {
        return byName.keySet().stream().anyMatch(name -> variable(name).equals(variable));
    }

    /** The environment variable that sets a key: {@code FLUXRIG_RACK_STRIPS}. */
    public static String variable(String name) {
        return "FLUXRIG_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
