package io.fluxrig.engine.gear;

/**
 * Names of the metrics that {@code /status} and the live view understand. A gear that has such a thing counts it under this
 * name through {@link GearMetrics}, and it shows up by destination, by port or in the rack's totals; there is no other way to
 * contribute to the status, and none is needed.
 *
 * <p>Strips are added up, with one exception: a {@link io.fluxrig.perf.count.Level} whose name ends in {@code _state} shows
 * the highest of all strips.
 */
public final class MetricNames {

    // --- conductor, label destination = the output port, such as out_a1
    // ---------------------------------------------------

    /** Level: requests sent there and not answered yet. */
    public static final String DESTINATION_IN_FLIGHT = "destination_in_flight";

    /** Level: {@link #BREAKER_CLOSED}, {@link #BREAKER_HALF_OPEN} or {@link #BREAKER_OPEN}. */
    public static final String DESTINATION_BREAKER = "destination_breaker_state";

    /** Level: connections up behind it, or racks that can serve it; 1 where none are needed. */
    public static final String DESTINATION_LINKS = "destination_links";

    /** Counter: requests sent there. */
    public static final String DESTINATION_REQUESTS = "destination_requests_total";

    /** Counter: answers that redeemed a ticket. */
    public static final String DESTINATION_ANSWERS = "destination_answers_total";

    /** Counter: deadlines that passed there without an answer. */
    public static final String DESTINATION_TIMEOUTS = "destination_timeouts_total";

    /** Counter: answers to requests that had timed out before. */
    public static final String DESTINATION_LATE = "destination_late_total";

    /** Counter, label reason = {@link #SKIPPED_NO_LINK} or {@link #SKIPPED_BREAKER}: requests that were for it and not sent there. */
    public static final String DESTINATION_SKIPPED = "destination_skipped_total";

    public static final String SKIPPED_NO_LINK = "no_link";
    public static final String SKIPPED_BREAKER = "breaker";

    /** Histogram: from sent to answered. */
    public static final String DESTINATION_LATENCY = "destination_latency_seconds";

    // --- conductor, whole gear
    // ---------------------------------------------------------------------------------------------

    /** Counter: requests taken, each once: a retransmission of a known one is not counted again. */
    public static final String REQUESTS = "requests_total";

    /** Counter, label result = approved, declined or other (no response code). */
    public static final String ANSWERS = "answers_total";

    /** Counter, label reason = an {@code error.reason}: requests, each once, and answers without a request. */
    public static final String ERRORS = "errors_total";

    /** Level: tickets open. */
    public static final String IN_FLIGHT = "in_flight";

    /** Histogram: from request taken to answer handed on, of all destinations. */
    public static final String LATENCY = "latency_seconds";

    /** Counter: messages that carried no ISO 8583 fields. */
    public static final String NOT_DECODED = "not_decoded_total";

    // --- codecs
    // -----------------------------------------------------------------------------------------------------------

    /** Counter: messages refused because they do not keep what the spec says of them. */
    public static final String CODEC_ENFORCED = "codec_invalid_refused_total";

    // --- I/O gears
    // -----------------------------------------------------------------------------------------------------------

    /** Level: connections up. */
    public static final String CONNECTIONS = "connections";

    /** Counter, label reason: connections closed by this side for a fault of the peer. */
    public static final String CONNECTIONS_REFUSED = "connections_refused_total";

    // --- every gear, counted by the strip itself
    // -------------------------------------------------------------------------------

    /** Counter, labels port and outcome (see {@link Outcome#name}): messages that an input port was handed. */
    public static final String GEAR_MESSAGES = "gear_messages_total";

    public static final long BREAKER_CLOSED = 0;
    public static final long BREAKER_HALF_OPEN = 1;
    public static final long BREAKER_OPEN = 2;

    private MetricNames() {}
}
