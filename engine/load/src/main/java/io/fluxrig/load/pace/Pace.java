package io.fluxrig.load.pace;

/**
 * The intended times of one loop's messages: open-loop, so they do not depend on any answer.
 *
 * <p>Not thread safe: one instance for each loop.
 */
public final class Pace {
    private final RateCurve curve;
    private final Arrivals arrivals;

    public Pace(RateCurve curve, Arrivals arrivals) {
        this.curve = curve;
        this.arrivals = arrivals;
    }

    /** @return when the next message is due, in nanoseconds after the start; never less than the answer before */
    public long nextNs() {
        return curve.dueNs(arrivals.next());
    }
}
