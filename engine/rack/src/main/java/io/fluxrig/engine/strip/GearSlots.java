package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.clock.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slots of one strip by ordinal, and what a change of the scenario does to all of them. Slots come to it and never leave, since
 * ordinals are not given out again.
 *
 * <p>Strip thread only, but {@link #status()}, which any thread may call: a slot is known to it from the moment that it is whole.
 */
final class GearSlots {
    /** Replaced gears of one name that may still have work; each costs a look for every message of the gear. */
    static final int PREDECESSORS_MAX = 8;

    private final StripBank bank;
    private final int strip;
    private final Clock clock;
    private final LogBudgets lines;
    private volatile GearSlot[] slots = new GearSlot[0];

    GearSlots(StripBank bank, int strip, Clock clock, LogBudgets lines) {
        this.bank = bank;
        this.strip = strip;
        this.clock = clock;
        this.lines = lines;
        for (int ordinal = 0; ordinal < bank.plan().gears().size(); ordinal++) {
            open(ordinal, bank.plan().gears().get(ordinal));
        }
    }

    /** The slot of an ordinal; null where a change that was given up left none, or for no ordinal. */
    GearSlot find(int ordinal) {
        GearSlot[] known = slots;
        return ordinal < known.length ? known[ordinal] : null;
    }

    /** The slot of a gear of the plan. */
    GearSlot get(int ordinal) {
        return slots[ordinal];
    }

    private void open(int ordinal, StripPlan.GearPlan gear) {
        Logger log = LoggerFactory.getLogger("gear." + gear.name());
        GearSlot[] more = Arrays.copyOf(slots, Math.max(slots.length, ordinal + 1));
        more[ordinal] = new GearSlot(
                gear,
                ordinal,
                strip,
                bank.settings().failuresMax(),
                bank.metrics().gear(gear.name(), strip),
                new FaultLog(log, clock, lines),
                MessageTrace.of(log, gear.factory().manifest().inputs()));
        slots = more;
    }

    /** Makes a gear of a plan, whose slots are all open: in front where its slot is empty, else beside the one that runs. */
    void make(Strip owner, StripPlan plan, int ordinal) throws GearStartException {
        GearSlot slot = slots[ordinal];
        Seat seat = slot.newSeat();
        StripContext context = new StripContext(
                owner, bank, ordinal, seat, slot.gear(), plan, bank.specs().newest(), bank.revision());
        seat.make(plan.gears().get(ordinal).factory(), context);
        slot.seat(seat);
    }

    /** See {@link Strip#prepare}. Every place is there before the first gear is made, for any may be wired to any. */
    void prepare(Strip owner, PlanChange change) throws GearStartException {
        for (int ordinal : change.made()) {
            requireRoom(ordinal, change.back());
        }
        for (int ordinal : change.made()) {
            if (find(ordinal) == null) {
                open(ordinal, change.after().gears().get(ordinal));
            }
        }
        for (int ordinal : change.made()) {
            make(owner, change.after(), ordinal);
        }
    }

    /** A change needs room for its way back, too: one that is let in and fails could not be undone. */
    private void requireRoom(int ordinal, boolean back) throws GearStartException {
        GearSlot slot = find(ordinal);
        if (slot != null && slot.predecessors() >= (back ? PREDECESSORS_MAX : PREDECESSORS_MAX - 1)) {
            throw new GearStartException("gear " + slot.name() + " was replaced " + slot.predecessors()
                    + " times while what it had begun each time has not ended: connections that stay, as a rule."
                    + " Close them ('fluxrig admin racks close' where a mixer leads the rack), or restart the rack");
        }
    }

    /** See {@link Strip#apply}. */
    List<Integer> apply(PlanChange change) {
        List<Integer> failed = new ArrayList<>();
        for (int ordinal : change.made()) {
            if (!slots[ordinal].activate()) {
                failed.add(ordinal);
            }
        }
        change.gone().forEach(ordinal -> slots[ordinal].withdraw());
        for (GearSlot slot : slots) {
            if (slot != null) {
                slot.rewire(change.after());
            }
        }
        return failed;
    }

    /** See {@link Strip#discard}. */
    void discard(PlanChange change) {
        for (int ordinal : change.made()) {
            GearSlot slot = find(ordinal);
            if (change.replaces(ordinal)) {
                slot.discardNext();
            } else if (slot != null) {
                slot.discardNew();
            }
        }
    }

    /** See {@link Strip#sweep}. */
    int sweep() {
        int left = 0;
        for (GearSlot slot : slots) {
            left += slot == null ? 0 : slot.sweep();
        }
        return left;
    }

    /** Stops every gear that is still here. */
    void stop() {
        for (GearSlot slot : slots) {
            if (slot != null) {
                slot.stop();
            }
        }
    }

    void onSignal(Signal signal) {
        for (GearSlot slot : slots) {
            if (slot != null) {
                slot.onSignal(signal);
            }
        }
    }

    List<GearStatus> status() {
        List<GearStatus> all = new ArrayList<>();
        for (GearSlot slot : slots) {
            if (slot != null && !slot.gone()) {
                all.add(slot.status());
            }
        }
        return all;
    }
}
