package io.fluxrig.engine.gears.conductor.kept;

import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;

/**
 * The part of a message's metadata that says whom to answer: connection and protocol header. Taken off a request before it
 * goes to a destination, put onto its outcome. Strip thread only; allocates nothing.
 */
public final class Requester {
    private static final long NO_CONNECTION = 0;
    /** With a run that is over beside it, one is as good as another. */
    private static final long SOME_CONNECTION = 1;

    private final byte[] header = new byte[TicketStore.HEADER_LENGTH_MAX];
    private final String runBefore;
    private long connId;
    private int headerLength;

    /** Of requests of this run only. */
    public Requester() {
        this(null);
    }

    /** @param runBefore what {@code conn.rack} says of connections of a run of this rack before */
    public Requester(String runBefore) {
        this.runBefore = runBefore;
    }

    /** Reads both from a request. A header longer than a ticket keeps is left behind. */
    public void readFrom(Meta meta) {
        connId = meta.number(MetaKey.CONN_ID, NO_CONNECTION);
        headerLength = Math.max(0, meta.bytes(MetaKey.ISO_RAW_HEADER, header, 0));
    }

    /** The first requester of a ticket. */
    public void readFirst(TicketStore store, int ticket) {
        connId = store.connId(ticket);
        headerLength = store.header(ticket, header);
    }

    /** One that joined. */
    public void readJoiner(TicketStore store, int joiner) {
        connId = store.joinerConnId(joiner);
        headerLength = store.joinerHeader(joiner, header);
    }

    /** Puts both onto an outcome; what there is none of is taken off it. */
    public void writeTo(Meta meta) {
        if (connId == NO_CONNECTION) {
            meta.unset(MetaKey.CONN_ID);
        } else if (connId == TicketStore.OF_RUN_BEFORE) {
            meta.set(MetaKey.CONN_ID, SOME_CONNECTION);
            meta.set(MetaKey.CONN_RACK, runBefore);
        } else {
            meta.set(MetaKey.CONN_ID, connId);
        }
        if (headerLength == 0) {
            meta.unset(MetaKey.ISO_RAW_HEADER);
        } else {
            meta.setBytes(MetaKey.ISO_RAW_HEADER, header, 0, headerLength);
        }
    }

    /** Takes both off a request that leaves for a destination, and whose rack's the connection is. */
    public static void removeFrom(Meta meta) {
        meta.unset(MetaKey.CONN_ID);
        meta.unset(MetaKey.CONN_RACK);
        meta.unset(MetaKey.ISO_RAW_HEADER);
    }

    /** The connection's id, 0 if there is none. */
    public long connId() {
        return connId;
    }

    /** The protocol header, borrowed until the next read; its first {@link #headerLength} bytes count. */
    public byte[] header() {
        return header;
    }

    /** Bytes of the protocol header. */
    public int headerLength() {
        return headerLength;
    }
}
