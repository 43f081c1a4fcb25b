package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;

/**
 * A ticket of the run before, as this run understands it; for the strip that is to hold it. Owned by that strip, which wipes it once
 * the ticket is open again.
 */
public final class RestoredTicket {
    private static final long NO_CONNECTION = 0;
    private static final byte[] NOTHING = {};

    private final StoredTicket stored;
    private final long hash;
    private final byte[] key;
    private final Reading reading;
    private final int route;
    private final int destination;
    private final int state;
    private final Spec answerSpec;
    private final long untilEpochNs;

    /** What this run reads in a request: null parts and zeros where its dialect is not there any more. */
    record Reading(Spec spec, byte[] key, long fingerprint, long confirmation, byte[] parked) {
        /** Zeroes what may hold card data. */
        void wipe() {
            if (key != null) {
                Bytes.wipe(key);
            }
            Bytes.wipe(parked);
        }
    }

    /**
     * @param key by which this run finds it
     * @param route by number
     * @param destination by number, or {@link TicketStore#ANYWHERE}
     * @param state {@link TicketStore#OPEN}, {@link TicketStore#ANSWERED} or {@link TicketStore#TIMED_OUT}
     * @param answerSpec of the answer, null for none
     */
    RestoredTicket(
            StoredTicket stored,
            byte[] key,
            Reading reading,
            int route,
            int destination,
            int state,
            Spec answerSpec,
            long untilEpochNs) {
        this.stored = stored;
        this.key = key;
        this.hash = Bytes.hash64(key, 0, key.length);
        this.reading = reading;
        this.route = route;
        this.destination = destination;
        this.state = state;
        this.answerSpec = answerSpec;
        this.untilEpochNs = untilEpochNs;
    }

    /** Of its entry in the log. */
    public long id() {
        return stored.id;
    }

    public long hash() {
        return hash;
    }

    /** Whether nothing is known of an outcome. */
    public boolean isOpen() {
        return state == TicketStore.OPEN;
    }

    /** Whether there is an {@link #answer}. */
    public boolean isAnswered() {
        return state == TicketStore.ANSWERED;
    }

    /** Number of the destination that the request is at, {@link TicketStore#ANYWHERE} if nobody knows. */
    public int destination() {
        return destination;
    }

    /** When an open one's deadline is, epoch ns. */
    public long deadlineEpochNs() {
        return stored.deadlineEpochNs;
    }

    /** Until when an outcome is kept, epoch ns. */
    public long untilEpochNs() {
        return untilEpochNs;
    }

    /**
     * Fills what opens it anew.
     *
     * @param epochAtZeroNs what the wall clock says when the strip's clock is at zero
     */
    public TicketOpening describe(TicketOpening into, KeptBytes keptBytes, Origins origins, long epochAtZeroNs) {
        into.hash = hash;
        into.connId = connId();
        into.requestId = stored.requestId;
        into.traceHi = stored.traceHi;
        into.traceLo = stored.traceLo;
        into.openedNs = stored.openedEpochNs - epochAtZeroNs;
        into.entryEpochNs = stored.entryEpochNs;
        into.fingerprint = reading.fingerprint();
        into.confirmation = reading.confirmation();
        into.route = route;
        into.origin = Math.max(0, origins.of(origin()));
        into.mti = stored.mti;
        into.key = key;
        into.keyLength = key.length;
        into.header = stored.header;
        into.headerLength = stored.header.length;
        into.parked = reading.parked();
        into.parkedLength = reading.parked().length;
        into.dialect = keptBytes.numberOf(reading.spec(), stored.requestAsFields);
        into.body = state == TicketStore.OPEN ? stored.request : NOTHING;
        into.bodyOffset = 0;
        into.bodyLength = into.body.length;
        return into;
    }

    /** The answer's bytes, if it was answered. */
    public byte[] answer() {
        return stored.answer;
    }

    /** Number of the answer's dialect. */
    public int answerDialect(KeptBytes keptBytes) {
        return keptBytes.numberOf(answerSpec, stored.answerAsFields);
    }

    /** Zeroes what may hold card data. */
    public void wipe() {
        stored.wipe();
        Bytes.wipe(key); // its own, where the request could not be read
        Bytes.wipe(reading.parked());
    }

    /** A connection of another rack may still be there; one of this rack went with the run before. */
    private long connId() {
        if (state != TicketStore.OPEN) {
            return TicketStore.TOLD;
        }
        boolean ours = stored.rack == null && stored.connId != NO_CONNECTION;
        return ours ? TicketStore.OF_RUN_BEFORE : stored.connId;
    }

    private Meta origin() {
        Meta meta = new Meta();
        meta.set(MetaKey.CONDUCTOR_ORIGIN, stored.conductor);
        meta.set(MetaKey.FLUXRIG_SOURCE, stored.source);
        meta.set(MetaKey.CONN_RACK, stored.rack);
        return meta;
    }
}
