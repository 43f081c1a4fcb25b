package io.fluxrig.engine.gears.sim;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.latency.LatencyRecorder;

/** The counters of one source on one strip. Strip thread writes. */
final class SourceMetrics {
    final Counter sent;
    final Counter heldBack;
    final Counter refused;
    final Counter approved;
    final Counter declined;
    final Counter timeouts;
    final Counter unmatched;
    final LatencyRecorder latency;

    SourceMetrics(GearMetrics metrics) {
        sent = metrics.counter("source_sent_total", "requests sent");
        heldBack = metrics.counter("source_held_back_total", "times that nobody could take a request");
        refused = metrics.counter("source_refused_total", "requests refused, and answers that were not decoded");
        approved = metrics.counter("source_answers_total", "answers", "result", "approved");
        declined = metrics.counter("source_answers_total", "answers", "result", "declined");
        timeouts = metrics.counter("source_timeouts_total", "requests without an answer in time");
        unmatched =
                metrics.counter("source_unmatched_total", "answers to nothing that was open on the strip they reached");
        latency = metrics.latency("source_latency_seconds", "time from request to answer");
    }
}
