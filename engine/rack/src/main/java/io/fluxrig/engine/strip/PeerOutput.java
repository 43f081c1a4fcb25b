package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.transport.lane.TurboSender;
import io.fluxrig.transport.lane.TurboWire;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * An input of the same gear on another strip, over the turbo ring to it. Accepted means: in the ring. What the other side makes
 * of the message is counted there and does not come back. The sending strip's thread only; allocates nothing.
 */
final class PeerOutput implements Output {
    /** Ports from here on stand for a gear's own inputs on another strip in a message's path. */
    static final int PATH_PORT = 1 << 8;

    private final Strip strip;
    private final int toStrip;
    private final int gear;
    private final int input;
    private final TurboSender sender;

    PeerOutput(Strip strip, int toStrip, int gear, int input, TurboSender sender) {
        this.strip = strip;
        this.toStrip = toStrip;
        this.gear = gear;
        this.input = input;
        this.sender = sender;
    }

    @Override
    public int emit(FluxMsg message) {
        int hops = message.path().count();
        if (!strip.enter(message, gear, PATH_PORT + input)) {
            return Outcome.REFUSED;
        }
        try {
            return send(message);
        } finally {
            strip.leave();
            message.path().truncate(hops);
        }
    }

    private int send(FluxMsg message) {
        int sent = sender.send(target(gear, input), message);
        if (sent == TurboWire.OK) {
            strip.crossings().sent(toStrip);
            return Outcome.ACCEPTED;
        }
        if (sent == TurboWire.FULL) {
            strip.crossings().full(toStrip);
            return Outcome.FULL;
        }
        strip.crossings().unsendable();
        return Outcome.REFUSED;
    }

    /** Gear and input as one number for the wire. */
    static int target(int gear, int input) {
        return gear << 8 | input;
    }
}
