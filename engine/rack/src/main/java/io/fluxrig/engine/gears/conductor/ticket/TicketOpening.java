package io.fluxrig.engine.gears.conductor.ticket;

import static io.fluxrig.engine.gears.conductor.ticket.TicketLayout.*;

import io.fluxrig.perf.buffer.Bytes;
import java.util.Arrays;

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

    /** Writes the record as {@link TicketLayout} has it; its place in lists and its timer are left empty. */
    void writeTo(byte[] bytes) {
        Arrays.fill(bytes, 0, VARIABLE, (byte) 0);
        Bytes.putLongLe(bytes, HASH, hash);
        Bytes.putLongLe(bytes, CONN_ID, connId);
        Bytes.putLongLe(bytes, TIMER, -1);
        Bytes.putLongLe(bytes, REQUEST_ID, requestId);
        Bytes.putLongLe(bytes, TRACE_HI, traceHi);
        Bytes.putLongLe(bytes, TRACE_LO, traceLo);
        Bytes.putLongLe(bytes, OPENED_NS, openedNs);
        Bytes.putLongLe(bytes, FINGERPRINT, fingerprint);
        Bytes.putLongLe(bytes, CONFIRMATION, confirmation);
        Bytes.putLongLe(bytes, ENTRY_EPOCH_NS, entryEpochNs);
        Bytes.putIntLe(bytes, NEXT_KEPT, TicketStore.NONE);
        Bytes.putIntLe(bytes, FIRST_JOINER, TicketStore.NONE);
        Bytes.putIntLe(bytes, DESTINATION, TicketStore.NONE);
        Bytes.putIntLe(bytes, ROUTE, route);
        Bytes.putIntLe(bytes, ORIGIN, origin);
        Bytes.putIntLe(bytes, DIALECT, dialect);
        Bytes.putIntLe(bytes, MTI, mti);
        Bytes.putIntLe(bytes, KEY_LENGTH, keyLength);
        Bytes.putIntLe(bytes, HEADER_LENGTH, headerLength);
        Bytes.putIntLe(bytes, PARKED_LENGTH, parkedLength);
        Bytes.putIntLe(bytes, BODY_LENGTH, bodyLength);
        int at = VARIABLE;
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
