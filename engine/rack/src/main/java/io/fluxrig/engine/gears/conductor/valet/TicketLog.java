package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.engine.gear.Ledger;
import io.fluxrig.engine.gear.SharedLedger;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.perf.clock.Clock;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Writes what becomes of one strip's tickets into the conductor's {@link Ledger}, for the run after a kill: a request is to be sent
 * only after its ticket is kept, so that no kill has it sent twice.
 *
 * <pre>
 *   strip                                    log's thread
 *   open, opened -> [opened] --ring-->       sealed, written: kept
 *   nextKept &lt;------------------------------- kept
 *   dispatch; sent -> [sent]
 *   settled -> [answered] or [timed out]     in the ticket's life also moved: the same ticket under another number
 *   ended -> [end]
 * </pre>
 *
 * <p>Where the ring is full, a ticket that is to be opened is refused, and its sender held back. What happens to tickets that are
 * there cannot be refused: it is noted here and written by {@link #payDebts}. Only where a request was sent is left out then; its answer
 * is taken from any destination.
 *
 * <p>Where racks share the ledger, the same goes for a kill of another rack, and for one that runs: a ticket whose entry turns out to be
 * another's is {@link #foreign} from then on, waits for what is found next, and may take the entry over.
 *
 * <p>Strip thread only. Allocates while more tickets are held than ever before, and for debts.
 */
public final class TicketLog {
    private static final int BLOCK_MASK = (1 << 24) - 1;
    private static final long NOT_THERE = 0;
    private static final long NOT_WAITING = 0;

    private final Ledger ledger;
    /** The same where racks share it; null otherwise. */
    private final SharedLedger shared;

    private final TicketStore store;
    private final TicketRecord records;
    private final List<String> routes;
    private final List<String> destinations;
    private final Clock clock;
    private final WaitingTickets waiting = new WaitingTickets();
    /** By the ticket's first block, which no two tickets have at a time. */
    private long[] ids = new long[1024];

    private int[] tickets = new int[1024];
    /** How many records must be kept before its request may be sent; {@link #NOT_WAITING} where that is not waited for. */
    private long[] waitsFor = new long[1024];

    private final EntryBlocks blocks = new EntryBlocks();
    private long nextId;
    private long openedId;
    /** Tickets, by first block, whose outcome is not in the log yet. */
    private final BitSet settledUnwritten = new BitSet();

    /** Tickets, by first block, whose entry is another rack's, or another run's: what becomes of them here is not written. */
    private final BitSet foreign = new BitSet();

    /** Tickets, by first block, whose request was given out to be sent, and whose outcome is not written. */
    private final BitSet out = new BitSet();

    private final LongList endedUnwritten = new LongList();
    /** Entries of requests that were sent and whose outcome nobody holds any more: they are to say so, and not to be ended. */
    private final LongList givenUpUnwritten = new LongList();

    private boolean owes;
    /** Where to look on among those that are foreign. */
    private int lookedAt;

    /**
     * @param keptBytes of the strip, as {@code origins}
     * @param routes names, by number
     * @param destinations output ports, by number
     * @param firstId of the entries of this copy on this strip, which count up; random
     */
    public TicketLog(
            Ledger ledger,
            TicketStore store,
            KeptBytes keptBytes,
            Origins origins,
            List<String> routes,
            List<String> destinations,
            Clock clock,
            long firstId) {
        this.ledger = ledger;
        this.shared = ledger instanceof SharedLedger between ? between : null;
        this.store = store;
        this.records = new TicketRecord(keptBytes, origins);
        this.routes = routes;
        this.destinations = destinations;
        this.clock = clock;
        this.nextId = firstId;
    }

    /**
     * Writes that a ticket is about to be opened; followed by {@link #opened} or {@link #notOpened}.
     *
     * @param deadlineNs the clock's {@code nanoTime()}
     * @return as {@link Ledger#open}
     */
    public int open(TicketOpening opening, long deadlineNs) {
        long toEpochNs = clock.epochNanos() - clock.nanoTime();
        RecordWriter record = records.opened(
                opening, routes.get(opening.route), opening.openedNs + toEpochNs, deadlineNs + toEpochNs);
        openedId = id();
        int taken = record.length() < 0
                ? Ledger.REFUSED
                : ledger.open(openedId, record.bytes(), 0, record.length(), TicketRecord.nameLength(opening));
        record.wipe();
        return taken;
    }

    /** The ticket is open; {@link #nextKept} gives it back once it may be sent. */
    public void opened(int ticket) {
        bind(ticket, openedId);
        await(ticket, openedId);
    }

    private void await(int ticket, long id) {
        long sequence = ledger.sent();
        waitsFor[ticket & BLOCK_MASK] = sequence;
        waiting.add(ticket, id, sequence);
    }

    /** There was no room for the ticket after all. */
    public void notOpened() {
        end(openedId);
    }

    /** A ticket of a run before has been opened again. */
    public void reopened(int ticket, long id) {
        bind(ticket, id);
    }

    /** An entry of a run before comes to nothing. */
    public void forgotten(long id) {
        end(id);
    }

    /** The next ticket that is kept, open and to be sent now; {@link TicketStore#NONE} if there is none. */
    public int nextKept() {
        long kept = ledger.kept();
        while (waiting.count() > 0 && waiting.firstSequence() <= kept) {
            int ticket = waiting.firstTicket();
            long id = waiting.firstId();
            long sequence = waiting.firstSequence();
            waiting.removeFirst();
            if (entry(ticket) == id && waitsFor[ticket & BLOCK_MASK] == sequence) {
                waitsFor[ticket & BLOCK_MASK] = NOT_WAITING;
                if (store.isOpen(ticket)) {
                    out.set(ticket & BLOCK_MASK);
                    return ticket;
                }
            }
        }
        return TicketStore.NONE;
    }

    /** The entry of a ticket. */
    public long entry(int ticket) {
        return ids[ticket & BLOCK_MASK];
    }

    /**
     * The request was sent where the ticket says, if it still says so: its host may have answered at once, and even this ticket's number
     * be another's by now.
     *
     * @param entry of the ticket before it was sent
     */
    public void sent(int ticket, long entry) {
        boolean other = entry(ticket) != entry || !store.isOpen(ticket) || store.destination(ticket) < 0;
        if (other || shared != null) { // another rack is told of outcomes only
            return;
        }
        RecordWriter record = records.sent(destinations.get(store.destination(ticket)));
        ledger.add(entry(ticket), record.bytes(), 0, record.length());
    }

    /** Nobody took the request that {@link #nextKept} gave out. */
    public void notSent(int ticket) {
        out.clear(ticket & BLOCK_MASK);
    }

    /** Whether the ticket's request was given out to be sent, and has no outcome yet that is written. */
    public boolean isOut(int ticket) {
        return out.get(ticket & BLOCK_MASK);
    }

    /** The ticket has its outcome, which it holds. */
    public void settled(int ticket) {
        if (isForeign(ticket)) {
            foreign.clear(ticket & BLOCK_MASK); // it waits no more, and the outcome is another's to write
            return;
        }
        if (owes || !writeOutcome(ticket)) {
            settledUnwritten.set(ticket & BLOCK_MASK);
            owes = true;
        }
    }

    /** The ticket has another number now. */
    public void moved(int before, int after) {
        if (before == after) {
            return;
        }
        long id = entry(before);
        boolean unwritten = settledUnwritten.get(before & BLOCK_MASK);
        boolean anothers = isForeign(before);
        boolean sent = isOut(before);
        ids[before & BLOCK_MASK] = NOT_THERE;
        settledUnwritten.clear(before & BLOCK_MASK);
        foreign.clear(before & BLOCK_MASK);
        out.clear(before & BLOCK_MASK);
        waitsFor[before & BLOCK_MASK] = NOT_WAITING;
        bind(after, id);
        settledUnwritten.set(after & BLOCK_MASK, unwritten);
        foreign.set(after & BLOCK_MASK, anothers);
        out.set(after & BLOCK_MASK, sent);
    }

    /** Nobody need know the ticket any more. */
    public void ended(int ticket) {
        long id = entry(ticket);
        blocks.remove(id);
        ids[ticket & BLOCK_MASK] = NOT_THERE;
        waitsFor[ticket & BLOCK_MASK] = NOT_WAITING;
        settledUnwritten.clear(ticket & BLOCK_MASK);
        foreign.clear(ticket & BLOCK_MASK);
        boolean givenUp = shared != null && isOut(ticket);
        out.clear(ticket & BLOCK_MASK);
        if (givenUp) {
            giveUp(id);
        } else {
            end(id);
        }
    }

    /** Writes what there was no room for, as far as there is now. To be called now and then. */
    public void payDebts() {
        if (!owes) {
            return;
        }
        owes = false;
        while (endedUnwritten.count() > 0) {
            if (ledger.end(endedUnwritten.last()) != Ledger.TAKEN) {
                owes = true;
                return;
            }
            endedUnwritten.removeLast();
        }
        while (givenUpUnwritten.count() > 0) {
            if (addGivenUp(givenUpUnwritten.last()) != Ledger.TAKEN) {
                owes = true;
                return;
            }
            givenUpUnwritten.removeLast();
        }
        for (int block = settledUnwritten.nextSetBit(0); block >= 0; block = settledUnwritten.nextSetBit(block + 1)) {
            if (!writeOutcome(tickets[block])) {
                owes = true;
                return;
            }
            settledUnwritten.clear(block);
        }
    }

    /** Outcomes and ends that are not written yet. */
    public int debts() {
        return endedUnwritten.count() + givenUpUnwritten.count() + settledUnwritten.cardinality();
    }

    /** The ticket that an entry was to be opened for; {@link TicketStore#NONE} if there is none any more. */
    public int ticketOf(long id) {
        int block = blocks.of(id);
        boolean undecided = block >= 0 && (waitsFor[block] != NOT_WAITING || foreign.get(block) || out.get(block));
        return undecided ? tickets[block] : TicketStore.NONE;
    }

    /** The ticket's entry is another's: {@link #nextKept} does not give it. */
    public void foreign(int ticket) {
        waitsFor[ticket & BLOCK_MASK] = NOT_WAITING;
        foreign.set(ticket & BLOCK_MASK);
    }

    /** Whether the ticket's entry is another's. */
    public boolean isForeign(int ticket) {
        return foreign.get(ticket & BLOCK_MASK);
    }

    /**
     * Opens the entry in place of another's; {@link #nextKept} gives the ticket back if that comes about. False if it is to be tried again.
     */
    public boolean takeOver(int ticket) {
        long id = entry(ticket);
        if (shared.takeOver(id) != Ledger.TAKEN) {
            return false;
        }
        foreign.clear(ticket & BLOCK_MASK);
        await(ticket, id);
        return true;
    }

    /** As {@link #takeOver}, of a ticket whose request was sent while nobody could tell whose it is: so that others find it from now on. */
    public void claimAfterwards(int ticket) {
        shared.takeOver(entry(ticket)); // where there is no room, its outcome is written all the same, or not found
    }

    /**
     * Asks what became of entries that are others', of open tickets, some at a time and the next ones when called again.
     *
     * @param most how many are asked about at most
     */
    public void lookAtForeign(int most) {
        int left = most;
        int block = foreign.nextSetBit(lookedAt);
        while (block >= 0 && left > 0 && shared.look(ids[block]) == Ledger.TAKEN) {
            left--;
            block = foreign.nextSetBit(block + 1);
        }
        lookedAt = Math.max(block, 0);
    }

    private boolean writeOutcome(int ticket) {
        RecordWriter record = records.settled(store, ticket, clock.epochNanos());
        int length = record.length();
        int taken = length < 0 ? Ledger.TOO_LONG : ledger.add(entry(ticket), record.bytes(), 0, length);
        record.wipe();
        if (taken == Ledger.TOO_LONG && shared != null) {
            taken = addGivenUp(entry(ticket));
        }
        // one that is too long to be written is no debt that can be paid: the ticket is found open
        boolean written = taken == Ledger.TAKEN || taken == Ledger.TOO_LONG;
        if (written) {
            out.clear(ticket & BLOCK_MASK);
        }
        return written;
    }

    private int addGivenUp(long id) {
        RecordWriter record = records.givenUp(clock.epochNanos());
        return ledger.add(id, record.bytes(), 0, record.length());
    }

    /** Of a request that is, or was, at its issuer: another rack that finds the entry declines a repeat, and does not send it. */
    private void giveUp(long id) {
        if (addGivenUp(id) != Ledger.TAKEN) {
            givenUpUnwritten.add(id);
            owes = true;
        }
    }

    private void end(long id) {
        if (ledger.end(id) != Ledger.TAKEN) {
            endedUnwritten.add(id);
            owes = true;
        }
    }

    private long id() {
        nextId = nextId + 1 == NOT_THERE ? 1 : nextId + 1;
        return nextId;
    }

    private void bind(int ticket, long id) {
        int block = ticket & BLOCK_MASK;
        if (block >= ids.length) {
            ids = Arrays.copyOf(ids, Math.max(block + 1, ids.length * 2));
            tickets = Arrays.copyOf(tickets, ids.length);
            waitsFor = Arrays.copyOf(waitsFor, ids.length);
        }
        blocks.remove(ids[block]);
        if (id != NOT_THERE) {
            blocks.put(id, block);
        }
        ids[block] = id;
        tickets[block] = ticket;
        waitsFor[block] = NOT_WAITING;
        settledUnwritten.clear(block);
        foreign.clear(block);
        out.clear(block);
    }
}
