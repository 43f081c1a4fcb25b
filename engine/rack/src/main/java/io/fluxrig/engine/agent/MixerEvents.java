package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;

/** What comes from the mixer; called on the bus's thread, and must not block it. */
interface MixerEvents {
    /** @param authority who signed it: the mixer's public key */
    void standing(Standing standing, byte[] authority);

    void push(ScenarioPush push);

    /** @param replyTo where {@link MixerLink#done} goes, null for nowhere */
    void order(Order order, String replyTo);
}
