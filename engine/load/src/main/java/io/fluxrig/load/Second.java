package io.fluxrig.load;

/**
 * One sampling interval of a run, about a second: a point in the report's charts.
 *
 * @param endNs since the start of the run
 * @param lengthNs its length
 * @param sent requests sent in it
 * @param answered answers in it, of all classes
 * @param timeouts answers in it that were timeouts
 * @param latency of its answers, timeouts left out
 */
public record Second(long endNs, long lengthNs, long sent, long answered, long timeouts, Percentiles latency) {

    /** Whether it is long enough for a rate; the last of a run may not be. */
    public boolean whole() {
        return lengthNs >= 500_000_000L;
    }

    /** Answers a second. */
    public double tps() {
        return lengthNs == 0 ? 0 : answered * 1e9 / lengthNs;
    }
}
