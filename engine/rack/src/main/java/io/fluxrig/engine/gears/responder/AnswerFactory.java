package io.fluxrig.engine.gears.responder;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.Content;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gear.WiredSpecs;
import java.util.List;
import java.util.Set;

/** Describes and builds a gear that answers by rules: what those types share. */
public abstract class AnswerFactory implements GearFactory {
    private final GearManifest manifest;
    private final boolean stopsWhenDraining;

    /**
     * @param takes what arrives on {@code in}
     * @param stopsWhenDraining whether new requests are refused during a drain; a gear that declines must go on
     */
    protected AnswerFactory(String type, String description, String takes, boolean stopsWhenDraining) {
        this.manifest = new GearManifest(
                type,
                description,
                List.of(new Port("in", takes)),
                List.of(
                        new Port("out", "answers, for the connection that the request came from"),
                        new Port("pass", "what no rule takes, and answers")),
                AnswerKeys.keys());
        this.stopsWhenDraining = stopsWhenDraining;
    }

    @Override
    public final GearManifest manifest() {
        return manifest;
    }

    @Override
    public final void check(GearConfig config, ConfigFaults faults) {
        AnswerKeys.check(config, faults);
    }

    @Override
    public final Content takes(GearConfig config, String inputPort) {
        return Content.FIELDS;
    }

    @Override
    public final Set<String> answersAt(GearConfig config, String inputPort) {
        return Set.of("out");
    }

    @Override
    public final void checkWired(GearConfig config, WiredSpecs specs, ConfigFaults faults) {
        AnswerKeys.checkWired(config, specs.at("in"), faults);
    }

    @Override
    public final Gear create(GearContext context) {
        return new AnswerGear(context, stopsWhenDraining);
    }
}
