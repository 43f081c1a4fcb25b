package io.fluxrig.engine.config;

import io.fluxrig.engine.gear.ConfigKey;
import java.util.function.Function;

/** Writes {@code rack.toml} and {@code mixer.toml} from the declarations: every key, explained, at its default. */
public final class NodeFileText {

    private NodeFileText() {}

    /** The text of {@code config/rack.toml} or {@code config/mixer.toml}. */
    public static String write(NodeFileKeys keys) {
        boolean rack = keys == NodeKeys.FILE;
        StringBuilder text = new StringBuilder(4096);
        text.append("# fluxrig " + keys.kind() + ": every key, at its default. What you remove keeps its default.\n");
        String example = rack ? NodeKeys.RACK_STRIPS : MixerKeys.API_BIND;
        text.append("# Precedence: --set key=value, FLUXRIG_* environment (" + example + " is "
                + NodeFileKeys.variable(example) + "),\n");
        text.append("# this file, defaults. 'fluxrig inspect config" + (rack ? "" : " --mixer")
                + "' shows each value and where it came from.\n");
        for (ConfigKey section : keys.sections()) {
            text.append("\n# ")
                    .append(section.doc())
                    .append("\n[")
                    .append(section.name())
                    .append("]\n");
            for (ConfigKey key : section.children()) {
                key(text, key);
            }
        }
        return text.toString();
    }

    private static void key(StringBuilder text, ConfigKey key) {
        text.append("\n# ").append(key.doc()).append('\n');
        String range = range(key);
        if (!range.isEmpty()) {
            text.append("# ").append(range).append('\n');
        }
        text.append(key.name()).append(" = ").append(value(key)).append('\n');
    }

    private static String value(ConfigKey key) {
        return switch (key.type()) {
            case NUMBER, FLAG -> key.defaultValue().toString();
            default -> '"' + key.defaultValue().toString() + '"';
        };
    }

    private static String range(ConfigKey key) {
        return switch (key.type()) {
            case CHOICE -> "One of: " + String.join(", ", key.choices()) + ".";
            case NUMBER -> between(key, String::valueOf);
            case DURATION -> between(key, Quantity::durationText);
            case SIZE -> between(key, Quantity::sizeText);
            default -> "";
        };
    }

    private static String between(ConfigKey key, Function<Long, String> write) {
        return "From " + write.apply(key.min()) + " to " + write.apply(key.max()) + ".";
    }
}
