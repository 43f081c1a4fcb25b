package io.fluxrig.engine.strip;

import io.fluxrig.engine.strip.plan.StripPlan;
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
 * <p>Nearly always there is just the one in front, and asking costs one comparison. Strip thread only, but {@link #front()}.
 */
final class Succession {
    /**
     * Now and then the long way is taken though it leads to the one in front: what never happens the compiler leaves out, and has to
     * throw away all that it made of a message's walk when it happens for the first time, which is under load.
     */
    private static final int LONG_WAY_MASK = 255;

    private final List<Seat> predecessors = new ArrayList<>();
    private volatile Seat front;
    private Seat beside;
    /** The seat in front while there is no other; null otherwise. */
    private Seat sole;

    private int asked;

    /** Takes in a copy: in front if there is none, else beside the one that is. */
    void seat(Seat made) {
        if (front == null) {
            front = made;
        } else {
            beside = made;
        }
        settle();
    }

    /**
     * The copy that a message is for: a predecessor that claims it; where other strips have come to the front with a change and this
     * one has not, the one beside, if that has begun something with it elsewhere; else the one in front. Null if there is none.
     */
    Seat addressee(int input, FluxMsg message) {
        Seat only = (++asked & LONG_WAY_MASK) == 0 ? null : sole;
        return only == null ? claimant(input, message) : only;
    }

    private Seat claimant(int input, FluxMsg message) {
        for (int i = 0; i < predecessors.size(); i++) {
            if (predecessors.get(i).claims(input, message)) {
                return predecessors.get(i);
            }
        }
        return beside != null && beside.claims(input, message) ? beside : front;
    }

    /** The copy in front; null if there is none. Any thread. */
    Seat front() {
        return front;
    }

    /** The copy that was made last; null if there is none. */
    Seat newest() {
        return beside == null ? front : beside;
    }

    /** Links that are up of the copy beside. */
    int linksBeside() {
        return beside == null ? 0 : beside.context().linksUp();
    }

    /** Why the copy beside had no link when it said so last; empty if it never did. */
    String troubleBeside() {
        return beside == null ? "" : beside.context().linkTrouble();
    }

    /** Every copy: beside, in front, predecessors. */
    List<Seat> all() {
        List<Seat> all = new ArrayList<>(predecessors);
        if (front != null) {
            all.add(0, front);
        }
        if (beside != null) {
            all.add(0, beside);
        }
        return all;
    }

    boolean isEmpty() {
        return front == null && beside == null && predecessors.isEmpty();
    }

    /** How many copies went and are not spent. */
    int predecessors() {
        return predecessors.size();
    }

    /**
     * Brings the copy beside, if there is one, to the front, and retires the one that was there; false if the new one could not take
     * over. It is in front then all the same: two that take new work would be worse.
     */
    boolean succeed() {
        if (beside == null) {
            return true;
        }
        Seat old = front;
        Seat next = beside;
        front = next;
        beside = null;
        predecessors.add(0, old);
        settle();
        next.context().overtakeLinks(old.context());
        try {
            return next.takeOver();
        } finally {
            old.retire();
        }
    }

    /** The copy in front goes without a successor. */
    void withdraw() {
        Seat old = front;
        front = null;
        predecessors.add(0, old);
        settle();
        old.context().withdrawLinks();
        old.retire();
    }

    /** Takes out the copy beside, which never came to the front; null if there is none. */
    Seat takeBeside() {
        Seat taken = beside;
        beside = null;
        settle();
        return taken;
    }

    /** Takes out the oldest predecessor that is spent; null if there is none. */
    Seat takeSpent() {
        for (int i = predecessors.size() - 1; i >= 0; i--) {
            if (predecessors.get(i).spent()) {
                Seat spent = predecessors.remove(i);
                settle();
                return spent;
            }
        }
        return null;
    }

    /** Takes out every copy. */
    List<Seat> takeAll() {
        List<Seat> taken = all();
        front = null;
        beside = null;
        predecessors.clear();
        settle();
        return taken;
    }

    /** Leads the outputs of the copy in front, and those of its predecessors as far as the plan knows them, where it says. */
    void rewire(StripPlan plan) {
        if (front != null) {
            front.context().rewire(plan);
        }
        predecessors.forEach(seat -> seat.context().rewireOutputs(plan));
    }

    private void settle() {
        sole = beside == null && predecessors.isEmpty() ? front : null;
    }
}
