package io.fluxrig.engine.gears.conductor.ticket;

import static io.fluxrig.engine.gears.conductor.ticket.TicketLayout.*;

import io.fluxrig.perf.buffer.ByteSlab;

/**
 * What stands in a ticket, field by field, over the bytes of {@link TicketLayout}. {@link TicketStore} adds a ticket's life:
 * when it is opened, settled, kept and wiped.
 *
 * <p>Threading: one strip. Allocates nothing. A ticket that is not held is a programmer's error.
 */
abstract sealed class TicketFields permits TicketStore {
    final ByteSlab slab;

    TicketFields(ByteSlab slab) {
        this.slab = slab;
    }

    /** {@link TicketStore#OPEN} to {@link TicketStore#KEPT_TIMEOUT}. */
    public final int state(int ticket) {
        return slab.getInt(ticket, STATE);
    }

    public final long hash(int ticket) {
        return slab.getLong(ticket, HASH);
    }

    /** The first requester's connection, {@link TicketStore#TOLD} once it is told or gone. */
    public final long connId(int ticket) {
        return slab.getLong(ticket, CONN_ID);
    }

    /** The first requester was told, or is gone. */
    public final void requesterDone(int ticket) {
        slab.putLong(ticket, CONN_ID, TicketStore.TOLD);
    }

    public final long timer(int ticket) {
        return slab.getLong(ticket, TIMER);
    }

    public final void timer(int ticket, long timerId) {
        slab.putLong(ticket, TIMER, timerId);
    }

    public final long requestId(int ticket) {
        return slab.getLong(ticket, REQUEST_ID);
    }

    public final long traceHi(int ticket) {
        return slab.getLong(ticket, TRACE_HI);
    }

    public final long traceLo(int ticket) {
        return slab.getLong(ticket, TRACE_LO);
    }

    public final long openedNs(int ticket) {
        return slab.getLong(ticket, OPENED_NS);
    }

    public final long entryEpochNs(int ticket) {
        return slab.getLong(ticket, ENTRY_EPOCH_NS);
    }

    public final long fingerprint(int ticket) {
        return slab.getLong(ticket, FINGERPRINT);
    }

    /** What an answer is held against beside the key. */
    public final long confirmation(int ticket) {
        return slab.getLong(ticket, CONFIRMATION);
    }

    public final long sentNs(int ticket) {
        return slab.getLong(ticket, SENT_NS);
    }

    /** The request is about to go to that destination. */
    public final void sent(int ticket, int destination, int breakerGeneration, long nowNs) {
        slab.putInt(ticket, DESTINATION, destination);
        slab.putInt(ticket, BREAKER_GENERATION, breakerGeneration);
        slab.putLong(ticket, SENT_NS, nowNs);
    }

    /** Number of the destination the request is at, {@link TicketStore#NONE} if it is at none. */
    public final int destination(int ticket) {
        return slab.getInt(ticket, DESTINATION);
    }

    public final int breakerGeneration(int ticket) {
        return slab.getInt(ticket, BREAKER_GENERATION);
    }

    public final int route(int ticket) {
        return slab.getInt(ticket, ROUTE);
    }

    public final int origin(int ticket) {
        return slab.getInt(ticket, ORIGIN);
    }

    /** Number of the dialect that the body is written in. */
    public final int dialect(int ticket) {
        return slab.getInt(ticket, DIALECT);
    }

    /** The request's message type as a number. */
    public final int mti(int ticket) {
        return slab.getInt(ticket, MTI);
    }

    /** Copies the first requester's protocol header and returns its length. */
    public final int header(int ticket, byte[] into) {
        return copy(ticket, VARIABLE + slab.getInt(ticket, KEY_LENGTH), slab.getInt(ticket, HEADER_LENGTH), into);
    }

    public final int parkedLength(int ticket) {
        return slab.getInt(ticket, PARKED_LENGTH);
    }

    /** Copies the parked fields and returns their length. */
    public final int parked(int ticket, byte[] into) {
        int length = slab.getInt(ticket, PARKED_LENGTH);
        return copy(ticket, bodyAt(ticket) - length, length, into);
    }

    public final int bodyLength(int ticket) {
        return slab.getInt(ticket, BODY_LENGTH);
    }

    /** Copies the request's or the answer's bytes and returns their length. */
    public final int body(int ticket, byte[] into) {
        return copy(ticket, bodyAt(ticket), slab.getInt(ticket, BODY_LENGTH), into);
    }

    /** A settled ticket's outcome is offered until then, a kept ticket is kept until then. */
    public final long untilNs(int ticket) {
        return slab.getLong(ticket, UNTIL_NS);
    }

    public final void untilNs(int ticket, long untilNs) {
        slab.putLong(ticket, UNTIL_NS, untilNs);
    }

    /** Where the body begins: behind key, header and parked fields. */
    final int bodyAt(int ticket) {
        return VARIABLE
                + slab.getInt(ticket, KEY_LENGTH)
                + slab.getInt(ticket, HEADER_LENGTH)
                + slab.getInt(ticket, PARKED_LENGTH);
    }

    private int copy(int ticket, int at, int length, byte[] into) {
        slab.get(ticket, at, into, 0, length);
        return length;
    }
}
