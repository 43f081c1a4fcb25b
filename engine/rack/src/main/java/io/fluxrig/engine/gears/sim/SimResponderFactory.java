package io.fluxrig.engine.gears.sim;

import io.fluxrig.engine.gear.ConfigFaults;
import io.fluxrig.engine.gear.Content;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gear.WiredSpecs;
import io.fluxrig.engine.gears.responder.AnswerGear;
import io.fluxrig.engine.gears.responder.AnswerKeys;
import java.util.List;

/**
 * Describes and builds {@code sim_responder}: an issuer host that approves, declines, is slow, stays silent or answers
 * twice, as its rules say. It takes no new requests once its rack drains.
 */
public final class SimResponderFactory implements GearFactory {
    private static final GearManifest MANIFEST = new GearManifest(
            "sim_responder",
            "An issuer simulator: answers, declines, delays, stays silent or answers twice by rules.",
            List.of(new Port("in", "decoded requests")),
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
        return new AnswerGear(context, true);
    }
}
