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

/** Describes and builds {@code responder}: declines, echo and sign-on answers, stand-in. */
public final class ResponderFactory implements GearFactory {
    private static final GearManifest MANIFEST = new GearManifest(
            "responder",
            "Writes answers: declines on the error path, echo and sign-on replies, stand-in.",
            List.of(new Port("in", "decoded requests, with error.reason on an error path")),
            List.of(
                    new Port("out", "answers, for the connection that the request came from"),
                    new Port("pass", "what no rule takes, and answers")),
            AnswerKeys.keys());

    @Override
    public GearManifest manifest() {
        return MANIFEST;
    }

    @Override
    public void check(GearConfig config, ConfigFaults faults) {
        AnswerKeys.check(config, faults);
    }

    @Override
    public Content takes(GearConfig config, String inputPort) {
        return Content.FIELDS;
    }

    @Override
    public void checkWired(GearConfig config, WiredSpecs specs, ConfigFaults faults) {
        AnswerKeys.checkWired(config, specs.at("in"), faults);
    }

    @Override
    public Gear create(GearContext context) {
        return new AnswerGear(context, false);
    }
}
