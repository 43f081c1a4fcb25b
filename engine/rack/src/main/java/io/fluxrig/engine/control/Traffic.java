package io.fluxrig.engine.control;

/**
 * How much traffic a rack has, all its switches together: numbers, and nothing of a message. Totals count since its gears started, and
 * begin anew with them.
 *
 * <p>It may come from anybody with a passport: a number outside its range is taken as the nearest inside, so that whoever reckons with
 * it meets nothing negative or endless. What a later version adds here is boxed, since racks of before leave it out.
 *
 * @param forMs ms that the gears have run
 * @param requests taken, each once
 * @param approved by an issuer
 * @param declined by an issuer, or answered without a response code
 * @param timeouts requests that no issuer answered by their deadline
 * @param errors requests that ended without an answer for another reason
 * @param unmatched answers that no open request waited for
 * @param p50Us microseconds from a request taken to its answer handed on, since about the heartbeat before; null where nothing was answered
 * @param p99Us the same
 * @param destinations of the switches
 * @param destinationsUp of them, with a link up or a rack that can serve, and their breaker closed; of a rack of before, whatever the breaker
 * @param breakersOpen of them, whose breaker is open or half-open
 * @param ailing which of them those are, with why, for people; empty for none, and of a rack of before, which does not say
 */
public record Traffic(
        long forMs,
        long requests,
        long approved,
        long declined,
        long timeouts,
        long errors,
        long unmatched,
        Long p50Us,
        Long p99Us,
        int destinations,
        int destinationsUp,
        int breakersOpen,
        String ailing) {
    /** Of gears that have just started. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, null, null, 0, 0, 0);

    /** Of a total and of {@link #forMs}; a {@code double} holds each number up to it. */
    public static final long TOTAL_MAX = 1_000_000_000_000_000L;

    /** Of a percentile: an hour. */
    public static final long LATENCY_US_MAX = 3_600_000_000L;

    /** More than a plan has room for. */
    public static final int DESTINATIONS_MAX = 100_000;

    /** Of {@link #ailing}. */
    public static final int AILING_MAX = 512;

    public Traffic {
        forMs = total(forMs);
        requests = total(requests);
        approved = total(approved);
        declined = total(declined);
        timeouts = total(timeouts);
        errors = total(errors);
        unmatched = total(unmatched);
        p50Us = latency(p50Us);
        p99Us = latency(p99Us);
        destinations = Math.max(0, Math.min(DESTINATIONS_MAX, destinations));
        destinationsUp = Math.max(0, Math.min(destinations, destinationsUp));
        breakersOpen = Math.max(0, Math.min(destinations, breakersOpen));
        ailing = ailing == null ? "" : PlainText.of(ailing, AILING_MAX);
    }

    /** Of which it is not said what ails them. */
    public Traffic(
            long forMs,
            long requests,
            long approved,
            long declined,
            long timeouts,
            long errors,
            long unmatched,
            Long p50Us,
            Long p99Us,
            int destinations,
            int destinationsUp,
            int breakersOpen) {
        this(
                forMs,
                requests,
                approved,
                declined,
                timeouts,
                errors,
                unmatched,
                p50Us,
                p99Us,
                destinations,
                destinationsUp,
                breakersOpen,
                "");
    }

    /** Requests that no issuer answered. */
    public long unanswered() {
        return timeouts + errors;
    }

    /** Requests that ended, one way or another. */
    public long ended() {
        return approved + declined + unanswered();
    }

    /** Whether this can be of the same run of the gears as an earlier one: nothing that only rises has fallen. */
    public boolean follows(Traffic earlier) {
        return forMs >= earlier.forMs
                && requests >= earlier.requests
                && approved >= earlier.approved
                && declined >= earlier.declined
                && timeouts >= earlier.timeouts
                && errors >= earlier.errors;
    }

    private static long total(long said) {
        return Math.max(0, Math.min(TOTAL_MAX, said));
    }

    private static Long latency(Long said) {
        return said == null ? null : Long.valueOf(Math.max(0, Math.min(LATENCY_US_MAX, said)));
    }
}
