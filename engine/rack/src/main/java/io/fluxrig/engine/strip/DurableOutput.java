package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An output port with a durable wire, and perhaps hot ones beside it. The durable wire comes first: what it does not take is
 * handed to nobody, so that nothing passes the port unwritten. Then the hot wires get the message, and the outcome is theirs. A message that
 * they did not take comes again, under its id, and is not written again; {@link Outcome#STALLED} of theirs is {@link Outcome#FULL}
 * here, since a sender that is told so would decline what is on its way.
 *
 * <p>Strip thread only; allocates while hot wires take nothing.
 */
final class DurableOutput implements Output {
    private static final int HALF_TAKEN_MAX = 65_536;

    private final Strip strip;
    private final int gear;
    private final DurableOutlet outlet;
    private final WireOutput hot;
    /** Ids of messages that the durable wire took and the hot ones did not, the oldest first; some never come again. */
    private final Set<Long> halfTaken = new LinkedHashSet<>();

    /** @param hot the hot wires of the port, if there are any, and its number */
    DurableOutput(Strip strip, int gear, DurableOutlet outlet, WireOutput hot) {
        this.strip = strip;
        this.gear = gear;
        this.outlet = outlet;
        this.hot = hot;
    }

    @Override
    public int emit(FluxMsg message) {
        if (!hot.wired()) {
            return written(message);
        }
        long id = message.id(); // hot gears may make another message of it
        boolean again = !halfTaken.isEmpty() && halfTaken.contains(id);
        int taken = again ? Outcome.ACCEPTED : written(message);
        if (taken != Outcome.ACCEPTED) {
            return taken;
        }
        int outcome = hot.emit(message);
        if (outcome != Outcome.ACCEPTED) {
            remember(id);
        } else if (again) {
            halfTaken.remove(id);
        }
        return outcome == Outcome.STALLED ? Outcome.FULL : outcome;
    }

    private void remember(long id) {
        if (halfTaken.add(id) && halfTaken.size() > HALF_TAKEN_MAX) {
            Iterator<Long> oldest = halfTaken.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private int written(FluxMsg message) {
        int taken = write(message);
        if (taken == Outcome.FULL && outlet.isWorthAWait()) {
            strip.crossings().held();
        }
        return taken;
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
