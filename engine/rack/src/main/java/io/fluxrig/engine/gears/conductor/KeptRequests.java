package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Ledger;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.kept.ParkedFields;
import io.fluxrig.engine.gears.conductor.kept.Rebuilder;
import io.fluxrig.engine.gears.conductor.kept.Requester;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.gears.conductor.valet.TicketLog;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;

/**
 * Requests that wait in their tickets until those are kept, and are made again from them to be sent. By then nobody can be asked to
 * wait any more: what finds no destination leaves on {@code error}, to everybody who waits for it. Strip thread only.
 */
final class KeptRequests {
    private final TicketLog log;
    private final Tickets tickets;
    private final TicketStore store;
    private final Routes routes;
    private final Dispatch dispatch;
    private final ParkedFields parkedFields;
    private final Origins origins;
    private final HeldErrors heldErrors;
    private final ConductorMetrics metrics;
    private final Clock clock;
    private final String originName;
    /** Of its own: while a request is being sent, others may be told of outcomes. */
    private final Rebuilder again;

    private final Requester requester;

    KeptRequests(GearContext context, ConductorParts parts, Routes routes, Dispatch dispatch, String originName) {
        this.tickets = parts.tickets();
        this.log = tickets.log();
        this.store = tickets.store();
        this.routes = routes;
        this.dispatch = dispatch;
        this.parkedFields = parts.parkedFields();
        this.origins = parts.origins();
        this.heldErrors = parts.heldErrors();
        this.metrics = parts.metrics();
        this.clock = context.clock();
        this.originName = originName;
        this.again = new Rebuilder(context, parts.keptBytes(), parkedFields, origins);
        this.requester = new Requester();
    }

    /** As {@link Tickets#open}, once the log has taken it; {@link Requests#HELD_BACK} where it may take it soon. */
    int open(TicketOpening opening, long deadlineNs) {
        int taken = log.open(opening, deadlineNs);
        if (taken != Ledger.TAKEN) {
            return taken == Ledger.FULL ? Requests.HELD_BACK : TicketStore.FULL;
        }
        int ticket = tickets.open(opening, deadlineNs);
        if (ticket < 0) {
            log.notOpened();
        } else {
            log.opened(ticket);
        }
        return ticket;
    }

    /** Sends all whose tickets are kept by now. */
    void send() {
        for (int ticket = log.nextKept(); ticket != TicketStore.NONE; ticket = log.nextKept()) {
            long entry = log.entry(ticket);
            int outcome = isLate(ticket) ? Dispatch.NO_ROOM : send(ticket);
            if (outcome != Dispatch.SENT) {
                log.notSent(ticket);
                decline(ticket, outcome == Dispatch.NO_ROOM ? ErrorReason.OVERLOAD : ErrorReason.NO_DESTINATION);
            } else {
                log.sent(ticket, entry);
            }
        }
    }

    /** A disk that was slow has taken half of its time: an answer might come too late, and what was approved would have to be reversed. */
    private boolean isLate(int ticket) {
        long timeoutNs = routes.route(store.route(ticket)).timeoutNs();
        return clock.nanoTime() - store.openedNs(ticket) > timeoutNs / 2;
    }

    private int send(int ticket) {
        try {
            FluxMsg message = again.request(store, ticket);
            IsoPayload payload = (IsoPayload) message.payload();
            parkedFields.take(payload);
            parkedFields.wipe();
            Meta meta = message.meta();
            Requester.removeFrom(meta);
            String from = meta.text(MetaKey.CONDUCTOR_ORIGIN);
            meta.set(MetaKey.CONDUCTOR_ORIGIN, originName);
            return dispatch.send(ticket, routes.walk(store.route(ticket)), message, payload, from, clock.nanoTime());
        } finally {
            again.wipe();
        }
    }

    /** Nobody takes it: all who wait are told, once. Whom there is no room to tell now is told at the ticket's deadline. */
    void decline(int ticket, ErrorReason reason) {
        if (store.connId(ticket) != TicketStore.TOLD) {
            requester.readFirst(store, ticket);
            if (isTold(ticket, reason)) {
                store.requesterDone(ticket);
            }
        }
        int joiner = store.firstJoiner(ticket);
        while (joiner != TicketStore.NONE) {
            int next = store.nextJoiner(joiner);
            requester.readJoiner(store, joiner);
            if (isTold(ticket, reason)) {
                store.removeJoiner(ticket, joiner);
            }
            joiner = next;
        }
        if (!store.isAwaited(ticket)) {
            metrics.error(reason).increment();
            tickets.release(ticket);
        }
    }

    private boolean isTold(int ticket, ErrorReason reason) {
        FluxMsg message = again.request(store, ticket);
        requester.writeTo(message.meta());
        int outcome = heldErrors.offer(message, (IsoPayload) message.payload(), reason);
        again.wipe();
        return !Outcome.isWithoutRoom(outcome);
    }
}
