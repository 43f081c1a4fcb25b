package io.fluxrig.engine.gears.sim;

import static io.fluxrig.engine.gear.ConfigKey.choice;
import static io.fluxrig.engine.gear.ConfigKey.code;
import static io.fluxrig.engine.gear.ConfigKey.duration;
import static io.fluxrig.engine.gear.ConfigKey.number;
import static io.fluxrig.engine.gear.ConfigKey.sections;
import static io.fluxrig.engine.gear.ConfigKey.text;
import static io.fluxrig.engine.gear.ConfigKey.texts;
import static io.fluxrig.engine.gear.ConfigKey.tree;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Content;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gears.macro.MacroState;
import io.fluxrig.iso.spec.Spec;
import java.util.List;

/** Describes and builds {@code sim_source}: an acquirer that sends a mix of requests at a rate and counts the answers. */
public final class SimSourceFactory implements GearFactory {
    private static final GearManifest MANIFEST = new GearManifest(
            "sim_source",
            "An acquirer simulator: sends a weighted mix of requests at a rate and counts the answers.",
            List.of(
                    new Port("in", "decoded answers"),
                    new Port("control", "any message starts the source, the next one stops it"),
                    new Port("in_peer", "answers that reached another strip than their request left; not to be wired")),
            List.of(new Port("out", "requests, with fields")),
            keys());

    @Override
    public GearManifest manifest() {
        return MANIFEST;
    }

    @Override
    public void check(GearConfig config, ConfigFaults faults) {
        Spec spec = config.spec("spec_path");
        if (spec != null) {
            Mix.compile(config, spec, faults);
        }
        boolean spike = "spike".equals(config.text("shape"));
        if (spike && config.durationNs("spike_for") > config.durationNs("spike_every")) {
            faults.error("spike_for", "is longer than spike_every", "make spikes shorter than the time between them");
        }
        if ((spike || "ramp".equals(config.text("shape"))) && !config.has("rate_to")) {
            faults.error("rate_to", "is missing with shape: " + config.text("shape"), "add the rate to reach");
        }
    }

    @Override
    public Content takes(GearConfig config, String inputPort) {
        return inputPort.equals("control") ? Content.ANY : Content.FIELDS;
    }

    @Override
    public Content gives(GearConfig config, String outputPort) {
        return Content.FIELDS;
    }

    @Override
    public Gear create(GearContext context) {
        return new SourceGear(
                context, context.specs().bySpecPath(context.config().text("spec_path")));
    }

    /** The shape of one strip's share of the rate. */
    static RateShape shape(GearConfig config, int strips, MacroState chance) {
        double rate = (double) config.number("rate") / strips;
        double rateTo = config.has("rate_to") ? (double) config.number("rate_to") / strips : rate;
        return switch (config.text("shape")) {
            case "ramp" -> RateShape.ramp(rate, rateTo, config.durationNs("ramp_time"));
            case "spike" ->
                RateShape.spike(rate, rateTo, config.durationNs("spike_every"), config.durationNs("spike_for"));
            case "poisson" -> RateShape.poisson(rate, chance);
            default -> RateShape.constant(rate);
        };
    }

    private static List<ConfigKey> keys() {
        return List.of(
                text("spec_path", null, "the dialect: a file, name:tag or sha256:...")
                        .mandatory(),
                sections(
                        "mix",
                        "the kinds of requests, drawn by weight",
                        text("name", null, "for people").mandatory(),
                        number("weight", 1L, 1, 1_000_000, "how often, relative to the others"),
                        code("mti", "0100", "four digits, taken as they are written"),
                        tree(
                                "fields",
                                "number, path or alias to a value, which may hold macros; digits that begin with 0 are taken as they are"
                                        + " written, other numbers stand in quotes")),
                choice("shape", "constant", "how the rate goes over time", "constant", "ramp", "poisson", "spike"),
                number("rate", 100L, 1, 10_000_000, "requests a second, of all strips together"),
                number("rate_to", null, 1, 10_000_000, "the rate that a ramp ends at, or that a spike has"),
                duration("ramp_time", "10s", "how long a ramp takes"),
                duration("spike_every", "10s", "from one spike to the next"),
                duration("spike_for", "1s", "how long a spike lasts; it stands at the beginning of each round"),
                choice("trigger", "on_load", "when it begins: with the rack, or by control", "on_load", "on_control"),
                number("total", 0L, 0, Long.MAX_VALUE, "requests to send, of all strips together; 0 for no end"),
                duration("duration", null, "when to stop; never if not given"),
                texts("match", "fields that an answer has in common with its request only; 11 if not given"),
                duration("answer_timeout", "30s", "when a request counts as not answered"),
                number("max_in_flight", 10_000L, 1, 1_000_000, "most requests without an answer, on a strip"),
                number("seed", 1L, Long.MIN_VALUE, Long.MAX_VALUE, "makes chance repeatable"));
    }
}
