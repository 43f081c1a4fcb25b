package io.fluxrig.perf.latency;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Records the latencies of one strip into an HDR histogram while another thread reads them.
 *
 * <p>Units are nanoseconds. The default range is 1 ns to {@link #HIGHEST_DEFAULT_NS} at {@link #DIGITS_DEFAULT} significant
 * digits; what lies above is recorded as the highest, what lies below zero as zero, so recording never fails. A recorder
 * with the default range and digits holds about 0.6 MB once it has been drained; with two digits a tenth of that.
 *
 * <p>Threading: one thread records, wait-free and without allocating. Any thread drains; drains exclude each other and wait
 * at most for a record in progress. The recording thread never waits for a drain.
 */
public final class LatencyRecorder {

    /** Longest latency told apart by default: 100 s. */
    public static final long HIGHEST_DEFAULT_NS = 100_000_000_000L;

    /** Significant decimal digits by default. */
    public static final int DIGITS_DEFAULT = 3;

    private final long highestNs;
    private final int digits;
    private final SingleWriterRecorder recorder;
    private Histogram interval;

    /** A recorder of the default range. */
    public LatencyRecorder() {
        this(HIGHEST_DEFAULT_NS, DIGITS_DEFAULT);
    }

    /**
     * @param highestNs longest latency told apart, at least 2
     * @param digits significant decimal digits, 1 to 5; each costs ten times the memory
     */
    public LatencyRecorder(long highestNs, int digits) {
        this.highestNs = highestNs;
        this.digits = digits;
        this.recorder = new SingleWriterRecorder(1L, highestNs, digits);
    }

    /** Records one latency. Writer thread only. */
    public void record(long nanos) {
        recorder.recordValue(clamp(nanos));
    }

    /**
     * Records one latency measured by somebody who meant to send every {@code expectedIntervalNs} but waited for this answer,
     * together with those that the wait hid (coordinated omission). Writer thread only.
     */
    public void record(long nanos, long expectedIntervalNs) {
        recorder.recordValueWithExpectedInterval(clamp(nanos), expectedIntervalNs);
    }

    /**
     * Moves everything recorded since the last drain into {@code total}, which the caller owns and which must cover this
     * recorder's range (or resize itself). Each latency is drained once, so one reader owns the totals.
     */
    public synchronized void drainInto(Histogram total) {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
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
