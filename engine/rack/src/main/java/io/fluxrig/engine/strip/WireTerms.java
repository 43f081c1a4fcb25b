package io.fluxrig.engine.strip;

import io.fluxrig.engine.strip.plan.StripPlan;

/**
 * What a durable or guaranteed wire is to its receiver.
 *
 * @param lane as metrics name it
 * @param name as metrics have it
 * @param setsAside whether what a gear refuses for good is set aside until the next start; else it goes back to the stream
 * @param expireAfterNs age at which a message is handed over no more, 0 for never
 */
record WireTerms(String lane, String name, boolean setsAside, long expireAfterNs) {
    /** The name in a line for people. */
    String title() {
        return StripPlan.Carriage.title(name);
    }
}
