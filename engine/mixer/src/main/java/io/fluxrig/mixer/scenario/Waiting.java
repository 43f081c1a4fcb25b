package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.registry.RackEntry;

/** What a rack that cannot be sent its scenario now waits for, for people. */
final class Waiting {
    private Waiting() {}

    /**
     * Empty where it can be sent, or nobody here knows.
     *
     * @param rack null if none of that name has said hello
     * @param nats whether there is a connection to NATS
     */
    static String forWhat(String name, RackEntry rack, boolean nats) {
        if (rack == null) {
            return "no rack of that name has said hello yet; it gets the scenario once it has and is approved";
        }
        if (rack.standing().equals(Standing.PENDING)) {
            return "it gets the scenario once it is approved: fluxrig admin racks approve " + name;
        }
        if (rack.standing().equals(Standing.SUSPENDED)) {
            return "the rack is suspended, and gets the scenario once it is active again: fluxrig admin racks activate "
                    + name;
        }
        return nats ? "" : "NATS is away; it gets the scenario once the mixer reaches that again";
    }
}
