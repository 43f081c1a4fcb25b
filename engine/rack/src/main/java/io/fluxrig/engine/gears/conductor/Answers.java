package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gears.conductor.correlation.Confirmation;
import io.fluxrig.engine.gears.conductor.correlation.CorrelationKey;
import io.fluxrig.engine.gears.conductor.correlation.MessageTypes;
import io.fluxrig.engine.gears.conductor.correlation.Pairings;
import io.fluxrig.engine.gears.conductor.ticket.TicketIndex;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;

/**
 * The way of an answer: to the ticket of its key, here or on the strip that holds it, and only if it comes from the host
 * that the request was sent to, over whichever of its lines, in time, for the first time, with a type that answers the
 * request's and the values that confirm it. Anything else is unmatched and never reaches a terminal. Strip thread only; allocates nothing.
 */
final class Answers {
    private final Tickets tickets;
    private final TicketStore store;
    private final CorrelationKey key;
    private final Confirmation confirmation;
    private final AnswerValidation validation;
    private final Outcomes outcomes;
    private final ErrorExit errors;
    private final Destination[] destinations;
    private final LatencyRecorder[] routeLatencies;
    private final ConductorMetrics metrics;
    private final Clock clock;
    private final Output[] peers;
    private final Pairings pairings = new Pairings();
    private final TicketStore.Preference pairing = pairings::suits;

    Answers(GearContext context, ConductorShared shared, ConductorParts parts, Output[] peers) {
        this.tickets = parts.tickets();
        this.store = parts.tickets().store();
        this.key = parts.key();
        this.confirmation = parts.confirmation();
        this.validation = parts.validation();
        this.outcomes = parts.outcomes();
        this.errors = parts.errors();
        this.destinations = parts.destinations();
        this.metrics = parts.metrics();
        this.clock = context.clock();
        this.peers = peers;
        this.routeLatencies = shared.config().routes().stream()
                .map(route -> context.metrics()
                        .latency(
                                "route_latency_seconds", "From request taken to answer at hand", "route", route.name()))
                .toArray(LatencyRecorder[]::new);
    }

    /**
     * Whether the message answers a request that there is a ticket for, open or kept.
     *
     * @param hereOnly whether tickets that another strip may have do not count
     */
    boolean knows(IsoPayload payload, boolean hereOnly) {
        try {
            if (!MessageTypes.isAnswer(payload.message().mti()) || key.read(payload) < 0) {
                return false;
            }
            long hash = key.hash();
            pairings.answer(payload.message().mti(), payload.spec());
            return store.find(hash, key.bytes(), key.length(), pairing) != TicketStore.NONE
                    || !hereOnly && tickets.otherOwner(hash) != TicketIndex.NOBODY;
        } finally {
            key.wipe();
        }
    }

    /** @param handedOver whether another strip sent it here, so that its sender cannot be asked to wait */
    int onAnswer(FluxMsg message, IsoPayload payload, boolean handedOver) {
        try {
            if (!MessageTypes.isAnswer(payload.message().mti())) {
                return errors.unmatched(message, Unmatched.REQUEST);
            }
            if (key.read(payload) < 0) {
                return errors.unmatched(message, Unmatched.UNKNOWN);
            }
            long hash = key.hash();
            pairings.answer(payload.message().mti(), payload.spec());
            int ticket = store.find(hash, key.bytes(), key.length(), pairing);
            if (ticket != TicketStore.NONE) {
                return redeem(ticket, message, payload);
            }
            boolean ofAnother = store.find(hash, key.bytes(), key.length()) != TicketStore.NONE;
            return ofAnother ? errors.unmatched(message, Unmatched.WRONG_TYPE) : elsewhere(hash, message, handedOver);
        } finally {
            key.wipe();
        }
    }

    private int elsewhere(long hash, FluxMsg message, boolean handedOver) {
        int owner = tickets.otherOwner(hash);
        int outcome = owner == TicketIndex.NOBODY ? Outcome.NOT_WIRED : peers[owner].emit(message);
        if (outcome == Outcome.ACCEPTED) {
            metrics.answersHandedOver.increment();
            return Outcome.ACCEPTED;
        }
        return outcome == Outcome.FULL && !handedOver ? Outcome.FULL : errors.unmatched(message, Unmatched.UNKNOWN);
    }

    /** Of a ticket that does not say whom the run before asked: the one that the answer comes from. */
    private int whoever(String source) {
        for (int number = 0; number < destinations.length; number++) {
            if (destinations[number].isBehind(source)) {
                return number;
            }
        }
        return TicketStore.NONE;
    }

    private int redeem(int ticket, FluxMsg message, IsoPayload payload) {
        int number = store.destination(ticket);
        if (number == TicketStore.NONE) {
            return errors.unmatched(message, Unmatched.DUPLICATE);
        }
        String source = message.meta().text(MetaKey.FLUXRIG_SOURCE);
        boolean anywhere = number == TicketStore.ANYWHERE;
        number = anywhere ? whoever(source) : number;
        if (number < 0) {
            return errors.unmatched(message, Unmatched.FOREIGN);
        }
        Destination destination = destinations[number];
        if (!destination.isBehind(source) || !confirmation.confirms(store.confirmation(ticket), payload)) {
            return errors.unmatched(message, Unmatched.FOREIGN);
        }
        if (store.state(ticket) != TicketStore.OPEN) {
            destination.late();
            return errors.unmatched(message, Unmatched.LATE);
        }
        if (validation != null && validation.refuses(ticket, message, payload)) {
            return errors.unmatched(message, Unmatched.INVALID);
        }
        if (anywhere) {
            destination.sending(); // nobody has counted it there
        }
        long nowNs = clock.nanoTime();
        destination.answered(store.breakerGeneration(ticket), nowNs - store.sentNs(ticket));
        routeLatencies[store.route(ticket)].record(nowNs - store.openedNs(ticket));
        store.sent(ticket, TicketStore.NONE, 0, 0);
        outcomes.answered(ticket, message, payload);
        return Outcome.ACCEPTED;
    }
}
