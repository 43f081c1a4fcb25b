package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.kept.Rebuilder;
import io.fluxrig.engine.gears.conductor.kept.Requester;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * Requests that must leave on {@code error} but found it full, and whose sender cannot be asked to wait, since they came from
 * another strip. Offered again until {@link Outcomes#OFFER_NS} have passed. Strip thread only.
 */
final class HeldErrors implements Timers.Handler {
    /** Held at a time at most; more are given up at once. */
    static final int HELD_MAX = 4096;

    private static final int KEY_LENGTH = 8;

    private final TicketStore held = new TicketStore(HELD_MAX, 0);
    private final TicketOpening opening = new TicketOpening();
    private final byte[] key = new byte[KEY_LENGTH];
    private final Clock clock;
    private final Timers.Source timers;
    private final ErrorExit errors;
    private final Rebuilder rebuilder;
    private final KeptBytes keptBytes;
    private final Origins origins;
    private final ConductorMetrics metrics;
    private final Requester requester = new Requester();
    private long sequence;

    HeldErrors(
            GearContext context,
            ErrorExit errors,
            Rebuilder rebuilder,
            KeptBytes keptBytes,
            Origins origins,
            ConductorMetrics metrics) {
        this.clock = context.clock();
        this.timers = context.timers().source(this);
        this.errors = errors;
        this.rebuilder = rebuilder;
        this.keptBytes = keptBytes;
        this.origins = origins;
        this.metrics = metrics;
    }

    /**
     * Lets a request leave on {@code error}, and holds it if that is full. It is copied first: what stands behind the port may
     * have turned it into an answer by then.
     */
    int leave(FluxMsg message, IsoPayload payload, ErrorReason reason) {
        metrics.error(reason).increment();
        return tell(message, payload, reason);
    }

    /** As {@link #leave}, of a retransmission, which is not counted again. */
    int tell(FluxMsg message, IsoPayload payload, ErrorReason reason) {
        int outcome = offer(message, payload, reason);
        if (Outcome.isWithoutRoom(outcome)) {
            metrics.undelivered.increment();
            return Outcome.REFUSED;
        }
        return outcome;
    }

    /** The same, {@link Outcome#FULL} or {@link Outcome#STALLED} and not counted where there is no room to hold it either. */
    int offer(FluxMsg message, IsoPayload payload, ErrorReason reason) {
        int length = keptBytes.of(message, payload);
        int origin = origins.of(message.meta());
        boolean holds = length >= 0 && origin != Origins.FULL;
        int ticket = holds ? held.open(describe(message, payload, reason, origin, length)) : TicketStore.FULL;
        keptBytes.wipe();
        int outcome = errors.tell(message, reason);
        if (Outcome.isWithoutRoom(outcome) && ticket >= 0 && wake(ticket)) {
            return Outcome.ACCEPTED;
        }
        if (ticket >= 0) {
            held.release(ticket);
        }
        return outcome;
    }

    @Override
    public void onDeadline(long nowNs, long payload) {
        int ticket = (int) payload;
        metrics.deliveryRetries.increment();
        FluxMsg message = rebuilder.request(held, ticket);
        requester.readFirst(held, ticket);
        requester.writeTo(message.meta());
        ErrorReason reason = ErrorReason.ofOrdinal(held.route(ticket));
        boolean full = Outcome.isWithoutRoom(errors.tell(message, reason));
        rebuilder.wipe();
        if (full && nowNs - held.openedNs(ticket) < Outcomes.OFFER_NS && wake(ticket)) {
            return;
        }
        metrics.undelivered.add(full ? 1 : 0);
        held.release(ticket);
    }

    int count() {
        return held.openCount();
    }

    int recordsInUse() {
        return held.recordsInUse();
    }

    void releaseAll() {
        held.releaseAll(ticket -> timers.cancel(held.timer(ticket)));
    }

    private TicketOpening describe(FluxMsg message, IsoPayload payload, ErrorReason reason, int origin, int length) {
        requester.readFrom(message.meta());
        Bytes.putLongLe(key, 0, ++sequence);
        opening.hash = Bytes.mix64(sequence);
        opening.key = key;
        opening.keyLength = KEY_LENGTH;
        opening.connId = requester.connId();
        opening.header = requester.header();
        opening.headerLength = requester.headerLength();
        opening.requestId = message.id();
        opening.traceHi = message.traceHi();
        opening.traceLo = message.traceLo();
        opening.entryEpochNs = message.tsEpochNs();
        opening.openedNs = clock.nanoTime();
        opening.route = reason.ordinal(); // nothing here has a route: its place holds the reason
        opening.origin = origin;
        opening.mti = payload.message().mti();
        opening.dialect = keptBytes.dialect();
        opening.body = keptBytes.bytes();
        opening.bodyOffset = keptBytes.offset();
        opening.bodyLength = length;
        return opening;
    }

    private boolean wake(int ticket) {
        long timer = timers.schedule(clock.nanoTime() + Outcomes.RETRY_NS, ticket);
        held.timer(ticket, timer);
        return timer != Timers.FULL;
    }
}
