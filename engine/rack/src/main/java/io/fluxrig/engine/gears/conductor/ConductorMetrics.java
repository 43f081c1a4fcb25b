package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;

/** What one strip's conductor counts, apart from its destinations. */
final class ConductorMetrics {
    final Counter requests;
    final Counter approved;
    final Counter declined;
    final Counter otherAnswers;
    final Counter joined;
    final Counter repeated;
    final Counter answeredFromKept;
    final Counter declinedAgain;
    final Counter notJoined;
    final Counter withoutTerminal;
    final Counter unusable;
    final Counter undelivered;
    final Counter deliveryRetries;
    final Counter errorsNotTaken;
    final Counter requestsHandedOver;
    final Counter answersHandedOver;
    final Counter keptEvicted;
    final Counter notDecoded;
    final Level open;
    final Level kept;
    final Level records;
    final LatencyRecorder latency;
    private final Counter[] errors = new Counter[ErrorReason.values().length];
    private final Counter[] unmatched = new Counter[Unmatched.values().length];

    ConductorMetrics(GearMetrics metrics) {
        requests =
                metrics.counter(MetricNames.REQUESTS, "Requests taken, each once: retransmissions are counted apart");
        approved = answers(metrics, "approved");
        declined = answers(metrics, "declined");
        otherAnswers = answers(metrics, "other");
        joined = retransmissions(metrics, "joined");
        repeated = retransmissions(metrics, "repeated");
        answeredFromKept = retransmissions(metrics, "answered");
        declinedAgain = retransmissions(metrics, "declined");
        notJoined = retransmissions(metrics, "refused");
        withoutTerminal = metrics.counter(
                "answer_without_terminal_total", "Outcomes whose requester's connection was gone; kept for its return");
        unusable = metrics.counter(
                "answer_unusable_total", "Answers the requester's side refused; the request times out instead");
        undelivered = metrics.counter("outcome_undelivered_total", "Outcomes given up: their way back stayed full");
        deliveryRetries = metrics.counter("outcome_retries_total", "Outcomes offered again: their way back was full");
        errorsNotTaken = metrics.counter("errors_not_taken_total", "Messages the error port did not take");
        requestsHandedOver = handedOver(metrics, "in");
        answersHandedOver = handedOver(metrics, "in_reply");
        keptEvicted = metrics.counter("kept_evicted_total", "Outcomes let go before their time: too many were kept");
        notDecoded = metrics.counter(MetricNames.NOT_DECODED, "Messages that carried no ISO 8583 fields; refused");
        open = metrics.level(MetricNames.IN_FLIGHT, "Tickets open");
        kept = metrics.level("kept", "Outcomes kept for retransmissions");
        records = metrics.level("ticket_records", "Records in the ticket slab: open, kept and joined; every 100 ms");
        latency = metrics.latency(MetricNames.LATENCY, "From request taken to answer handed on");
        for (ErrorReason reason : ErrorReason.values()) {
            errors[reason.ordinal()] = metrics.counter(
                    MetricNames.ERRORS,
                    "Requests that ended without an answer, each once, and answers without a request",
                    "reason",
                    reason.text());
        }
        for (Unmatched kind : Unmatched.values()) {
            unmatched[kind.ordinal()] =
                    metrics.counter("unmatched_replies_total", "Answers that redeemed no ticket", "kind", kind.label());
        }
    }

    Counter error(ErrorReason reason) {
        return errors[reason.ordinal()];
    }

    Counter unmatched(Unmatched kind) {
        return unmatched[kind.ordinal()];
    }

    private static Counter answers(GearMetrics metrics, String result) {
        return metrics.counter(
                MetricNames.ANSWERS, "Answers to requests, each once, by response code", "result", result);
    }

    private static Counter retransmissions(GearMetrics metrics, String became) {
        return metrics.counter("retransmissions_total", "Retransmissions of known requests", "became", became);
    }

    private static Counter handedOver(GearMetrics metrics, String port) {
        return metrics.counter(
                "handed_over_total", "Messages handed to the strip that holds their ticket", "port", port);
    }
}
