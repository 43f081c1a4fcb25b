package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.gears.conductor.valet.FoundTicket;
import io.fluxrig.engine.gears.conductor.valet.FoundTickets;
import io.fluxrig.engine.gears.conductor.valet.TicketLog;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.entry.SharedEntry;

/**
 * Requests that turn out to be another rack's: it had them before, has sent them, and they are not sent here. They wait in their tickets
 * for what becomes of them there, asked about every 100 ms, and are told it as any retransmission is.
 *
 * <pre>
 *   open there ---- waits, to its own deadline at most     another request of the key --- declined as duplicate
 *   answered ------ told                                   long over, or given up ------- taken over, and sent
 *   timed out ----- declined as timeout                    cannot be read, or was lost -- waits, and is declined
 * </pre>
 *
 * Strip thread only.
 */
final class Elsewhere {
    /** Asked about at once, on each strip. */
    private static final int LOOKS_MAX = 64;

    private static final int LINES_MAX = 5;

    private final TicketLog log;
    private final TicketStore store;
    private final FoundTickets tickets;
    private final KeptRequests kept;
    private final Outcomes outcomes;
    private final KeptBytes keptBytes;
    private final Clock clock;
    private final GearContext context;
    private final Counter joined;
    private final Counter takenOver;
    private final Counter unreadable;
    private final Counter sentTwice;
    private final LogBudget unreadableLines;
    private final LogBudget sentTwiceLines;

    Elsewhere(GearContext context, ConductorShared shared, ConductorParts parts, KeptRequests kept, LogBudgets lines) {
        this.context = context;
        this.log = parts.tickets().log();
        this.store = parts.tickets().store();
        this.tickets = new FoundTickets(shared.config(), context.specs(), shared.identitySeed());
        this.kept = kept;
        this.outcomes = parts.outcomes();
        this.keptBytes = parts.keptBytes();
        this.clock = context.clock();
        this.joined = counter("waits");
        this.takenOver = counter("taken_over");
        this.unreadable = counter("unreadable");
        this.sentTwice = counter("sent_twice");
        this.unreadableLines =
                lines.of(context.log(), "requests that another rack has taken and that cannot be read here", LINES_MAX);
        this.sentTwiceLines = lines.of(
                context.log(),
                "requests whose issuer was asked twice, and may have approved twice; compare with the issuer's books",
                LINES_MAX);
    }

    private Counter counter(String became) {
        return context.metrics()
                .counter(
                        "tickets_elsewhere_total",
                        "Requests that another rack, or another run, had a ticket for, by what was done",
                        "became",
                        became);
    }

    /** Asks on. */
    void look() {
        log.lookAtForeign(LOOKS_MAX);
    }

    /** What was found in place of an entry that one of this strip's tickets was to have. */
    void found(SharedEntry entry) {
        if (entry.verdict() == SharedEntry.Verdict.FOUND_AFTERWARDS) {
            foundAfterwards(entry);
            return;
        }
        int ticket = log.ticketOf(entry.id());
        if (ticket == TicketStore.NONE || !store.isOpen(ticket)) {
            return;
        }
        if (log.isOut(ticket)) {
            tooLate(ticket, entry);
            return;
        }
        boolean first = !log.isForeign(ticket);
        log.foreign(ticket);
        switch (entry.verdict()) {
            case UNKNOWN -> kept.decline(ticket, ErrorReason.OVERLOAD);
            case UNREADABLE -> unreadable(first);
            case FOUND -> found(ticket, first, entry);
            case FOUND_AFTERWARDS -> throw new IllegalStateException("told of no ticket");
        }
    }

    private void found(int ticket, boolean first, SharedEntry entry) {
        if (entry.records().isEmpty()) {
            takeOver(ticket);
            return;
        }
        FoundTicket there = tickets.read(entry);
        try {
            if (isOver(there, ticket)) {
                takeOver(ticket);
            } else if (there.became() == FoundTicket.Became.UNREADABLE) {
                unreadable(first);
            } else if (there.fingerprint() != store.fingerprint(ticket)) {
                kept.decline(ticket, ErrorReason.DUPLICATE);
            } else {
                if (first) {
                    joined.increment();
                }
                is(there, ticket);
            }
        } finally {
            wipe(there);
        }
    }

    private void is(FoundTicket there, int ticket) {
        switch (there.became()) {
            case ANSWERED -> outcomes.answeredElsewhere(ticket, there.answerDialect(keptBytes), there.answer());
            case TIMED_OUT -> outcomes.timedOutElsewhere(ticket, clock.nanoTime());
            default -> {
                // it waits, and is asked about again
            }
        }
    }

    private void takeOver(int ticket) {
        if (log.takeOver(ticket)) {
            takenOver.increment();
        }
    }

    private void unreadable(boolean first) {
        if (first) {
            unreadable.increment();
            if (unreadableLines.allows(clock.nanoTime())) {
                context.log()
                        .warn(
                                "a request that another rack has taken cannot be read here, since its dialect is not in this"
                                        + " scenario or another version wrote it: it is not sent, and declined at its"
                                        + " deadline; run the same scenario and version on all racks{}",
                                unreadableLines.takeSuppressed());
            }
        }
    }

    /** Judged by when the request came here: what was worth waiting for then is not sent later, however long it takes. */
    private boolean isOver(FoundTicket there, int ticket) {
        long cameEpochNs = clock.epochNanos() - (clock.nanoTime() - store.openedNs(ticket));
        return there.untilEpochNs() <= cameEpochNs;
    }

    /** It was sent while NATS did not tell whose it was. */
    private void tooLate(int ticket, SharedEntry entry) {
        if (entry.verdict() == SharedEntry.Verdict.UNKNOWN) {
            return;
        }
        boolean over =
                entry.verdict() == SharedEntry.Verdict.FOUND && entry.records().isEmpty();
        if (!over && entry.verdict() == SharedEntry.Verdict.FOUND) {
            FoundTicket there = tickets.read(entry);
            over = there.became() != FoundTicket.Became.UNREADABLE && isOver(there, ticket);
            wipe(there);
        }
        if (over) {
            log.claimAfterwards(ticket);
            return;
        }
        sentTwice();
    }

    /** It was sent and answered, or given up, before NATS told, or though it was lost there: its ticket may be gone by now. */
    private void foundAfterwards(SharedEntry entry) {
        if (tickets.isOfTheSame(entry, clock.epochNanos() - entry.sinceNs())) {
            sentTwice();
        }
    }

    private void sentTwice() {
        sentTwice.increment();
        if (sentTwiceLines.allows(clock.nanoTime())) {
            context.log()
                    .warn(
                            "a request was sent here and by another rack, while NATS did not tell, or had lost what they share:"
                                    + " its issuer was asked twice, and may have approved twice; compare with the issuer's books{}",
                            sentTwiceLines.takeSuppressed());
        }
    }

    private static void wipe(FoundTicket there) {
        if (there.answer() != null) {
            Bytes.wipe(there.answer());
        }
    }
}
