package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.config.Quantity;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Ledger;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.SharedLedger;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.gears.conductor.config.ConductorConfig;
import io.fluxrig.engine.gears.conductor.correlation.Confirmation;
import io.fluxrig.engine.gears.conductor.correlation.CorrelationKey;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.kept.ParkedFields;
import io.fluxrig.engine.gears.conductor.kept.Rebuilder;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.gears.conductor.valet.TicketLog;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.perf.count.Level;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.Arrays;
import java.util.List;

/**
 * One strip's copy of {@code conductor}, the switch: keeps a ticket for each request it takes, sends the request to a
 * destination, and gives the outcome back: an answer, or the request itself on {@code error} with the reason. Every request
 * taken has exactly one outcome; it writes no message of its own.
 *
 * <pre>
 *   in       -> {@link Requests} -> {@link Dispatch} -> out_x        in_peer, in_reply_peer: the same from other strips
 *   in_reply -> {@link Answers} --> {@link Outcomes} -> out_response
 *   deadline ---------------------> {@link Outcomes} -> error
 * </pre>
 *
 * A ticket is held by the strip that took its request (or, where two keys share a hash, by the strip that holds the other).
 * Strip thread only; steady state allocates nothing.
 */
final class Conductor implements Gear {
    private static final long SWEEP_NS = 100_000_000L;
    private static final int TRIP_LINES_MAX = 5;

    private static final Destination[] NONE = {};

    private final GearContext context;
    private final ConductorShared shared;
    private final ConductorMetrics metrics;
    private final Tickets tickets;
    private final Destination[] destinations;
    private final Requests requests;
    private final Answers answers;
    private final Outcomes outcomes;
    private final HeldErrors heldErrors;
    private final KeptBytes keptBytes = new KeptBytes();
    private final Origins origins;
    /** Null where tickets are in memory only. */
    private final TicketLog log;

    private final Reopening reopening;
    /** Null where no other rack shares the tickets. */
    private final Elsewhere elsewhere;

    private final Timers.Source sweep;
    private final LogBudgets lines;
    private final LogBudget tripLines;
    private boolean retired;
    private long sweepTimer = Timers.FULL;

    Conductor(GearContext context, ConductorShared shared) {
        this.context = context;
        this.shared = shared;
        metrics = new ConductorMetrics(context.metrics());
        lines = new LogBudgets(context);
        tripLines = lines.of(context.log(), "breakers that opened", TRIP_LINES_MAX);
        tickets = new Tickets(context, shared, metrics, this::onDeadline);
        List<String> ports = shared.destinations();
        destinations = new Destination[ports.size()];
        for (int i = 0; i < destinations.length; i++) {
            List<String> otherLines = shared.config().otherLinesOf(ports.get(i));
            destinations[i] = new Destination(context, ports.get(i), otherLines, shared.breaker(i));
        }
        shared.publish(
                context.strip(),
                metrics.open,
                Arrays.stream(destinations).map(Destination::inFlight).toArray(Level[]::new));
        ParkedFields parkedFields = new ParkedFields(shared.config().parkFields());
        origins = new Origins(context);
        if (context.predecessor() instanceof Conductor before) {
            keptBytes.meet(before.keptBytes, context.specs());
            origins.meet(before.origins);
        }
        Ledger ledger = context.ledger();
        log = ledger == null ? null : log(ledger, keptBytes, origins);
        tickets.keepIn(log);
        ErrorExit errors = new ErrorExit(context, metrics, lines);
        Rebuilder rebuilder = new Rebuilder(context, keptBytes, parkedFields, origins);
        String runBefore = ledger == null ? null : ledger.runBefore();
        outcomes = new Outcomes(tickets, origins, errors, rebuilder, keptBytes, metrics, context.clock(), runBefore);
        heldErrors = new HeldErrors(context, errors, rebuilder, keptBytes, origins, metrics);
        ConductorParts parts = new ConductorParts(
                tickets,
                new CorrelationKey(shared.config().correlationKey()),
                new Confirmation(shared.config().confirmFields()),
                validation(keptBytes, parkedFields, origins),
                parkedFields,
                keptBytes,
                rebuilder,
                origins,
                outcomes,
                errors,
                heldErrors,
                destinations,
                metrics);
        Dispatch dispatch = new Dispatch(shared, destinations, tickets.store(), rebuilder);
        requests = new Requests(context, shared, parts, dispatch, peers(ConductorFactory.IN_PEER));
        answers = new Answers(context, shared, parts, peers(ConductorFactory.IN_REPLY_PEER));
        reopening = log == null ? null : new Reopening(context, shared, parts);
        elsewhere =
                ledger instanceof SharedLedger ? new Elsewhere(context, shared, parts, requests.kept(), lines) : null;
        sweep = context.timers().source((nowNs, unused) -> sweep(nowNs));
    }

    @Override
    public void start() throws GearStartException {
        scheduleSweep(SWEEP_NS);
        if (sweepTimer == Timers.FULL) {
            throw new GearStartException("the strip's timer wheel is full; raise rack.max_timers");
        }
        if (log != null) {
            reopening.run(shared.restored(), context.strip());
            context.ledger().onKept(this::onKept);
            if (context.ledger() instanceof SharedLedger between) {
                between.onFound(elsewhere::found);
            }
        }
    }

    @Override
    public int onMessage(int inPort, FluxMsg message) {
        if (!(message.payload() instanceof IsoPayload payload)
                || payload.message().mti() < 0) {
            metrics.notDecoded.increment();
            return Outcome.REFUSED;
        }
        if (sweepTimer == Timers.FULL) {
            scheduleSweep(SWEEP_NS);
        }
        return switch (inPort) {
            case ConductorFactory.IN_PORT -> requests.onRequest(message, payload, false);
            case ConductorFactory.IN_REPLY_PORT -> answers.onAnswer(message, payload, false);
            case ConductorFactory.IN_PEER_PORT -> requests.onRequest(message, payload, true);
            default -> answers.onAnswer(message, payload, true);
        };
    }

    @Override
    public void drain() {
        requests.drain();
    }

    /** What it has a ticket for stays with it; everything else is its successor's, and so are the figures of its destinations. */
    @Override
    public void retire() {
        retired = true;
    }

    /**
     * Claims retransmissions of requests that it has a ticket for, open or kept, and answers to such. What came over a ring was
     * sent to the strip that has the ticket; elsewhere the ticket may also be another strip's.
     */
    @Override
    public boolean claims(int inPort, FluxMsg message) {
        if (!(message.payload() instanceof IsoPayload payload)) {
            return false;
        }
        return switch (inPort) {
            case ConductorFactory.IN_PORT -> requests.knows(payload, false);
            case ConductorFactory.IN_REPLY_PORT -> answers.knows(payload, false);
            case ConductorFactory.IN_PEER_PORT -> requests.knows(payload, true);
            default -> answers.knows(payload, true);
        };
    }

    /**
     * Also the outcomes that it keeps for retransmissions are for nobody else to give; and as long as one strip's copy holds
     * anything, answers and retransmissions may arrive on another, whose copy shows them the way.
     */
    @Override
    public boolean spent() {
        return shared.spent(context.strip(), inFlight() + keptCount() + (log == null ? 0 : log.debts()));
    }

    @Override
    public int inFlight() {
        return tickets.store().openCount() + heldErrors.count();
    }

    @Override
    public void stop() {
        if (log != null) {
            log.payDebts();
        }
        sweep.cancel(sweepTimer);
        lines.close();
        if (inFlight() > 0) {
            context.log()
                    .warn(
                            "stopped with {} in flight: their terminals are told nothing, their issuers may have approved them:"
                                    + " find those in the issuers' books and reverse them",
                            inFlight());
        }
        tickets.store().eachHeld(ticket -> {
            int destination = tickets.store().destination(ticket);
            if (tickets.store().state(ticket) == TicketStore.OPEN && destination >= 0) {
                destinations[destination].abandoned();
            }
        });
        tickets.releaseAll();
        heldErrors.releaseAll();
    }

    ConductorShared shared() {
        return shared;
    }

    TicketStore store() {
        return tickets.store();
    }

    /** Slab records held: tickets open and kept, joiners, errors that wait. */
    int recordsInUse() {
        return tickets.store().recordsInUse() + heldErrors.recordsInUse();
    }

    /** Outcomes kept for retransmissions. */
    int keptCount() {
        return tickets.store().keptCount();
    }

    private void onDeadline(long nowNs, long payload) {
        int ticket = (int) payload;
        tickets.fired(ticket);
        if (tickets.store().state(ticket) != TicketStore.OPEN) {
            outcomes.offerAgain(ticket, nowNs);
            return;
        }
        int number = tickets.store().destination(ticket);
        if (number >= 0) {
            Destination destination = destinations[number];
            if (destination.timedOut(tickets.store().breakerGeneration(ticket), nowNs) && tripLines.allows(nowNs)) {
                tellTripped(destination);
            }
        }
        outcomes.timedOut(ticket, nowNs);
    }

    private void sweep(long nowNs) {
        boolean more = tickets.sweep(nowNs);
        if (log != null) {
            onKept(); // also where an exception has cut the last time short
        }
        if (elsewhere != null) {
            elsewhere.look();
        }
        for (Destination destination : retired ? NONE : destinations) {
            destination.showBreaker();
            tellLost(destination);
            if (destination.answersAgainSinceLastLook()) {
                context.log().info("destination {} answers again: its breaker is closed", destination.title());
            }
        }
        scheduleSweep(more ? 0 : SWEEP_NS);
    }

    private void tellTripped(Destination destination) {
        ConductorConfig config = shared.config();
        context.log()
                .warn(
                        "destination {} is connected and does not answer: breaker open, nothing is sent there for {}, then"
                                + " {} at most to see whether it answers; ask who runs the host, and watch"
                                + " its line in 'fluxrig top URL' (URL: this rack's telemetry.bind){}",
                        destination.title(),
                        Quantity.durationText(config.cooldownNs()),
                        config.probes() == 1 ? "1 request" : config.probes() + " requests",
                        tripLines.takeSuppressed());
    }

    private void tellLost(Destination destination) {
        long lost = destination.lostSinceLastLook();
        if (lost > 0 && destination.isAway()) {
            context.log()
                    .warn(
                            "destination {} cannot serve any more; requests sent to it and not answered: {}; their terminals are"
                                    + " declined at the route's timeout, the issuer may have approved them",
                            destination.title(),
                            lost);
        } else if (lost > 0) {
            context.log()
                    .warn(
                            "destination {} is down, its last connection is gone; requests sent to it and not answered: {};"
                                    + " their terminals are declined at the route's timeout, the issuer may have approved them",
                            destination.title(),
                            lost);
        }
    }

    /** Where the wheel is full, the next message tries again. */
    private void scheduleSweep(long delayNs) {
        sweepTimer = sweep.schedule(context.clock().nanoTime() + delayNs, 0);
    }

    private AnswerValidation validation(KeptBytes keptBytes, ParkedFields parkedFields, Origins origins) {
        ConductorConfig.Validation validation = shared.config().validation();
        return validation == ConductorConfig.Validation.OFF
                ? null
                : new AnswerValidation(
                        context,
                        validation == ConductorConfig.Validation.ENFORCE,
                        tickets.store(),
                        new Rebuilder(context, keptBytes, parkedFields, origins),
                        lines);
    }

    /** The log on the disk has come further: there is room in its ring, and what was held may be sent. */
    private void onKept() {
        log.payDebts();
        requests.sendKept();
    }

    private TicketLog log(Ledger ledger, KeptBytes keptBytes, Origins origins) {
        return new TicketLog(
                ledger,
                tickets.store(),
                keptBytes,
                origins,
                shared.config().routes().stream()
                        .map(ConductorConfig.Route::name)
                        .toList(),
                shared.destinations(),
                context.clock(),
                shared.firstEntry(context.strip()));
    }

    private Output[] peers(String port) {
        Output[] peers = new Output[context.stripCount()];
        for (int strip = 0; strip < peers.length; strip++) {
            peers[strip] = context.peer(strip, port);
        }
        return peers;
    }
}
