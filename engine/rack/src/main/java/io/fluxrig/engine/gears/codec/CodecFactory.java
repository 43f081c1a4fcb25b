package io.fluxrig.engine.gears.codec;

import static io.fluxrig.engine.gear.ConfigKey.choice;

import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Content;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What all types of codec gears have in common: their ports, how they turn, how they end what they refuse. */
public abstract class CodecFactory implements GearFactory {
    private final GearManifest manifest;

    /** @param keys the type's own, ahead of those that all have; {@code spec_path} is to be among them */
    protected CodecFactory(String type, String summary, ConfigKey... keys) {
        List<ConfigKey> all = new ArrayList<>(List.of(keys));
        all.addAll(sharedKeys());
        manifest = new GearManifest(
                type,
                summary,
                List.of(new Port("in", "messages to decode (raw) or to encode (with fields)")),
                List.of(
                        new Port("out", "decoded messages, or encoded ones"),
                        new Port(
                                "error",
                                "what could not be decoded or encoded, with error.reason and codec.violations; of a"
                                        + " message that does not decode, the fields before the fault")),
                List.copyOf(all));
    }

    private static List<ConfigKey> sharedKeys() {
        return List.of(
                choice(
                        "direction",
                        "auto",
                        "auto encodes what has fields and decodes the rest",
                        "auto",
                        "encode",
                        "decode"),
                choice(
                        "on_error",
                        "reject",
                        "reject: leaves on error, with the fields that could be read, so that a responder there can"
                                + " answer 30; drop: counted, and its sender is told nothing; kill: dropped, and its"
                                + " connection is closed",
                        "reject",
                        "drop",
                        "kill"),
                choice(
                        "validation",
                        "off",
                        "the spec's usages, closed tables, formats and checks; off: none; warn: told in codec.violations"
                                + " and passed on; enforce: what breaks a rule of severity reject ends as on_error says."
                                + " What an answer repeats of its request is the conductor's to know: its validation",
                        "off",
                        "warn",
                        "enforce"));
    }

    @Override
    public final GearManifest manifest() {
        return manifest;
    }

    @Override
    public Set<String> outputsUnused(GearConfig config) {
        return "reject".equals(config.text("on_error")) ? Set.of() : Set.of("error");
    }

    @Override
    public Content takes(GearConfig config, String inputPort) {
        return switch (direction(config)) {
            case "decode" -> Content.BYTES;
            case "encode" -> Content.FIELDS;
            default -> Content.ANY;
        };
    }

    /** On {@code error} a decoder gives as many fields as it could read. */
    @Override
    public Content gives(GearConfig config, String outputPort) {
        boolean out = outputPort.equals("out");
        return switch (direction(config)) {
            case "decode" -> Content.FIELDS;
            case "encode" -> out ? Content.BYTES : Content.ANY;
            default -> out ? Content.TURNED : Content.ANY;
        };
    }

    private static String direction(GearConfig config) {
        String direction = config.text("direction");
        return direction == null ? "auto" : direction;
    }
}
