package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * An output port with a durable wire, and perhaps hot ones beside it. The durable wire comes first: what it does not take is
 * handed to nobody, so that nothing passes the port unwritten. Then the hot wires get the message, and the outcome is theirs.
 * Strip thread only; allocates nothing.
 */
final class DurableOutput implements Output {
    private final Strip strip;
    private final int gear;
    private final DurableOutlet outlet;
    private final WireOutput hot;

    /** @param hot the hot wires of the port, if there are any, and its number */
    DurableOutput(Strip strip, int gear, DurableOutlet outlet, WireOutput hot) {
        this.strip = strip;
        this.gear = gear;
        this.outlet = outlet;
        this.hot = hot;
    }

    @Override
    public int emit(FluxMsg message) {
        int taken = write(message);
        if (taken == Outcome.FULL && outlet.isWorthAWait()) {
            strip.crossings().held();
        }
        return taken != Outcome.ACCEPTED || !hot.wired() ? taken : hot.emit(message);
    }

    private int write(FluxMsg message) {
        int hops = message.path().count();
        if (!strip.enter(message, gear, hot.port())) {
            return Outcome.REFUSED;
        }
        try {
            return outlet.take(message);
        } finally {
            strip.leave();
            message.path().truncate(hops);
        }
    }
}
