package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.Ledger;
import io.fluxrig.engine.gear.SharedLedger;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.entry.EntryEnds;
import io.fluxrig.transport.entry.EntrySender;
import io.fluxrig.transport.entry.OpenEntry;
import io.fluxrig.transport.entry.SharedEntry;
import io.fluxrig.transport.entry.SharedSender;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One gear's ledger on one strip, which all copies of the gear there share. Strip thread only; allocates nothing. */
final class StripLedger {
    private final int gear;
    private final EntryEnds log;
    private final EntrySender sender;
    /** The same, where racks share the entries; null otherwise. */
    private final SharedSender shared;

    private final String runBefore;
    private final Counter refused;
    private final List<KeptAction> onKept = new ArrayList<>(1);
    private final List<FoundAction> onFound = new ArrayList<>(1);
    private long toldKept;
    private boolean sentThisBatch;
    /** What is being told. */
    private SharedEntry found;

    /** What a copy of the gear wants to be called with. */
    private record KeptAction(Seat owner, Runnable action) {}

    private final class FoundAction {
        private final Seat owner;
        private final Runnable tell;

        FoundAction(Seat owner, Consumer<SharedEntry> action) {
            this.owner = owner;
            this.tell = () -> action.accept(found);
        }
    }

    StripLedger(int gear, EntryEnds log, int strip, String runBefore, GearMetrics metrics) {
        this.gear = gear;
        this.log = log;
        this.sender = log.sender(strip);
        this.shared = sender instanceof SharedSender between ? between : null;
        this.runBefore = runBefore;
        this.refused = metrics.counter(
                "ledger_refused_total", "Records that the gear's ledger did not take: full, stalled or failed");
    }

    /** Those of all gears of the plan that keep one. */
    static StripLedger[] of(StripBank bank, int strip) {
        List<StripLedger> ledgers = new ArrayList<>();
        List<StripPlan.GearPlan> gears = bank.plan().gears();
        for (int gear = 0; gear < gears.size(); gear++) {
            if (gears.get(gear).ledger() != null) {
                String name = gears.get(gear).name();
                ledgers.add(new StripLedger(
                        gear,
                        bank.journals().ledger(name),
                        strip,
                        bank.journals().homeBefore(),
                        bank.metrics().gear(name, strip)));
            }
        }
        return ledgers.toArray(new StripLedger[0]);
    }

    boolean isOf(int ofGear) {
        return gear == ofGear;
    }

    /** The same for one copy of the gear. */
    Ledger of(Seat owner) {
        return shared == null ? new OfCopy(owner) : new SharedOfCopy(owner);
    }

    /** What one copy of the gear sees. */
    private class OfCopy implements Ledger {
        private final Seat owner;

        OfCopy(Seat owner) {
            this.owner = owner;
        }

        Seat owner() {
            return owner;
        }

        @Override
        public int open(long id, byte[] bytes, int offset, int length, int nameLength) {
            return taken(sender.pressured() ? EntrySender.FULL : sender.open(id, bytes, offset, length));
        }

        @Override
        public int add(long id, byte[] bytes, int offset, int length) {
            return taken(sender.add(id, bytes, offset, length));
        }

        @Override
        public int end(long id) {
            return taken(sender.end(id));
        }

        @Override
        public long sent() {
            return sender.sent();
        }

        @Override
        public long kept() {
            return sender.kept();
        }

        @Override
        public void onKept(Runnable action) {
            onKept.add(new KeptAction(owner, action));
            sender.wakeWhenKept(true);
        }

        @Override
        public List<OpenEntry> takeOpen() {
            return log.takeOpen();
        }

        @Override
        public String runBefore() {
            return runBefore;
        }
    }

    /** The same where racks share the entries: what is kept counts once it is known what was found. */
    private final class SharedOfCopy extends OfCopy implements SharedLedger {
        SharedOfCopy(Seat owner) {
            super(owner);
        }

        @Override
        public int open(long id, byte[] bytes, int offset, int length, int nameLength) {
            return taken(shared.pressured() ? EntrySender.FULL : shared.open(id, bytes, offset, length, nameLength));
        }

        @Override
        public int look(long id) {
            return taken(shared.look(id));
        }

        @Override
        public int takeOver(long id) {
            return taken(shared.takeOver(id));
        }

        @Override
        public long kept() {
            return toldKept;
        }

        @Override
        public void onFound(Consumer<SharedEntry> action) {
            onFound.add(new FoundAction(owner(), action));
        }
    }

    /** The copy was stopped and is told nothing any more. */
    void forget(Seat owner) {
        onKept.removeIf(told -> told.owner() == owner);
        onFound.removeIf(told -> told.owner == owner);
    }

    /** Tells those who asked that more is kept. */
    void tellKept() {
        long kept = sender.kept();
        if (shared != null) {
            tellFound();
        }
        if (kept > toldKept) {
            toldKept = kept;
            for (int i = 0; i < onKept.size(); i++) {
                onKept.get(i).owner().run(onKept.get(i).action());
            }
        }
    }

    private void tellFound() {
        for (SharedEntry entry = shared.nextFound(); entry != null; entry = shared.nextFound()) {
            found = entry;
            // it is of no copy's ticket, so each would take it for its own: the one that came last tells of it
            boolean ofNone = entry.verdict() == SharedEntry.Verdict.FOUND_AFTERWARDS;
            for (int i = ofNone ? Math.max(0, onFound.size() - 1) : 0; i < onFound.size(); i++) {
                onFound.get(i).owner.run(onFound.get(i).tell);
            }
            found = null;
            entry.wipe();
        }
    }

    void endBatch() {
        if (sentThisBatch) {
            sentThisBatch = false;
            sender.endBatch();
        }
    }

    private int taken(int sent) {
        if (sent == EntrySender.SENT) {
            sentThisBatch = true;
            return Ledger.TAKEN;
        }
        refused.increment();
        return switch (sent) {
            case EntrySender.FULL -> Ledger.FULL;
            case EntrySender.TOO_LONG -> Ledger.TOO_LONG;
            default -> Ledger.REFUSED;
        };
    }
}
