package io.fluxrig.engine.gears.conductor.ticket;

import static io.fluxrig.engine.gears.conductor.ticket.TicketLayout.*;

import io.fluxrig.perf.buffer.ByteSlab;
import io.fluxrig.perf.buffer.Bytes;

/**
 * What stands in a ticket, field by field, over the bytes of {@link TicketLayout}. {@link TicketStore} adds a ticket's life:
 * when it is opened, settled, kept and wiped.
 *
 * <p>Questions come in a row about one ticket, so where the last one's bytes lie is remembered: the slab is asked once for
 * each row, and refuses a ticket that is not held. Whoever gives a ticket's bytes back says so ({@link #letGo}).
 *
 * <p>Threading: one strip. Allocates nothing. A ticket that is not held is a programmer's error.
 */
abstract sealed class TicketFields permits TicketStore {
    final ByteSlab slab;
    private int located = TicketStore.NONE;
    private byte[] bytes = {};
    private int start;

    TicketFields(ByteSlab slab) {
        this.slab = slab;
    }

    /** {@link TicketStore#OPEN} to {@link TicketStore#KEPT_TIMEOUT}. */
    public final int state(int ticket) {
        return getInt(ticket, STATE);
    }

    public final long hash(int ticket) {
        return getLong(ticket, HASH);
    }

    /** The first requester's connection, {@link TicketStore#TOLD} once it is told or gone. */
    public final long connId(int ticket) {
        return getLong(ticket, CONN_ID);
    }

    /** The first requester was told, or is gone. */
    public final void requesterDone(int ticket) {
        putLong(ticket, CONN_ID, TicketStore.TOLD);
    }

    public final long timer(int ticket) {
        return getLong(ticket, TIMER);
    }

    public final void timer(int ticket, long timerId) {
        putLong(ticket, TIMER, timerId);
    }

    public final long requestId(int ticket) {
        return getLong(ticket, REQUEST_ID);
    }

    public final long traceHi(int ticket) {
        return getLong(ticket, TRACE_HI);
    }

    public final long traceLo(int ticket) {
        return getLong(ticket, TRACE_LO);
    }

    public final long openedNs(int ticket) {
        return getLong(ticket, OPENED_NS);
    }

    public final long entryEpochNs(int ticket) {
        return getLong(ticket, ENTRY_EPOCH_NS);
    }

    public final long fingerprint(int ticket) {
        return getLong(ticket, FINGERPRINT);
    }

    /** What an answer is held against beside the key. */
    public final long confirmation(int ticket) {
        return getLong(ticket, CONFIRMATION);
    }

    public final long sentNs(int ticket) {
        return getLong(ticket, SENT_NS);
    }

    /** The request is about to go to that destination. */
    public final void sent(int ticket, int destination, int breakerGeneration, long nowNs) {
        putInt(ticket, DESTINATION, destination);
        putInt(ticket, BREAKER_GENERATION, breakerGeneration);
        putLong(ticket, SENT_NS, nowNs);
    }

    /** Number of the destination the request is at, {@link TicketStore#NONE} if it is at none. */
    public final int destination(int ticket) {
        return getInt(ticket, DESTINATION);
    }

    public final int breakerGeneration(int ticket) {
        return getInt(ticket, BREAKER_GENERATION);
    }

    public final int route(int ticket) {
        return getInt(ticket, ROUTE);
    }

    public final int origin(int ticket) {
        return getInt(ticket, ORIGIN);
    }

    /** Number of the dialect that the body is written in. */
    public final int dialect(int ticket) {
        return getInt(ticket, DIALECT);
    }

    /** The request's message type as a number. */
    public final int mti(int ticket) {
        return getInt(ticket, MTI);
    }

    /** Copies the first requester's protocol header and returns its length. */
    public final int header(int ticket, byte[] into) {
        return copy(ticket, VARIABLE + getInt(ticket, KEY_LENGTH), getInt(ticket, HEADER_LENGTH), into);
    }

    public final int parkedLength(int ticket) {
        return getInt(ticket, PARKED_LENGTH);
    }

    /** Copies the parked fields and returns their length. */
    public final int parked(int ticket, byte[] into) {
        int length = getInt(ticket, PARKED_LENGTH);
        return copy(ticket, bodyAt(ticket) - length, length, into);
    }

    public final int bodyLength(int ticket) {
        return getInt(ticket, BODY_LENGTH);
    }

    /** Copies the request's or the answer's bytes and returns their length. */
    public final int body(int ticket, byte[] into) {
        return copy(ticket, bodyAt(ticket), getInt(ticket, BODY_LENGTH), into);
    }

    /** A settled ticket's outcome is offered until then, a kept ticket is kept until then. */
    public final long untilNs(int ticket) {
        return getLong(ticket, UNTIL_NS);
    }

    public final void untilNs(int ticket, long untilNs) {
        putLong(ticket, UNTIL_NS, untilNs);
    }

    /** Where the body begins: behind key, header and parked fields. */
    final int bodyAt(int ticket) {
        return VARIABLE + getInt(ticket, KEY_LENGTH) + getInt(ticket, HEADER_LENGTH) + getInt(ticket, PARKED_LENGTH);
    }

    final long getLong(int ticket, int at) {
        locate(ticket);
        return Bytes.longLe(bytes, start + at);
    }

    final void putLong(int ticket, int at, long value) {
        locate(ticket);
        Bytes.putLongLe(bytes, start + at, value);
    }

    final int getInt(int ticket, int at) {
        locate(ticket);
        return Bytes.intLe(bytes, start + at);
    }

    final void putInt(int ticket, int at, int value) {
        locate(ticket);
        Bytes.putIntLe(bytes, start + at, value);
    }

    /** Whether the ticket's key is that one. */
    final boolean hasKey(int ticket, byte[] key, int keyLength) {
        if (getInt(ticket, KEY_LENGTH) != keyLength) {
            return false;
        }
        return VARIABLE + keyLength <= slab.blockLength()
                ? Bytes.equal(bytes, start + VARIABLE, key, 0, keyLength)
                : slab.matches(ticket, VARIABLE, key, 0, keyLength);
    }

    /** Writes a ticket that is all in one block. */
    final void write(int ticket, TicketOpening from) {
        locate(ticket);
        from.writeTo(bytes, start);
    }

    /** Gives a ticket's bytes back. */
    final void letGo(int ticket) {
        located = TicketStore.NONE;
        slab.release(ticket);
    }

    private int copy(int ticket, int at, int length, byte[] into) {
        if (length > 0) {
            slab.get(ticket, at, into, 0, length);
        }
        return length;
    }

    private void locate(int ticket) {
        if (ticket != located) {
            bytes = slab.array(ticket);
            start = slab.start(ticket);
            located = ticket;
        }
    }
}
