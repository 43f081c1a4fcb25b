package io.fluxrig.engine.gears.conductor.ticket;

import static io.fluxrig.engine.gears.conductor.ticket.TicketLayout.*;

import io.fluxrig.perf.buffer.Bytes;

/**
 * What a new ticket is to hold. Filled again and again by the caller, who lends the arrays for {@link TicketStore#open} and
 * wipes them. Strip thread only.
 */
public final class TicketOpening {
    public long hash;
    public long connId;
    public long requestId;
    public long traceHi;
    public long traceLo;
    public long openedNs;
    public long entryEpochNs;
    public long fingerprint;
    public long confirmation;
    public int route;
    public int origin;
    public int dialect;
    public int mti;
    public byte[] key;
    public int keyLength;
    public byte[] header;
    public int headerLength;
    public byte[] parked;
    public int parkedLength;
    public byte[] body;
    public int bodyOffset;
    public int bodyLength;

    /** Bytes of the ticket's record. */
    int recordLength() {
        return VARIABLE + keyLength + headerLength + parkedLength + bodyLength;
    }

    /** Writes the record to zeroed bytes as {@link TicketLayout} has it; its place in lists and its timer are left empty. */
    void writeTo(byte[] bytes, int start) {
        Bytes.putLongLe(bytes, start + HASH, hash);
        Bytes.putLongLe(bytes, start + CONN_ID, connId);
        Bytes.putLongLe(bytes, start + TIMER, -1);
        Bytes.putLongLe(bytes, start + REQUEST_ID, requestId);
        Bytes.putLongLe(bytes, start + TRACE_HI, traceHi);
        Bytes.putLongLe(bytes, start + TRACE_LO, traceLo);
        Bytes.putLongLe(bytes, start + OPENED_NS, openedNs);
        Bytes.putLongLe(bytes, start + FINGERPRINT, fingerprint);
        Bytes.putLongLe(bytes, start + CONFIRMATION, confirmation);
        Bytes.putLongLe(bytes, start + ENTRY_EPOCH_NS, entryEpochNs);
        Bytes.putIntLe(bytes, start + FIRST_JOINER, TicketStore.NONE);
        Bytes.putIntLe(bytes, start + DESTINATION, TicketStore.NONE);
        Bytes.putIntLe(bytes, start + ROUTE, route);
        Bytes.putIntLe(bytes, start + ORIGIN, origin);
        Bytes.putIntLe(bytes, start + DIALECT, dialect);
        Bytes.putIntLe(bytes, start + MTI, mti);
        Bytes.putIntLe(bytes, start + KEY_LENGTH, keyLength);
        Bytes.putIntLe(bytes, start + HEADER_LENGTH, headerLength);
        Bytes.putIntLe(bytes, start + PARKED_LENGTH, parkedLength);
        Bytes.putIntLe(bytes, start + BODY_LENGTH, bodyLength);
        int at = start + VARIABLE;
        at = append(bytes, at, key, 0, keyLength);
        at = append(bytes, at, header, 0, headerLength);
        at = append(bytes, at, parked, 0, parkedLength);
        append(bytes, at, body, bodyOffset, bodyLength);
    }

    private static int append(byte[] dst, int at, byte[] src, int offset, int length) {
        if (length > 0) {
            System.arraycopy(src, offset, dst, at, length);
        }
        return at + length;
    }
}
