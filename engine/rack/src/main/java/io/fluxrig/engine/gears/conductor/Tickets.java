package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig;
import io.fluxrig.engine.gears.conductor.ticket.TicketIndex;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.gears.conductor.valet.TicketLog;

/**
 * One strip's tickets with what hangs on them: their place in the index that all strips share, their deadlines, the numbers
 * open and kept. Everything that ends a ticket goes through here, so that none of these can be left behind. Strip thread only.
 */
final class Tickets {
    private static final long NO_TIMER = -1;
    /** Kept outcomes let go in one sweep. */
    private static final int SWEEP_MAX = 8192;
    /** Kept outcomes let go for those to come, where there are more than {@code retain_max}: that many, or that part of them. */
    private static final int EVICTED_AHEAD = 15;

    private static final int EVICTED_AHEAD_SHARE = 64;
    /** Kept outcomes looked for at once in a sweep. */
    private static final int SWEPT_TOGETHER = 16;

    private final TicketStore store;
    private final TicketIndex index;
    private final ConductorMetrics metrics;
    private final int strip;
    private final long retainNs;
    private final int retainMax;
    private final Timers.Source timers;
    /** Null where tickets are in memory only. */
    private TicketLog log;

    Tickets(GearContext context, ConductorShared shared, ConductorMetrics metrics, Timers.Handler onDeadline) {
        ConductorConfig config = shared.config();
        this.store = new TicketStore(config.inFlightMax(), config.retainMax());
        this.index = shared.index();
        this.metrics = metrics;
        this.strip = context.strip();
        this.retainNs = config.retainNs();
        this.retainMax = config.retainMax();
        this.timers = context.timers().source(onDeadline);
    }

    /** From now on what becomes of tickets is written there too; before the first is opened. */
    void keepIn(TicketLog ticketLog) {
        log = ticketLog;
    }

    /** Null where tickets are in memory only. */
    TicketLog log() {
        return log;
    }

    TicketStore store() {
        return store;
    }

    /** Enters this strip for a hash: its own number, another strip's that has the hash, or {@link TicketIndex#FULL}. */
    int claim(long hash) {
        return index == null ? strip : index.claim(hash, strip);
    }

    /** Takes a {@link #claim} back that came to no ticket. */
    void unclaim(long hash) {
        if (index != null) {
            index.release(hash, strip);
        }
    }

    /** Another strip that holds tickets of the hash, or {@link TicketIndex#NOBODY}. */
    int otherOwner(long hash) {
        int owner = index == null ? TicketIndex.NOBODY : index.owner(hash);
        return owner == strip ? TicketIndex.NOBODY : owner;
    }

    /** Opens a ticket of a claimed hash with its deadline; {@link TicketStore#FULL}, and the claim stays, if there is no room. */
    int open(TicketOpening opening, long deadlineNs) {
        int ticket = store.open(opening);
        if (ticket < 0) {
            return TicketStore.FULL;
        }
        long timer = timers.schedule(deadlineNs, ticket);
        if (timer == Timers.FULL) {
            store.release(ticket);
            return TicketStore.FULL;
        }
        store.timer(ticket, timer);
        showCounts();
        return ticket;
    }

    /** Has the deadline handler called for the ticket; false if the wheel is full. */
    boolean wake(int ticket, long atNs) {
        cancelTimer(ticket);
        long timer = timers.schedule(atNs, ticket);
        store.timer(ticket, timer == Timers.FULL ? NO_TIMER : timer);
        return timer != Timers.FULL;
    }

    /** The ticket's deadline has fired. */
    void fired(int ticket) {
        store.timer(ticket, NO_TIMER);
    }

    void cancelTimer(int ticket) {
        long timer = store.timer(ticket);
        if (timer != NO_TIMER) {
            timers.cancel(timer);
            store.timer(ticket, NO_TIMER);
        }
    }

    /** Ends a ticket that comes to nothing. */
    void release(int ticket) {
        cancelTimer(ticket);
        unclaim(store.hash(ticket));
        if (log != null) {
            log.ended(ticket);
        }
        store.release(ticket);
        showCounts();
    }

    /** As {@link TicketStore#settle} with an answer. */
    int answered(int ticket, int dialect, byte[] body, int bodyOffset, int bodyLength) {
        int settled = store.settle(ticket, TicketStore.ANSWERED, dialect, body, bodyOffset, bodyLength);
        if (log != null && settled >= 0) {
            log.moved(ticket, settled);
            log.settled(settled);
        }
        return settled;
    }

    /** As {@link TicketStore#timedOut}. */
    void timedOut(int ticket) {
        store.timedOut(ticket);
        if (log != null) {
            log.settled(ticket);
        }
    }

    /** Keeps a settled ticket whose outcome everybody was told. */
    void keep(int ticket, long nowNs) {
        cancelTimer(ticket);
        long hash = store.hash(ticket);
        boolean kept = store.keep(ticket, nowNs + retainNs);
        if (!kept) {
            unclaim(hash);
        }
        if (log != null && kept) {
            log.moved(ticket, store.lastKept());
        } else if (log != null) {
            log.ended(ticket);
        }
        if (store.keptOverflow()) {
            evict(nowNs);
        }
        showCounts();
    }

    /** Makes room for the next few as well, since many are let go of at less cost than one by one. */
    private void evict(long nowNs) {
        int most = retainMax - Math.min(EVICTED_AHEAD, retainMax / EVICTED_AHEAD_SHARE);
        store.fetchFirstKept(store.keptCount() - most);
        for (int i = store.keptCount(); store.keptCount() > most && i > 0; i--) {
            if (dropFirstKept(nowNs)) {
                metrics.keptEvicted.increment();
            }
        }
    }

    /** Lets go of what was kept long enough; whether there is more of it than one sweep does. */
    boolean sweep(long nowNs) {
        metrics.records.set(store.recordsInUse());
        for (int i = 0; i < SWEEP_MAX; i++) {
            if (i % SWEPT_TOGETHER == SWEPT_TOGETHER - 1) {
                store.fetchFirstKept(SWEPT_TOGETHER);
            }
            int first = store.firstKept();
            if (first == TicketStore.NONE || store.untilNs(first) - nowNs > 0) {
                showCounts();
                return false;
            }
            dropFirstKept(nowNs);
        }
        showCounts();
        return true;
    }

    /** Gives up everything. */
    void releaseAll() {
        store.releaseAll(ticket -> {
            cancelTimer(ticket);
            unclaim(store.hash(ticket));
        });
        showCounts();
    }

    /** Drops the outcome kept longest; one that a connection still waits for is kept a little longer, once. */
    private boolean dropFirstKept(long nowNs) {
        int first = store.firstKept();
        if (store.isAwaited(first) && store.spareFirstKept(nowNs, nowNs + Outcomes.OFFER_NS)) {
            return false;
        }
        metrics.undelivered.add(store.joinerCount(first));
        cancelTimer(first);
        unclaim(store.hash(first));
        if (log != null) {
            log.ended(first);
        }
        store.dropFirstKept();
        return true;
    }

    private void showCounts() {
        metrics.open.set(store.openCount());
        metrics.kept.set(store.keptCount());
    }
}
