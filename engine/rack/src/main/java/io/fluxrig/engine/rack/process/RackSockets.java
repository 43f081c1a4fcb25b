package io.fluxrig.engine.rack.process;

import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import java.util.ArrayList;
import java.util.List;

/** Says in words which gears of a rack listen and which dial where. */
final class RackSockets {

    private RackSockets() {}

    /** {@code terminals listens on :8583, scheme_a1 dials 127.0.0.1:9101}; empty if no gear has a socket. */
    static String describe(RackPlan plan) {
        List<String> parts = new ArrayList<>();
        for (GearPlan gear : plan.strips().gears()) {
            if (gear.retired()) {
                continue;
            }
            if (gear.given("bind")) {
                parts.add(gear.name() + " listens on " + gear.config().text("bind"));
            } else if (gear.given("connect")) {
                parts.add(gear.name() + " dials " + gear.config().text("connect"));
            }
        }
        return String.join(", ", parts);
    }
}
