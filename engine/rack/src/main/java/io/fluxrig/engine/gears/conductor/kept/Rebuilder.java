package io.fluxrig.engine.gears.conductor.kept;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.codec.MtiWords;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes messages again from what tickets keep: the request at its deadline, the answer for a retransmission. The message is
 * this object's own and holds until {@link #wipe}. Strip thread only.
 */
public final class Rebuilder {
    private static final String PROTOCOL = "iso8583";

    private final GearContext context;
    private final KeptBytes keptBytes;
    private final ParkedFields parkedFields;
    private final Origins origins;
    private final MtiWords words = new MtiWords();
    private final FluxMsg message = new FluxMsg();
    private final IsoPayload payload = new IsoPayload();
    private final byte[] parked = new byte[ParkedFields.LENGTH_MAX];
    private byte[] body = new byte[4096];
    private int bodyUsed;
    /** Each in bytes of its own, since sending one may bring the next. */
    private final List<byte[]> remade = new ArrayList<>();

    /** All of one strip: the three others read what they wrote for its tickets. */
    public Rebuilder(GearContext context, KeptBytes keptBytes, ParkedFields parkedFields, Origins origins) {
        this.context = context;
        this.keptBytes = keptBytes;
        this.parkedFields = parkedFields;
        this.origins = origins;
    }

    /**
     * The request as it came, its connection apart.
     *
     * @throws IllegalStateException if its bytes do not decode any more, a programmer's error
     */
    public FluxMsg request(TicketStore store, int ticket) {
        read(store, ticket);
        message.id(store.requestId(ticket));
        origins.restore(store.origin(ticket), message.meta());
        return message;
    }

    /** The answer with what was parked put back, its connection apart; throws as {@link #request}. */
    public FluxMsg answer(TicketStore store, int ticket) {
        read(store, ticket);
        message.id(context.ids().next());
        message.refId(store.requestId(ticket));
        putBack(store, ticket, payload);
        origins.address(store.origin(ticket), message.meta());
        return message;
    }

    /** Puts what a ticket parked back into a message. */
    public void putBack(TicketStore store, int ticket, IsoPayload into) {
        int length = store.parkedLength(ticket);
        if (length > 0) {
            store.parked(ticket, parked);
            parkedFields.putBack(into.message(), parked, length);
            Bytes.wipe(parked, 0, length);
        }
    }

    /**
     * Makes a request that was changed on its way the one that is to be sent again, parked fields left out. It holds until
     * {@link #wipeRequests}, whatever else is made meanwhile.
     */
    public void requestInto(TicketStore store, int ticket, FluxMsg into, IsoPayload fields) {
        byte[] bytes = new byte[store.bodyLength(ticket)]; // seldom: of a request that was changed and then not taken
        store.body(ticket, bytes);
        remade.add(bytes);
        keptBytes.read(store.dialect(ticket), bytes, bytes.length, into, fields);
        into.id(store.requestId(ticket));
        parkedFields.take(fields);
        parkedFields.wipe();
    }

    /** Zeroes the bytes of every {@link #requestInto}, once all that was sent with them is through. */
    public void wipeRequests() {
        if (!remade.isEmpty()) {
            remade.forEach(bytes -> Bytes.wipe(bytes, 0, bytes.length));
            remade.clear();
        }
    }

    /** Zeroes the message and everything it was made of. */
    public void wipe() {
        payload.wipe();
        message.clear();
        Bytes.wipe(body, 0, bodyUsed);
        bodyUsed = 0;
    }

    /** Brings the ticket's body into this object's own bytes. */
    private void keep(TicketStore store, int ticket) {
        int length = store.bodyLength(ticket);
        if (body.length < length) {
            Bytes.wipe(body, 0, bodyUsed);
            body = new byte[length * 2];
        }
        store.body(ticket, body);
        bodyUsed = Math.max(bodyUsed, length);
    }

    private void read(TicketStore store, int ticket) {
        keep(store, ticket);
        int length = store.bodyLength(ticket);
        message.clear();
        if (!keptBytes.read(store.dialect(ticket), body, length, message, payload)) {
            throw new IllegalStateException("kept bytes do not decode: length=" + length);
        }
        message.srcId(context.ordinal());
        message.trace(store.traceHi(ticket), store.traceLo(ticket));
        message.tsEpochNs(store.entryEpochNs(ticket));
        describe(message.meta(), payload);
    }

    private void describe(Meta meta, IsoPayload fields) {
        Spec spec = fields.spec();
        if (spec != null) {
            meta.set(MetaKey.CODEC_PROTOCOL, PROTOCOL);
            meta.set(MetaKey.CODEC_SPEC_ID, spec.id());
            meta.set(MetaKey.CODEC_SPEC_VERSION, spec.version());
            meta.set(MetaKey.CODEC_SPEC_HASH, keptBytes.shortHash(spec));
        }
        int mti = fields.message().mti();
        meta.set(MetaKey.ISO_MTI, words.text(mti));
        meta.set(MetaKey.ISO_MTI_CLASS, words.messageClass(mti));
    }
}
