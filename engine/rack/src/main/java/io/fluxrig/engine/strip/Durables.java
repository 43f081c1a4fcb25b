package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.Ledger;
import io.fluxrig.engine.gear.Receipts;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.WireEnds;
import java.util.ArrayList;
import java.util.List;

/** The ends of all durable and guaranteed wires on one strip, and its gears' ledgers. Strip thread only. */
final class Durables {
    private static final String DURABLE = "durable";
    private static final String GUARANTEED = "guaranteed";

    private final DurableOutlet[] outlets;
    private final DurableInlet[] inlets;
    private final StripLedger[] ledgers;

    Durables(StripBank bank, int strip, GearSlots slots, Clock clock, LogBudgets lines) {
        List<DurableOutlet> outletList = new ArrayList<>();
        List<DurableInlet> inletList = new ArrayList<>();
        StripPlan plan = bank.plan();
        byte[] scratch = new byte[bank.journals().messageLengthMax()];
        for (int i = 0; i < plan.wires().size(); i++) {
            StripPlan.WirePlan wire = plan.wires().get(i);
            if (wire.durable()) {
                String from = plan.gears().get(wire.fromGear()).name();
                outletList.add(new DurableOutlet(
                        wire.fromGear(),
                        wire.fromPort(),
                        DURABLE,
                        plan.nameOf(wire),
                        bank.journals().of(i).sender(strip, scratch),
                        bank.journals().home(),
                        bank.metrics().gear(from, strip)));
            }
        }
        for (int i = 0; i < plan.leaving().size(); i++) {
            StripPlan.Leaving wire = plan.leaving().get(i);
            outletList.add(new DurableOutlet(
                    wire.fromGear(),
                    wire.fromPort(),
                    GUARANTEED,
                    wire.carriage().name(),
                    bank.journals().leaving(i).sender(strip, scratch),
                    bank.journals().home(),
                    bank.metrics().gear(plan.gears().get(wire.fromGear()).name(), strip)));
        }
        outlets = outletList.toArray(new DurableOutlet[0]);
        for (int i = 0; i < plan.wires().size(); i++) {
            StripPlan.WirePlan wire = plan.wires().get(i);
            if (wire.durable()) {
                WireEnds ends = bank.journals().of(i);
                WireTerms terms = new WireTerms(DURABLE, plan.nameOf(wire), true, wire.expireAfterNs());
                inletList.add(inlet(bank, strip, slots, wire.toGear(), wire.toInput(), ends, terms, clock, lines));
            }
        }
        for (int i = 0; i < plan.arriving().size(); i++) {
            StripPlan.Arriving wire = plan.arriving().get(i);
            StripPlan.Carriage by = wire.carriage();
            WireEnds ends = bank.journals().arriving(i);
            WireTerms terms = new WireTerms(GUARANTEED, by.name(), by.confirmed(), by.expireAfterNs());
            inletList.add(inlet(bank, strip, slots, wire.toGear(), wire.toInput(), ends, terms, clock, lines));
        }
        inlets = inletList.toArray(new DurableInlet[0]);
        ledgers = StripLedger.of(bank, strip);
    }

    /** The ledger of a gear, for one copy of it; null if it keeps none. */
    Ledger ledger(int gear, Seat owner) {
        for (StripLedger ledger : ledgers) {
            if (ledger.isOf(gear)) {
                return ledger.of(owner);
            }
        }
        return null;
    }

    private DurableInlet inlet(
            StripBank bank,
            int strip,
            GearSlots slots,
            int gear,
            int input,
            WireEnds ends,
            WireTerms terms,
            Clock clock,
            LogBudgets lines) {
        GearMetrics metrics = bank.metrics().gear(bank.plan().gears().get(gear).name(), strip);
        return new DurableInlet(
                slots.get(gear),
                input,
                ends.receiver(strip, bank.settings().hopsMax()),
                outlets,
                bank.specs(),
                bank.journals().home(),
                new Undelivered(terms, slots.get(gear).name(), metrics, clock, lines),
                new OtherVersions(terms, metrics, clock, lines));
    }

    /** The outlet of an output port; null if it has no durable wire. */
    DurableOutlet outlet(int gear, String port) {
        for (DurableOutlet outlet : outlets) {
            if (outlet.isOf(gear, port)) {
                return outlet;
            }
        }
        return null;
    }

    /** What the port's durable wire has promised, for one copy of the gear. */
    Receipts receipts(int gear, String port, Seat owner) {
        DurableOutlet outlet = outlet(gear, port);
        return outlet == null ? Receipts.NONE : outlet.receipts(owner);
    }

    /** The copy was stopped and is told nothing any more. */
    void forget(Seat owner) {
        for (DurableOutlet outlet : outlets) {
            outlet.forget(owner);
        }
        for (StripLedger ledger : ledgers) {
            ledger.forget(owner);
        }
    }

    /** Hands over what has come, at most {@code limit} of each wire, and tells what is kept; whether more waits. */
    boolean poll(long nowNs, int limit) {
        boolean more = false;
        boolean waits = false;
        for (DurableInlet inlet : inlets) {
            more |= inlet.poll(nowNs, limit);
            waits |= inlet.waits();
        }
        for (DurableOutlet outlet : outlets) {
            outlet.awaited(waits);
            outlet.tellKept();
        }
        for (StripLedger ledger : ledgers) {
            ledger.tellKept();
        }
        return more;
    }

    /** Acknowledges what was handed over, and wakes the journals that were sent something. */
    void endBatch() {
        for (DurableInlet inlet : inlets) {
            inlet.acknowledge();
        }
        for (DurableOutlet outlet : outlets) {
            outlet.endBatch();
        }
        for (StripLedger ledger : ledgers) {
            ledger.endBatch();
        }
    }

    boolean pressured() {
        for (DurableOutlet outlet : outlets) {
            if (outlet.pressured()) {
                return true;
            }
        }
        return false;
    }

    boolean relieved() {
        for (DurableOutlet outlet : outlets) {
            if (!outlet.relieved()) {
                return false;
            }
        }
        return true;
    }
}
