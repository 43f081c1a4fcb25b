package io.fluxrig.engine.config;

import io.fluxrig.engine.config.NodeConfig.Origin;
import io.fluxrig.engine.config.NodeConfig.Setting;
import io.fluxrig.engine.config.ScalarReader.Form;
import io.fluxrig.engine.config.ScalarReader.Reading;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.ConfigKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Puts the node's configuration together: flags go before {@code FLUXRIG_*} variables, those before the file, that before
 * the defaults. Everything wrong anywhere is reported at once.
 */
public final class NodeConfigLoader {
    /** Set to 1: trace level, whatever file and other variables say. */
    public static final String TRACE = "FLUXRIG_TRACE";

    /** Set to 1: debug level, whatever file and other variables say. */
    public static final String DEBUG = "FLUXRIG_DEBUG";

    /** Set to 1: no telemetry, whatever file and other variables say. */
    public static final String DISABLE_TELEMETRY = "FLUXRIG_DISABLE_TELEMETRY";

    /** What commands that ask a mixer read. */
    private static final Set<String> COMMANDS = Set.of("FLUXRIG_API_URL", "FLUXRIG_API_TOKEN");

    private final NodeFileKeys keys;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final Faults faults = new Faults();

    private NodeConfigLoader(NodeFileKeys keys) {
        this.keys = keys;
    }

    /**
     * A rack's.
     *
     * @param file the node file, null for none
     * @param environment the process's variables
     * @param flags full key name to text, from the command line
     */
    public static NodeConfigLoad load(Path file, Map<String, String> environment, Map<String, String> flags) {
        return load(NodeKeys.FILE, file, environment, flags);
    }

    /** As {@link #load(Path, Map, Map)}, for a node of the kind that has these keys. */
    public static NodeConfigLoad load(
            NodeFileKeys keys, Path file, Map<String, String> environment, Map<String, String> flags) {
        return new NodeConfigLoader(keys).read(file, environment, flags);
    }

    private NodeConfigLoad read(Path file, Map<String, String> environment, Map<String, String> flags) {
        for (String name : keys.names()) {
            ConfigKey key = keys.find(name);
            settings.put(name, new Setting(name, key, ScalarReader.ofDefault(key), Origin.DEFAULT, ""));
        }
        if (file != null) {
            new TomlFile(file, keys, faults).read(this::set);
        }
        environment.forEach(this::variable);
        force(environment);
        flags.forEach(this::flag);
        checkTogether();
        return new NodeConfigLoad(faults.hasErrors() ? null : new NodeConfig(settings, keys.names()), faults.all());
    }

    private void set(String name, String text, Form form, Place place) {
        ConfigKey key = keys.find(name);
        if (key == null) {
            faults.error(place, name, "unknown key", Nearest.fix(name, keys.names()));
            return;
        }
        put(name, text, form, Origin.FILE, place, place.toString());
    }

    private void variable(String variable, String text) {
        for (String name : keys.names()) {
            if (NodeFileKeys.variable(name).equals(variable)) {
                put(name, text, Form.ANY, Origin.ENVIRONMENT, Place.ofFile("environment " + variable), variable);
                return;
            }
        }
        warnOfMisspelt(variable);
    }

    /** A variable of the other kind of node is none of this one's business: both may have the same environment. */
    private void warnOfMisspelt(String variable) {
        if (COMMANDS.contains(variable)
                || NodeKeys.FILE.hasVariable(variable)
                || MixerKeys.FILE.hasVariable(variable)) {
            return;
        }
        for (ConfigKey section : keys.sections()) {
            if (variable.startsWith(NodeFileKeys.variable(section.name()) + "_")) {
                List<String> known =
                        keys.names().stream().map(NodeFileKeys::variable).toList();
                faults.warning(
                        Place.ofFile("environment " + variable),
                        "",
                        "this variable sets no key",
                        Nearest.fix(variable, known));
            }
        }
    }

    private void force(Map<String, String> environment) {
        if (isOn(environment, DEBUG)) {
            put(NodeKeys.LOGGING_LEVEL, "debug", Form.ANY, Origin.ENVIRONMENT, Place.ofFile(DEBUG), DEBUG);
        }
        if (isOn(environment, TRACE)) {
            put(NodeKeys.LOGGING_LEVEL, "trace", Form.ANY, Origin.ENVIRONMENT, Place.ofFile(TRACE), TRACE);
        }
        if (isOn(environment, DISABLE_TELEMETRY) && keys.find(NodeKeys.TELEMETRY_ENABLED) != null) {
            Place place = Place.ofFile(DISABLE_TELEMETRY);
            put(NodeKeys.TELEMETRY_ENABLED, "false", Form.ANY, Origin.ENVIRONMENT, place, DISABLE_TELEMETRY);
        }
    }

    private static boolean isOn(Map<String, String> environment, String variable) {
        String value = environment.getOrDefault(variable, "");
        return value.equals("1") || value.equals("true");
    }

    private void flag(String name, String text) {
        Place place = Place.ofFile("command line");
        if (keys.find(name) == null) {
            faults.error(place, name, "unknown key", Nearest.fix(name, keys.names()));
            return;
        }
        put(name, text, Form.ANY, Origin.FLAG, place, "on the command line");
    }

    private void put(String name, String text, Form form, Origin origin, Place place, String where) {
        ConfigKey key = keys.find(name);
        Reading reading = ScalarReader.read(key, text, form, ScalarReader.quote(text));
        if (reading.ok()) {
            settings.put(name, new Setting(name, key, reading.value(), origin, where));
        } else {
            faults.error(place, name, reading.what(), reading.fix());
        }
    }

    private void checkTogether() {
        if (keys != NodeKeys.FILE) {
            new MixerChecks(settings, faults).check();
            return;
        }
        powerOfTwo(NodeKeys.RACK_TURBO_RING, Quantity::sizeText);
        powerOfTwo(NodeKeys.SNAKE_IN_FLIGHT, Long::toString);
        Setting name = settings.get(NodeKeys.RACK_NAME);
        String rack = name.value().toString();
        if (!rack.isEmpty()) { // empty is no name: the rack is the one that its scenario declares
            Name.refusal(rack)
                    .ifPresent(refusal -> faults.error(name.place(), name.name(), refusal.what(), refusal.fix()));
        }
    }

    private void powerOfTwo(String key, LongFunction<String> text) {
        Setting setting = settings.get(key);
        long value = (Long) setting.value();
        if (Long.bitCount(value) != 1) {
            faults.error(
                    setting.place(),
                    setting.name(),
                    setting.shown() + " is no power of two",
                    "write " + text.apply(Long.highestOneBit(value) << 1));
        }
    }
}
