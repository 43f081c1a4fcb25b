package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gears.conductor.correlation.Confirmation;
import io.fluxrig.engine.gears.conductor.correlation.CorrelationKey;
import io.fluxrig.engine.gears.conductor.correlation.MessageTypes;
import io.fluxrig.engine.gears.conductor.correlation.RequestIdentity;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.kept.ParkedFields;
import io.fluxrig.engine.gears.conductor.kept.Rebuilder;
import io.fluxrig.engine.gears.conductor.kept.Requester;
import io.fluxrig.engine.gears.conductor.ticket.TicketIndex;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;

/**
 * The way of a request: is it known, whose is it, which route, a ticket, and to the first destination that takes it.
 *
 * <pre>
 *   known and open ---- joins ------.
 *   known and kept ---- told again  |   (the same request; another one of its key and type is a duplicate)
 *   another strip's --- handed over |
 *   new: route -> ticket -> parked fields out -> destinations in order -> accepted
 *            '--------- on error, with the reason -----------'
 * </pre>
 *
 * Where tickets are kept on the disk, a new request is accepted with its ticket and sent when that is kept ({@link KeptRequests}).
 *
 * Strip thread only; allocates nothing.
 */
final class Requests {
    /** Beside reasons: there may be room for the ticket soon. */
    static final int HELD_BACK = Integer.MIN_VALUE;

    private final ConductorShared shared;
    private final Tickets tickets;
    private final TicketStore store;
    private final Routes routes;
    private final Dispatch dispatch;
    private final CorrelationKey key;
    private final RequestIdentity identity;
    private final Confirmation confirmation;
    private final ParkedFields parkedFields;
    private final KeptBytes keptBytes;
    private final Rebuilder rebuilder;
    private final Origins origins;
    private final Outcomes outcomes;
    private final ErrorExit errors;
    private final HeldErrors heldErrors;
    private final ConductorMetrics metrics;
    private final Clock clock;
    private final Output[] peers;
    private final int strip;
    private final String originName;
    /** Null where a request is sent as it comes. */
    private final KeptRequests keptRequests;

    private final Requester requester = new Requester();
    private final TicketOpening opening = new TicketOpening();
    private final TicketStore.Preference sameType = this::sameType;
    private int type;
    /** Requests that came while another was being sent, and that one. */
    private int depth;

    private boolean draining;

    Requests(GearContext context, ConductorShared shared, ConductorParts parts, Dispatch dispatch, Output[] peers) {
        this.shared = shared;
        this.tickets = parts.tickets();
        this.store = parts.tickets().store();
        this.routes = new Routes(shared);
        this.dispatch = dispatch;
        this.key = parts.key();
        this.identity = new RequestIdentity(shared.config().restampedFields(), shared.identitySeed());
        this.confirmation = parts.confirmation();
        this.parkedFields = parts.parkedFields();
        this.keptBytes = parts.keptBytes();
        this.rebuilder = parts.rebuilder();
        this.origins = parts.origins();
        this.outcomes = parts.outcomes();
        this.errors = parts.errors();
        this.heldErrors = parts.heldErrors();
        this.metrics = parts.metrics();
        this.clock = context.clock();
        this.peers = peers;
        this.strip = context.strip();
        String origin = shared.config().origin();
        this.originName = origin.isEmpty() ? context.name() : origin;
        this.keptRequests =
                tickets.log() == null ? null : new KeptRequests(context, parts, routes, dispatch, originName);
    }

    void drain() {
        draining = true;
    }

    /**
     * Whether the request is one that there is a ticket for, open or kept.
     *
     * @param hereOnly whether tickets that another strip may have do not count
     */
    boolean knows(IsoPayload payload, boolean hereOnly) {
        try {
            if (MessageTypes.isAnswer(payload.message().mti()) || key.read(payload) < 0) {
                return false;
            }
            long hash = key.hash();
            type = MessageTypes.withoutRepeat(payload.message().mti());
            return store.find(hash, key.bytes(), key.length(), sameType) != TicketStore.NONE
                    || !hereOnly && tickets.otherOwner(hash) != TicketIndex.NOBODY;
        } finally {
            key.wipe();
        }
    }

    /** Requests that wait for their tickets to be kept; null where they are sent as they come. */
    KeptRequests kept() {
        return keptRequests;
    }

    /** Sends what was held until its ticket was kept, and now is. */
    void sendKept() {
        depth++;
        try {
            keptRequests.send();
        } finally {
            if (--depth == 0) {
                rebuilder.wipeRequests();
            }
        }
    }

    /** @param handedOver whether another strip sent it here, so that its sender cannot be asked to wait */
    int onRequest(FluxMsg message, IsoPayload payload, boolean handedOver) {
        if (MessageTypes.isAnswer(payload.message().mti())) {
            return errors.unmatched(message, Unmatched.UNKNOWN);
        }
        depth++;
        try {
            return key.read(payload) < 0
                    ? fail(message, payload, ErrorReason.NO_KEY, handedOver)
                    : withKey(message, payload, handedOver);
        } finally {
            key.wipe();
            if (--depth == 0) {
                rebuilder.wipeRequests();
            }
        }
    }

    private int withKey(FluxMsg message, IsoPayload payload, boolean handedOver) {
        long hash = key.hash();
        type = MessageTypes.withoutRepeat(payload.message().mti());
        int known = store.find(hash, key.bytes(), key.length(), sameType);
        if (known != TicketStore.NONE) {
            return again(known, message, payload, handedOver);
        }
        int owner = tickets.claim(hash);
        if (owner == TicketIndex.FULL) {
            return fail(message, payload, ErrorReason.OVERLOAD, handedOver);
        }
        if (owner != strip) {
            return handOver(owner, message, payload, handedOver);
        }
        int outcome = open(message, payload, hash);
        if (outcome < 0) {
            tickets.unclaim(hash);
            return outcome == HELD_BACK && !handedOver
                    ? Outcome.FULL
                    : fail(message, payload, reason(outcome), handedOver);
        }
        return keptRequests == null ? send(outcome, message, payload, handedOver) : accepted();
    }

    /** It is sent once its ticket is kept. */
    private int accepted() {
        metrics.requests.increment();
        return Outcome.ACCEPTED;
    }

    private int sameType(int requestMti) {
        return MessageTypes.withoutRepeat(requestMti) == type ? 1 : 0;
    }

    /** A retransmission, or another request of the key and type of a known one. */
    private int again(int ticket, FluxMsg message, IsoPayload payload, boolean handedOver) {
        if (store.fingerprint(ticket) != identity.of(payload)) {
            return fail(message, payload, ErrorReason.DUPLICATE, handedOver);
        }
        int state = store.state(ticket);
        if (state == TicketStore.KEPT_TIMEOUT) {
            return declineAgain(message, payload, ErrorReason.TIMEOUT, metrics.declinedAgain, handedOver);
        }
        requester.readFrom(message.meta());
        int joined = store.join(ticket, requester.connId(), requester.header(), requester.headerLength());
        if (joined == TicketStore.FULL) {
            return declineAgain(message, payload, ErrorReason.OVERLOAD, metrics.notJoined, handedOver);
        }
        if (state == TicketStore.KEPT_ANSWER) {
            outcomes.tellAgain(ticket);
        } else if (joined == TicketStore.JOINED) {
            metrics.joined.increment();
        } else {
            metrics.repeated.increment();
        }
        return Outcome.ACCEPTED;
    }

    private int handOver(int owner, FluxMsg message, IsoPayload payload, boolean handedOver) {
        int outcome = peers[owner].emit(message);
        if (outcome == Outcome.ACCEPTED) {
            metrics.requestsHandedOver.increment();
            return Outcome.ACCEPTED;
        }
        return outcome == Outcome.FULL && !handedOver
                ? Outcome.FULL
                : fail(message, payload, ErrorReason.OVERLOAD, handedOver);
    }

    /** A new ticket with everything it needs, parked fields taken out of the request; or a negative {@link #failure}. */
    private int open(FluxMsg message, IsoPayload payload, long hash) {
        if (draining || shared.open() >= shared.config().inFlightMax()) {
            return failure(ErrorReason.OVERLOAD);
        }
        int route = routes.select(payload);
        if (route == Routes.NO_ROUTE) {
            return failure(ErrorReason.NO_ROUTE);
        }
        int origin = origins.of(message.meta());
        if (origin == Origins.FULL) {
            return failure(ErrorReason.OVERLOAD);
        }
        opening.fingerprint = identity.of(payload);
        opening.confirmation = confirmation.of(payload);
        int bodyLength = keptBytes.of(message, payload);
        int parkedLength = bodyLength < 0 ? ParkedFields.TOO_LONG : parkedFields.take(payload);
        if (parkedLength < 0) {
            keptBytes.wipe();
            return failure(ErrorReason.OVERLOAD);
        }
        long nowNs = clock.nanoTime();
        requester.readFrom(message.meta());
        opening.hash = hash;
        opening.connId = requester.connId();
        opening.requestId = message.id();
        opening.traceHi = message.traceHi();
        opening.traceLo = message.traceLo();
        opening.openedNs = nowNs;
        opening.entryEpochNs = message.tsEpochNs();
        opening.route = route;
        opening.origin = origin;
        opening.mti = payload.message().mti();
        opening.key = key.bytes();
        opening.keyLength = key.length();
        opening.header = requester.header();
        opening.headerLength = requester.headerLength();
        opening.parked = parkedFields.bytes();
        opening.parkedLength = parkedLength;
        opening.dialect = keptBytes.dialect();
        opening.body = keptBytes.bytes();
        opening.bodyOffset = keptBytes.offset();
        opening.bodyLength = bodyLength;
        long deadlineNs = nowNs + routes.route(route).timeoutNs();
        int ticket = keptRequests == null ? tickets.open(opening, deadlineNs) : keptRequests.open(opening, deadlineNs);
        if (ticket < 0) {
            parkedFields.putBack(payload.message(), parkedFields.bytes(), parkedLength);
        }
        parkedFields.wipe();
        keptBytes.wipe();
        return ticket == TicketStore.FULL ? failure(ErrorReason.OVERLOAD) : ticket;
    }

    private int send(int ticket, FluxMsg message, IsoPayload payload, boolean handedOver) {
        Meta meta = message.meta();
        Requester.removeFrom(meta);
        String from = meta.text(MetaKey.CONDUCTOR_ORIGIN);
        meta.set(MetaKey.CONDUCTOR_ORIGIN, originName);
        int outcome = dispatch.send(ticket, routes.walk(store.route(ticket)), message, payload, from, opening.openedNs);
        if (outcome == Dispatch.SENT) {
            metrics.requests.increment();
            return Outcome.ACCEPTED;
        }
        requester.readFirst(store, ticket);
        requester.writeTo(meta);
        origins.restore(store.origin(ticket), meta);
        rebuilder.putBack(store, ticket, payload);
        tickets.release(ticket);
        ErrorReason reason = outcome == Dispatch.NO_ROOM ? ErrorReason.OVERLOAD : ErrorReason.NO_DESTINATION;
        return fail(message, payload, reason, handedOver);
    }

    /** Counted where it is told, and not where its sender is to offer it again. */
    private int fail(FluxMsg message, IsoPayload payload, ErrorReason reason, boolean handedOver) {
        int outcome = handedOver ? heldErrors.leave(message, payload, reason) : errors.leave(message, reason);
        if (!Outcome.isWithoutRoom(outcome)) {
            metrics.requests.increment();
        }
        return outcome;
    }

    /** A retransmission that leaves on error; the request was counted when it came first. */
    private int declineAgain(
            FluxMsg message, IsoPayload payload, ErrorReason reason, Counter became, boolean handedOver) {
        int outcome = handedOver ? heldErrors.tell(message, payload, reason) : errors.tell(message, reason);
        if (!Outcome.isWithoutRoom(outcome)) {
            became.increment();
        }
        return outcome;
    }

    private static ErrorReason reason(int failure) {
        return failure == HELD_BACK ? ErrorReason.OVERLOAD : ErrorReason.ofOrdinal(-1 - failure);
    }

    /** A reason as a negative number, beside ticket numbers. */
    private static int failure(ErrorReason reason) {
        return -1 - reason.ordinal();
    }
}
