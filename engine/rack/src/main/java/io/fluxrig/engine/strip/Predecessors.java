package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.ArrayList;
import java.util.List;

/**
 * The gears that a slot's gear has replaced, newest first, each until it is spent: messages that belong to what one of them has
 * begun are still its own. Lets exceptions of a gear out to its slot. Strip thread only.
 */
final class Predecessors {
    private final List<Seat> seats = new ArrayList<>();

    /** A gear and the world it was made in. */
    record Seat(Gear gear, StripContext context) {}

    /** Retires a gear that handles messages now. */
    void add(Seat seat) {
        seats.add(0, seat);
        seat.gear().retire();
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    int count() {
        return seats.size();
    }

    List<Gear> gears() {
        return seats.stream().map(Seat::gear).toList();
    }

    /** The one that claims a message, null if none does. */
    Gear owner(int input, FluxMsg message) {
        for (int i = 0; i < seats.size(); i++) {
            Gear gear = seats.get(i).gear();
            if (gear.claims(input, message)) {
                return gear;
            }
        }
        return null;
    }

    int inFlight() {
        return seats.stream().mapToInt(seat -> seat.gear().inFlight()).sum();
    }

    void drain() {
        seats.forEach(seat -> seat.gear().drain());
    }

    void onSignal(Signal signal) {
        seats.forEach(seat -> seat.gear().onSignal(signal));
    }

    /** Leads their outputs where a plan says, as far as it knows the ports. */
    void rewire(StripPlan plan) {
        seats.forEach(seat -> seat.context().rewireOutputs(plan));
    }

    /** The oldest that is spent, or with {@code all} simply the oldest, taken out for the slot to stop it; null if there is none. */
    Seat takeSpent(boolean all) {
        for (int i = seats.size() - 1; i >= 0; i--) {
            if (all || seats.get(i).gear().spent()) {
                return seats.remove(i);
            }
        }
        return null;
    }
}
