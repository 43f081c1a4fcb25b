package io.fluxrig.engine.gears.sim;

import io.fluxrig.engine.gears.responder.AnswerFactory;

/**
 * Describes and builds {@code sim_responder}: an issuer host that approves, declines, is slow, stays silent or answers
 * twice, as its rules say. It takes no new requests once its rack drains.
 */
public final class SimResponderFactory extends AnswerFactory {
    public SimResponderFactory() {
        super(
                "sim_responder",
                "An issuer simulator: answers, declines, delays, stays silent or answers twice by rules.",
                "decoded requests",
                true);
    }
}
