package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.route.Breaker;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.gears.conductor.valet.RestoredTicket;
import io.fluxrig.engine.gears.conductor.valet.TicketLog;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.count.Counter;

/**
 * Opens a strip's tickets of the run before again, while the conductor starts: an open one waits for its answer until its deadline,
 * which may have passed; an outcome is kept for as long as it would have been. Strip thread only.
 */
final class Reopening {
    private final Tickets tickets;
    private final TicketStore store;
    private final TicketLog log;
    private final KeptBytes keptBytes;
    private final Origins origins;
    private final Destination[] destinations;
    private final Clock clock;
    private final long retainNs;
    private final long timeoutNsMax;
    private final Counter open;
    private final Counter kept;
    private final Counter noRoom;
    private final TicketOpening opening = new TicketOpening();

    Reopening(GearContext context, ConductorShared shared, ConductorParts parts) {
        this.tickets = parts.tickets();
        this.store = tickets.store();
        this.log = tickets.log();
        this.keptBytes = parts.keptBytes();
        this.origins = parts.origins();
        this.destinations = parts.destinations();
        this.clock = context.clock();
        this.retainNs = shared.config().retainNs();
        this.timeoutNsMax = shared.config().routes().stream()
                .mapToLong(route -> route.timeoutNs())
                .max()
                .orElse(0);
        this.open = counter(context, "open");
        this.kept = counter(context, "kept");
        this.noRoom = counter(context, "no_room");
    }

    private static Counter counter(GearContext context, String as) {
        return context.metrics()
                .counter("tickets_restored_total", "Tickets of the run before, by what they came to", "as", as);
    }

    void run(Restored restored, int strip) {
        long nowNs = clock.nanoTime();
        long epochAtZeroNs = clock.epochNanos() - nowNs;
        for (RestoredTicket ticket : restored.take(strip)) {
            reopen(ticket, nowNs, epochAtZeroNs);
            ticket.wipe();
        }
        for (long id : restored.forgotten(strip)) {
            log.forgotten(id);
        }
    }

    private void reopen(RestoredTicket restored, long nowNs, long epochAtZeroNs) {
        long deadlineNs = between(nowNs, restored.deadlineEpochNs() - epochAtZeroNs, nowNs + timeoutNsMax);
        int ticket = tickets.open(restored.describe(opening, keptBytes, origins, epochAtZeroNs), deadlineNs);
        if (ticket < 0) {
            noRoom.increment();
            tickets.unclaim(restored.hash());
            log.forgotten(restored.id());
            return;
        }
        if (restored.isOpen()) {
            log.reopened(ticket, restored.id());
            sent(ticket, restored.destination(), nowNs);
            open.increment();
            return;
        }
        int settled = settle(restored, ticket);
        log.reopened(settled, restored.id());
        tickets.keep(settled, between(nowNs, restored.untilEpochNs() - epochAtZeroNs, nowNs + retainNs) - retainNs);
        kept.increment();
    }

    private void sent(int ticket, int destination, long nowNs) {
        store.sent(
                ticket,
                destination,
                Breaker.REFUSED,
                nowNs); // a generation that no breaker has: it learns nothing from this one
        if (destination >= 0) {
            destinations[destination].sending();
        }
    }

    /** One whose answer finds no room is declined if it comes again. */
    private int settle(RestoredTicket restored, int ticket) {
        int settled = TicketStore.FULL;
        if (restored.isAnswered()) {
            byte[] answer = restored.answer();
            settled = store.settle(
                    ticket, TicketStore.ANSWERED, restored.answerDialect(keptBytes), answer, 0, answer.length);
        }
        if (settled < 0) {
            store.timedOut(ticket);
            return ticket;
        }
        return settled;
    }

    private static long between(long least, long value, long most) {
        return Math.max(least, Math.min(value, most));
    }
}
