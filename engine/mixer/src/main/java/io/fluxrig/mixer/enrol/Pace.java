package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Traffic;

/**
 * How much traffic a rack has now, by what two of its heartbeats said. Where the gears were started anew between them, their totals
 * have begun anew, and what they count is what came since.
 *
 * @param traffic as it was said last
 * @param since the earlier of the two, from which the next ones are reckoned
 * @param requestsPerSecond taken; negative where one heartbeat alone tells nothing yet, and so are the others
 * @param unansweredPerSecond requests that no issuer answered
 * @param approvedRatio of the requests that ended, from 0 to 1; negative where none did
 */
public record Pace(
        Traffic traffic, Traffic since, double requestsPerSecond, double unansweredPerSecond, double approvedRatio) {
    /** Heartbeats that a change brings may come at any moment; what lies closer together tells no rate. */
    static final long INTERVAL_MS_MIN = 1_000;

    private static final double UNKNOWN = -1;
    private static final double MS_PER_SECOND = 1_000;

    /** Of a rack's first heartbeat. */
    static Pace of(Traffic traffic) {
        return new Pace(traffic, traffic, UNKNOWN, UNKNOWN, UNKNOWN);
    }

    /** Of the next one. */
    Pace next(Traffic now) {
        if (!now.follows(traffic)) {
            return new Pace(Traffic.NONE, Traffic.NONE, UNKNOWN, UNKNOWN, UNKNOWN).next(now);
        }
        long ms = now.forMs() - since.forMs();
        if (ms < INTERVAL_MS_MIN) {
            return new Pace(now, since, requestsPerSecond, unansweredPerSecond, approvedRatio);
        }
        long ended = now.ended() - since.ended();
        return new Pace(
                now,
                now,
                MS_PER_SECOND * (now.requests() - since.requests()) / ms,
                MS_PER_SECOND * (now.unanswered() - since.unanswered()) / ms,
                ended == 0 ? UNKNOWN : (double) (now.approved() - since.approved()) / ended);
    }

    /** Whether there are rates. */
    public boolean isKnown() {
        return requestsPerSecond >= 0;
    }
}
