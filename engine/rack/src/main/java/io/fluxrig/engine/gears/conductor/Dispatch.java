package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.conductor.kept.Rebuilder;
import io.fluxrig.engine.gears.conductor.route.Breaker;
import io.fluxrig.engine.gears.conductor.route.TreeWalk;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;

/**
 * Offers a request to the destinations of its route until one takes it, leaving out those whose link is down, whose breaker is
 * open, or from where a peer's request would come back. Strip thread only; allocates nothing.
 *
 * <p>A destination may answer before the call that sends to it returns (a responder wired as an issuer does), so the ticket
 * says where the request is before it goes there. One that had turned the request into its answer and could not hand that on
 * gets it no further: the request is made again from its ticket. If the ticket is not open when the call returns, the request
 * was answered, whatever the call says.
 */
final class Dispatch implements TreeWalk.Attempt {
    /** A destination took the request. */
    static final int SENT = 0;
    /** None took it, and one or more only for want of room. */
    static final int NO_ROOM = 1;
    /** None is there for it. */
    static final int NOWHERE = 2;

    private final ConductorShared shared;
    private final Destination[] destinations;
    private final TicketStore store;
    private final Rebuilder rebuilder;
    private FluxMsg message;
    private IsoPayload payload;
    private int ticket;
    private String origin;
    private long nowNs;
    private boolean full;

    Dispatch(ConductorShared shared, Destination[] destinations, TicketStore store, Rebuilder rebuilder) {
        this.shared = shared;
        this.destinations = destinations;
        this.store = store;
        this.rebuilder = rebuilder;
    }

    /**
     * @param from the conductor that the request came from, null for none
     * @param atNs the clock's {@code nanoTime()}
     */
    int send(int sending, TreeWalk walk, FluxMsg request, IsoPayload fields, String from, long atNs) {
        FluxMsg outerMessage = message;
        IsoPayload outerPayload = payload;
        int outerTicket = ticket;
        String outerOrigin = origin;
        long outerNowNs = nowNs;
        boolean outerFull = full;
        message = request;
        payload = fields;
        ticket = sending;
        origin = from;
        nowNs = atNs;
        full = false;
        boolean sent = walk.walk(this);
        int outcome = sent ? SENT : full ? NO_ROOM : NOWHERE;
        message = outerMessage;
        payload = outerPayload;
        ticket = outerTicket;
        origin = outerOrigin;
        nowNs = outerNowNs;
        full = outerFull;
        return outcome;
    }

    @Override
    public boolean attempt(int number) {
        Destination destination = destinations[number];
        if (destination.closedTo(origin) || !destination.takes()) {
            return false;
        }
        int generation = destination.enter(nowNs);
        if (generation == Breaker.REFUSED) {
            return false;
        }
        store.sent(ticket, number, generation, nowNs);
        destination.sending();
        message.meta().unset(MetaKey.ERROR_REASON);
        int outcome = destination.output().emit(message);
        if (outcome == Outcome.ACCEPTED || !store.isOpen(ticket)) {
            destination.sent();
            return true;
        }
        destination.notSent(generation);
        store.sent(ticket, TicketStore.NONE, 0, 0);
        full |= Outcome.isWithoutRoom(outcome);
        if (payload.message().mti() != store.mti(ticket)) {
            rebuilder.requestInto(store, ticket, message, payload);
        }
        return false;
    }

    @Override
    public long inFlight(int destination) {
        return shared.inFlight(destination);
    }
}
