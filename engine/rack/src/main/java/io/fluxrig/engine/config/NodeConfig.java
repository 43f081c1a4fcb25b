package io.fluxrig.engine.config;

import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.ConfigKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The node's effective configuration: every declared key has a value, and every value knows where it came from. Immutable. */
public final class NodeConfig {
    private final Map<String, Setting> settings;
    private final List<String> names;

    /** @param names in the order of the file */
    NodeConfig(Map<String, Setting> settings, List<String> names) {
        this.settings = Map.copyOf(settings);
        this.names = List.copyOf(names);
    }

    /** Who set a value; a later one goes before an earlier one. */
    public enum Origin {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        FLAG
    }

    /**
     * One effective value.
     *
     * @param value String, Long (nanoseconds of a duration, bytes of a size) or Boolean
     * @param where file and line, variable or flag; empty for a default
     */
    public record Setting(String name, ConfigKey key, Object value, Origin origin, String where) {

        /** The value in the notation of the file. */
        public String shown() {
            return switch (key.type()) {
                case DURATION -> Quantity.durationText((Long) value);
                case SIZE -> Quantity.sizeText((Long) value);
                default -> value.toString();
            };
        }

        /** {@code default}, {@code file rack.toml:12}, {@code environment FLUXRIG_RACK_STRIPS}, {@code flag --set}. */
        public String source() {
            String word = origin.name().toLowerCase(Locale.ROOT);
            return where.isEmpty() ? word : word + " " + where;
        }

        /** Who set it, as a fault names the place. */
        public Place place() {
            return Place.ofFile(where.isEmpty() ? "default" : where);
        }
    }

    /** All values, in the order of the file. */
    public List<Setting> all() {
        return names.stream().map(this::setting).toList();
    }

    /** One value with its origin. */
    public Setting setting(String name) {
        return Objects.requireNonNull(settings.get(name), name);
    }

    public String text(String name) {
        return setting(name).value().toString();
    }

    public long number(String name) {
        return (Long) setting(name).value();
    }

    public boolean flag(String name) {
        return (Boolean) setting(name).value();
    }

    public long durationNs(String name) {
        return number(name);
    }

    /** Folder of the artefact store. */
    public Path artefacts() {
        return Path.of(text(NodeKeys.BASE_DATA_DIR)).resolve("artefacts");
    }

    /** A file or folder under {@code base.data_dir}, unless the key holds an absolute path. */
    public Path dataPath(String name) {
        return Path.of(text(NodeKeys.BASE_DATA_DIR)).resolve(text(name)).normalize();
    }
}
