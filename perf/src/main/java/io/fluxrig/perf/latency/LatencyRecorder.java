package io.fluxrig.perf.latency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.HdrHistogram.Histogram;

/**
 * Counts the latencies of one strip in the buckets of an HDR histogram while another thread reads them.
 *
 * <pre>
 *   counts    | 0 | 0 | 17 | 904 | 3 | ...     only ever grow; written by the recording thread
 *   drained   | 0 | 0 | 15 | 880 | 3 | ...     what a drain has seen; a drain hands on the difference
 * </pre>
 *
 * <p>Units are nanoseconds. The default range is 1 ns to {@link #HIGHEST_DEFAULT_NS} at {@link #DIGITS_DEFAULT} significant
 * digits; what lies above is recorded as the highest, what lies below zero as zero, so recording never fails. A recorder
 * with the default range and digits holds about 0.5 MB; with two digits a seventh of that.
 *
 * <p>Threading: one thread records, wait-free, with plain loads and stores and without allocating. Any thread drains; drains
 * exclude each other and neither waits for a record nor holds one up.
 */
public final class LatencyRecorder {

    /** Longest latency told apart by default: 100 s. */
    public static final long HIGHEST_DEFAULT_NS = 100_000_000_000L;

    /** Significant decimal digits by default. */
    public static final int DIGITS_DEFAULT = 3;

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long highestNs;
    private final int digits;
    private final Buckets buckets;
    private final long[] counts;
    private final long[] drained;

    /** A recorder of the default range. */
    public LatencyRecorder() {
        this(HIGHEST_DEFAULT_NS, DIGITS_DEFAULT);
    }

    /**
     * @param highestNs longest latency told apart, at least 2
     * @param digits significant decimal digits, 1 to 5; each costs about ten times the memory
     */
    public LatencyRecorder(long highestNs, int digits) {
        if (highestNs < 2 || digits < 1 || digits > 5) {
            throw new IllegalArgumentException("highestNs=" + highestNs + " min=2, digits=" + digits + " min=1 max=5");
        }
        this.highestNs = highestNs;
        this.digits = digits;
        this.buckets = new Buckets(digits);
        this.counts = new long[buckets.indexOf(highestNs) + 1];
        this.drained = new long[counts.length];
    }

    /** Records one latency. Writer thread only. */
    public void record(long nanos) {
        int bucket = buckets.indexOf(clamp(nanos));
        COUNTS.setOpaque(counts, bucket, counts[bucket] + 1);
    }

    /**
     * Moves everything recorded since the last drain into {@code total}, which the caller owns and which must cover this
     * recorder's range (or resize itself). Each latency is drained once, so one reader owns the totals.
     */
    public synchronized void drainInto(Histogram total) {
        for (int i = 0; i < counts.length; i++) {
            long now = (long) COUNTS.getOpaque(counts, i);
            if (now != drained[i]) {
                total.recordValueWithCount(Math.min(buckets.highestOf(i), highestNs), now - drained[i]);
                drained[i] = now;
            }
        }
    }

    /** An empty histogram that covers this recorder's range, to drain into. */
    public Histogram newTotal() {
        Histogram total = new Histogram(1L, highestNs, digits);
        total.setAutoResize(true);
        return total;
    }

    private long clamp(long nanos) {
        return Math.min(Math.max(nanos, 0L), highestNs);
    }
}
