package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.kept.Rebuilder;
import io.fluxrig.engine.gears.conductor.kept.Requester;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * Tells those who wait what became of their request: an answer, or the request itself on {@code error} at its deadline. A way
 * back that is full is tried again for a while; a connection that is gone is counted, and the outcome kept for its return.
 * Strip thread only.
 */
final class Outcomes {
    /** How long an outcome is offered to a way back that is full: within a second of the deadline. */
    static final long OFFER_NS = 900_000_000L;
    /** Time between two offers. */
    static final long RETRY_NS = 5_000_000L;

    private final TicketStore store;
    private final Tickets tickets;
    private final Origins origins;
    private final ErrorExit errors;
    private final Rebuilder rebuilder;
    private final KeptBytes keptBytes;
    private final ConductorMetrics metrics;
    private final Clock clock;
    private final Requester requester;
    private final byte[] responseCode = new byte[8];

    /** @param runBefore what {@code conn.rack} says of connections of a run before; null where no ticket is of one */
    Outcomes(
            Tickets tickets,
            Origins origins,
            ErrorExit errors,
            Rebuilder rebuilder,
            KeptBytes keptBytes,
            ConductorMetrics metrics,
            Clock clock,
            String runBefore) {
        this.store = tickets.store();
        this.tickets = tickets;
        this.origins = origins;
        this.errors = errors;
        this.rebuilder = rebuilder;
        this.keptBytes = keptBytes;
        this.metrics = metrics;
        this.clock = clock;
        this.requester = new Requester(runBefore);
    }

    /**
     * An answer redeems an open ticket. One that the requester's side refuses (its dialect cannot say it) is no answer: the
     * ticket stays open and times out.
     */
    void answered(int ticket, FluxMsg answer, IsoPayload payload) {
        int length = keptBytes.of(answer, payload);
        byte[] bytes = keptBytes.bytes();
        int offset = keptBytes.offset();
        int dialect = keptBytes.dialect();
        long openedNs = store.openedNs(ticket);
        int outcome = tellFirst(ticket, answer, payload);
        if (outcome == Outcome.REFUSED || outcome == Outcome.NOT_WIRED) {
            metrics.unusable.increment();
            errors.unusable(answer);
            keptBytes.wipe();
            return;
        }
        long nowNs = clock.nanoTime();
        countAnswer(payload, nowNs - openedNs);
        tickets.cancelTimer(ticket);
        int settled = length < 0 ? TicketStore.FULL : tickets.answered(ticket, dialect, bytes, offset, length);
        keptBytes.wipe();
        if (settled < 0) {
            metrics.undelivered.add(store.joinerCount(ticket) + (isTold(outcome) ? 0 : 1));
            tickets.release(ticket);
            return;
        }
        if (isTold(outcome)) {
            store.requesterDone(settled);
        }
        store.untilNs(settled, nowNs + OFFER_NS);
        tellWaiting(settled, nowNs);
    }

    /** The request of an open ticket was answered on another rack; parked fields and whom it is for are this one's. */
    void answeredElsewhere(int ticket, int dialect, byte[] answer) {
        long nowNs = clock.nanoTime();
        tickets.cancelTimer(ticket);
        int settled = tickets.answered(ticket, dialect, answer, 0, answer.length);
        if (settled < 0) {
            metrics.undelivered.add(store.giveUpWaiting(ticket));
            tickets.release(ticket);
            return;
        }
        store.untilNs(settled, nowNs + OFFER_NS);
        metrics.answeredFromKept.increment();
        tellWaiting(settled, nowNs);
    }

    /** The request of an open ticket has come to nothing on another rack. */
    void timedOutElsewhere(int ticket, long nowNs) {
        tickets.cancelTimer(ticket);
        metrics.declinedAgain.increment();
        declined(ticket, nowNs);
    }

    /** An open ticket's deadline has passed. */
    void timedOut(int ticket, long nowNs) {
        metrics.error(ErrorReason.TIMEOUT).increment(); // once, however many wait and however often they are told
        declined(ticket, nowNs);
    }

    private void declined(int ticket, long nowNs) {
        tickets.timedOut(ticket);
        store.untilNs(ticket, nowNs + OFFER_NS);
        tellWaiting(ticket, nowNs);
    }

    /** A retransmission waits at a kept answer: it is told at once. */
    void tellAgain(int ticket) {
        metrics.answeredFromKept.increment();
        tellWaiting(ticket, clock.nanoTime());
    }

    /** The ways back that were full may have room again; told once more before it is given up, since a pause is no refusal. */
    void offerAgain(int ticket, long nowNs) {
        metrics.deliveryRetries.increment();
        tellWaiting(ticket, nowNs);
    }

    /** Tells whoever can be told; the ticket is kept once nobody waits, or looked at again soon. */
    private void tellWaiting(int ticket, long nowNs) {
        boolean answer = store.state(ticket) == TicketStore.ANSWERED || store.state(ticket) == TicketStore.KEPT_ANSWER;
        if (store.connId(ticket) != TicketStore.TOLD) {
            requester.readFirst(store, ticket);
            if (isTold(tellRebuilt(ticket, answer))) {
                store.requesterDone(ticket);
            }
        }
        int joiner = store.firstJoiner(ticket);
        while (joiner != TicketStore.NONE) {
            int next = store.nextJoiner(joiner);
            requester.readJoiner(store, joiner);
            if (isTold(tellRebuilt(ticket, answer))) {
                store.removeJoiner(ticket, joiner);
            }
            joiner = next;
        }
        keepOrWake(ticket, nowNs);
    }

    private void keepOrWake(int ticket, long nowNs) {
        boolean kept = store.state(ticket) == TicketStore.KEPT_ANSWER;
        boolean again = store.isAwaited(ticket)
                && (kept || store.untilNs(ticket) - nowNs > 0)
                && tickets.wake(ticket, nowNs + RETRY_NS);
        if (!again && !kept) {
            metrics.undelivered.add(store.giveUpWaiting(ticket));
            tickets.keep(ticket, nowNs);
        }
    }

    /** The requester gets the very message that came. */
    private int tellFirst(int ticket, FluxMsg answer, IsoPayload payload) {
        rebuilder.putBack(store, ticket, payload);
        int origin = store.origin(ticket);
        answer.refId(store.requestId(ticket));
        answer.trace(store.traceHi(ticket), store.traceLo(ticket));
        origins.address(origin, answer.meta());
        requester.readFirst(store, ticket);
        requester.writeTo(answer.meta());
        return counted(origins.respond(origin, answer));
    }

    private int tellRebuilt(int ticket, boolean answer) {
        FluxMsg message = answer ? rebuilder.answer(store, ticket) : rebuilder.request(store, ticket);
        requester.writeTo(message.meta());
        int outcome = answer
                ? counted(origins.respond(store.origin(ticket), message))
                : errors.tell(message, ErrorReason.TIMEOUT);
        rebuilder.wipe();
        return outcome;
    }

    private int counted(int outcome) {
        if (Outcome.isGone(outcome)) {
            metrics.withoutTerminal.increment();
        }
        return outcome;
    }

    /** Whether there is no sense in telling again. */
    private static boolean isTold(int outcome) {
        return !Outcome.isWithoutRoom(outcome) && outcome != Outcome.DRAINING;
    }

    private void countAnswer(IsoPayload payload, long nanos) {
        metrics.latency.record(nanos);
        ResponseCode.of(payload.message(), responseCode).count(metrics);
    }
}
