package io.fluxrig.load;

/**
 * How a run is doing, for a view; taken a few times a second.
 *
 * @param elapsedNs since the first message was due
 * @param tps answers a second over about the last second; when done, over the whole run
 * @param recent latencies of about the last second, timeouts left out
 * @param total latencies since the end of the warm-up, timeouts left out
 */
public record Progress(Phase phase, long elapsedNs, Counts counts, double tps, Percentiles recent, Percentiles total) {

    /** What a run is at. */
    public enum Phase {
        CONNECTING,
        WARMING_UP,
        SENDING,
        AWAITING_ANSWERS,
        DONE
    }
}
