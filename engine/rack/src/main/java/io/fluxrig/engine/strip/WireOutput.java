package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * One output port and its wires inside the strip: a plain call for one wire, a copy each for several. Strip thread only;
 * allocates nothing.
 */
final class WireOutput implements Output {
    private final Strip strip;
    private final int gear;
    private final int port;
    private final GearSlot[] targets;
    private final int[] inputs;

    WireOutput(Strip strip, int gear, int port, GearSlot[] targets, int[] inputs) {
        this.strip = strip;
        this.gear = gear;
        this.port = port;
        this.targets = targets;
        this.inputs = inputs;
    }

    @Override
    public int emit(FluxMsg message) {
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
