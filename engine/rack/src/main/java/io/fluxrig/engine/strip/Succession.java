package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.ArrayList;
import java.util.List;

/**
 * The copies of one gear that are on a strip at the same time, and which of them a message is for.
 *
 * <pre>
 *   beside        made by a change, not in front yet
 *     | succeed
 *   in front      everything that nobody claims
 *     | succeed, withdraw
 *   predecessors  newest first; what each has begun, until it is spent
 * </pre>
 *
 * <p>Nearly always there is just the one in front, and asking costs one comparison. Lets exceptions of a gear out to its slot.
 * Strip thread only.
 */
final class Succession {
    private final List<Seat> predecessors = new ArrayList<>();
    private Seat front;
    private Seat beside;
    /** The gear in front while there is no other; null otherwise. */
    private Gear sole;

    /** A gear and the world it was made in. */
    record Seat(Gear gear, StripContext context) {}

    /** Seats a gear: in front if there is none, else beside the one that is. */
    void seat(Gear made, StripContext context) {
        if (front == null) {
            front = new Seat(made, context);
        } else {
            beside = new Seat(made, context);
        }
        settle();
    }

    /**
     * The gear that a message is for: a predecessor that claims it; where other strips have come to the front with a change and this
     * one has not, the one beside, if that has begun something with it elsewhere; else the one in front. Null if there is none.
     */
    Gear addressee(int input, FluxMsg message) {
        return sole == null ? claimant(input, message) : sole;
    }

    private Gear claimant(int input, FluxMsg message) {
        for (int i = 0; i < predecessors.size(); i++) {
            if (predecessors.get(i).gear().claims(input, message)) {
                return predecessors.get(i).gear();
            }
        }
        boolean besides = beside != null && beside.gear().claims(input, message);
        return besides ? beside.gear() : front();
    }

    /** The gear in front; null if there is none. */
    Gear front() {
        return front == null ? null : front.gear();
    }

    /** The gear that was made last; null if there is none. */
    Gear newest() {
        return beside == null ? front() : beside.gear();
    }

    /** Links that are up of the gear beside. */
    int linksBeside() {
        return beside == null ? 0 : beside.context().linksUp();
    }

    /** Every copy. */
    List<Gear> all() {
        return seats().stream().map(Seat::gear).toList();
    }

    /** Every copy with its world: beside, in front, predecessors. */
    List<Seat> seats() {
        List<Seat> all = new ArrayList<>(predecessors);
        if (front != null) {
            all.add(0, front);
        }
        if (beside != null) {
            all.add(0, beside);
        }
        return all;
    }

    /** How many gears went and are not spent. */
    int predecessors() {
        return predecessors.size();
    }

    /** Brings the gear beside to the front; false, and nothing happens, if there is none. */
    boolean succeed() {
        if (beside == null) {
            return false;
        }
        Seat old = front;
        front = beside;
        beside = null;
        predecessors.add(0, old);
        settle();
        old.context().leaveLinks();
        front.context().takeOverLinks();
        try {
            front.gear().takeOver();
        } finally {
            old.gear().retire(); // whatever the successor made of it: two that take new work would be worse
        }
        return true;
    }

    /** The gear in front goes without a successor. */
    void withdraw() {
        Seat old = front;
        front = null;
        predecessors.add(0, old);
        settle();
        old.context().leaveLinks();
        old.gear().retire();
    }

    /** Takes out the gear beside, which never came to the front; null if there is none. */
    Seat takeBeside() {
        Seat taken = beside;
        beside = null;
        settle();
        return taken;
    }

    /** Takes out the gear in front; null if there is none. */
    Seat takeFront() {
        Seat taken = front;
        front = null;
        settle();
        return taken;
    }

    /** Takes out the oldest predecessor that is spent; null if there is none. */
    Seat takeSpent() {
        for (int i = predecessors.size() - 1; i >= 0; i--) {
            if (predecessors.get(i).gear().spent()) {
                Seat spent = predecessors.remove(i);
                settle();
                return spent;
            }
        }
        return null;
    }

    /** Leads the outputs of the gear in front, and those of its predecessors as far as the plan knows them, where it says. */
    void rewire(StripPlan plan) {
        if (front != null) {
            front.context().rewire(plan);
        }
        predecessors.forEach(seat -> seat.context().rewireOutputs(plan));
    }

    private void settle() {
        sole = beside == null && predecessors.isEmpty() ? front() : null;
    }
}
