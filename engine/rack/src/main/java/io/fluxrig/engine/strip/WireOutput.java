package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.List;

/**
 * One output port and its hot wires inside the strip: a plain call for one wire, a copy each for several. Where the scenario
 * changes, {@link #wire} leads the same port elsewhere. Strip thread only; allocates nothing for a message.
 */
final class WireOutput implements Output {
    private final Strip strip;
    private final int gear;
    private final String portName;
    private int port;
    private GearSlot[] targets = new GearSlot[0];
    private int[] inputs = new int[0];

    /** Of a port that is not wired yet. */
    WireOutput(Strip strip, int gear, String portName) {
        this.strip = strip;
        this.gear = gear;
        this.portName = portName;
    }

    /** A port with one wire that no plan knows. */
    WireOutput(Strip strip, int gear, int port, GearSlot target, int input) {
        this(strip, gear, "");
        this.port = port;
        this.targets = new GearSlot[] {target};
        this.inputs = new int[] {input};
    }

    /** Leads where the plan says. */
    void wire(StripPlan plan) {
        List<StripPlan.WirePlan> wires = plan.wires().stream()
                .filter(wire -> wire.fromGear() == gear && wire.fromPort().equals(portName) && !wire.durable())
                .toList();
        targets = wires.stream().map(wire -> strip.slot(wire.toGear())).toArray(GearSlot[]::new);
        inputs = wires.stream().mapToInt(StripPlan.WirePlan::toInput).toArray();
        port = plan.portNumber(gear, portName);
    }

    /** As {@link #wire}, unless the plan leads the port nowhere. */
    void wireIfKnown(StripPlan plan) {
        if (plan.wired(gear, portName)) {
            wire(plan);
        }
    }

    /** The port's number in message paths, by the plan that leads it. */
    int port() {
        return port;
    }

    boolean wired() {
        return targets.length > 0;
    }

    @Override
    public int emit(FluxMsg message) {
        if (targets.length == 0) {
            return Outcome.NOT_WIRED;
        }
        int hops = message.path().count();
        if (!strip.enter(message, gear, port)) {
            return Outcome.REFUSED;
        }
        try {
            return targets.length == 1 ? targets[0].deliver(inputs[0], message) : fanOut(message);
        } finally {
            strip.leave();
            message.path().truncate(hops);
        }
    }

    /** Accepted if one target took its copy, else what the last target said that it was meant for. */
    private int fanOut(FluxMsg message) {
        boolean accepted = false;
        int outcome = Outcome.ELSEWHERE;
        for (int i = 0; i < targets.length; i++) {
            Carrier carrier = strip.carriers().take();
            try {
                carrier.message().copyFrom(message, carrier.payload());
                int said = targets[i].deliver(inputs[i], carrier.message());
                accepted |= said == Outcome.ACCEPTED;
                outcome = said == Outcome.ELSEWHERE ? outcome : said;
            } finally {
                strip.carriers().giveBack(carrier);
            }
        }
        return accepted ? Outcome.ACCEPTED : outcome;
    }
}
