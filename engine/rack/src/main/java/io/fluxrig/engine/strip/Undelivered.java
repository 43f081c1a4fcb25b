package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.message.References;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.msg.FluxMsg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the messages of one durable or guaranteed wire that their gear does not get, and says so at most once an interval for each
 * reason: which message (type, trace number; nothing of a card), why, and what to do. Strip thread only.
 */
final class Undelivered {
    /** Between two lines of one reason. */
    static final long INTERVAL_NS = 10_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger("wire");
    private static final long NS_PER_MS = 1_000_000;

    private final WireTerms terms;
    private final String gear;
    private final Clock clock;
    private final Counter undecodable;
    private final Counter expired;
    private final Counter orphaned;
    /** Of requests and of answers, as all here: neither leaves out a line of the other. */
    private final LogBudget[] expiredLines;

    private final LogBudget[] orphanedLines;
    private final LogBudget refusedLines;
    private String refused = "";

    Undelivered(WireTerms terms, String gear, GearMetrics metrics, Clock clock, LogBudgets lines) {
        this.terms = terms;
        this.gear = gear;
        this.clock = clock;
        String of = " of a " + terms.lane() + " wire ";
        undecodable = counter(metrics, "undecodable", "Messages" + of + "whose payload could not be made again");
        expired = counter(metrics, "expired", "Messages" + of + "older than its expire_after, not handed over");
        orphaned = counter(metrics, "orphaned", "Messages" + of + "for a connection that is gone for good, dropped");
        expiredLines = both(lines, "were older than expire_after and not handed to " + gear);
        orphanedLines = both(lines, "were for a connection that is gone, and dropped");
        refusedLines = budget(lines, "messages were refused too often");
    }

    private LogBudget[] both(LogBudgets lines, String what) {
        return new LogBudget[] {
            budget(lines, "messages " + what),
            budget(lines, "answers " + what + "; if code 00 the issuer approved: reverse them")
        };
    }

    private LogBudget budget(LogBudgets lines, String what) {
        return lines.of(LOG, terms.title() + ": " + what, 1, INTERVAL_NS);
    }

    private Counter counter(GearMetrics metrics, String what, String help) {
        return metrics.counter(terms.lane() + "_" + what + "_total", help, "wire", terms.name());
    }

    void undecodable() {
        undecodable.increment();
    }

    /** Whether the message is too old to be handed over; if so it is counted. Its payload is there. */
    boolean expires(FluxMsg message) {
        if (terms.expireAfterNs() == 0 || message.tsEpochNs() == 0) {
            return false;
        }
        long ageNs = clock.epochNanos() - message.tsEpochNs();
        if (ageNs <= terms.expireAfterNs()) {
            return false;
        }
        expired.increment();
        LogBudget lines = expiredLines[isAnswer(message) ? 1 : 0];
        if (lines.allows(clock.nanoTime())) {
            LOG.warn(
                    "{}: {} is {} ms old and was not handed to {}: expire_after is {} ms{}{}",
                    terms.title(),
                    describe(message),
                    ageNs / NS_PER_MS,
                    gear,
                    terms.expireAfterNs() / NS_PER_MS,
                    money(message),
                    lines.takeSuppressed());
        }
        return true;
    }

    /** The connection that the message answers does not come back. */
    void orphaned(FluxMsg message) {
        orphaned.increment();
        LogBudget lines = orphanedLines[isAnswer(message) ? 1 : 0];
        if (lines.allows(clock.nanoTime())) {
            LOG.warn(
                    "{}: {} answers a connection that is gone, and was dropped{}{}",
                    terms.title(),
                    describe(message),
                    money(message),
                    lines.takeSuppressed());
        }
    }

    /** The gear refused the message, perhaps not for the last time. Its payload is there. */
    void refused(FluxMsg message, int outcome) {
        refused = describe(message) + " was refused by " + gear + " (" + Outcome.name(outcome) + hint(outcome) + ")";
    }

    /** What was refused last is offered no more. */
    void givenUp() {
        if (refusedLines.allows(clock.nanoTime())) {
            LOG.warn(
                    "{}: {} too often and {}{}",
                    terms.title(),
                    refused.isEmpty() ? "a message could not be read" : refused,
                    terms.setsAside()
                            ? "is set aside; mend the cause and restart, then it is offered again"
                            : "goes back to the stream; it comes again every 30 s",
                    refusedLines.takeSuppressed());
        }
        refused = "";
    }

    /** An answer is what the issuer has decided; whose request did not get there is declined by whoever waits for it. */
    private static String money(FluxMsg message) {
        return isAnswer(message) ? ": its terminal was not told; if code 00 the issuer approved: reverse it" : "";
    }

    private static boolean isAnswer(FluxMsg message) {
        return message.payload() instanceof IsoPayload payload
                && (payload.message().mti() / 10 & 1) == 1;
    }

    private static String hint(int outcome) {
        return switch (outcome) {
            case Outcome.ELSEWHERE -> ": it carries the conn.id of another gear's connection";
            case Outcome.NOT_WIRED -> ": the gear's output leads nowhere";
            default -> "";
        };
    }

    private static String describe(FluxMsg message) {
        String type = message.payload() instanceof IsoPayload payload
                ? String.format("message %04d", payload.message().mti())
                : "message";
        return type + References.of(message);
    }
}
