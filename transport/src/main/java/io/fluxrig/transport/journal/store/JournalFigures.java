package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.StripEnds;

/**
 * What a journal counts, for whoever wants to know. Counted by its thread ({@link JournalCounts}), but for redeliveries, which each strip
 * counts; read by any.
 */
public abstract sealed class JournalFigures permits JournalCounts {
    final Counter appended = new Counter();
    final Counter acknowledged = new Counter();
    final Counter setAside = new Counter();
    final Counter lost = new Counter();
    final Counter stalls = new Counter();
    final Level backlogRecords = new Level();
    final Level segmentBytes = new Level();
    final Level fileBytes = new Level();
    private final LatencyRecorder fsyncs;
    private final StripEnds[] ends;

    /** @param ends whose redeliveries are counted */
    JournalFigures(StripEnds[] ends, LatencyRecorder fsyncs) {
        this.ends = ends;
        this.fsyncs = fsyncs;
    }

    /** How long each fsync took. */
    public LatencyRecorder fsyncs() {
        return fsyncs;
    }

    /** Records written since the journal was opened. */
    public long appended() {
        return appended.get();
    }

    /** Records acknowledged since the journal was opened. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Deliveries that were not a record's first in this process. */
    public long redelivered() {
        long sum = 0;
        for (StripEnds each : ends) {
            sum += each.redelivered.get();
        }
        return sum;
    }

    /** Records that were refused too often and lie aside. */
    public long setAside() {
        return setAside.get();
    }

    /** Records found damaged or missing since the journal was opened. */
    public long lost() {
        return lost.get();
    }

    /** How often the journal has run out of space. */
    public long stalls() {
        return stalls.get();
    }

    /** Records that are written and not acknowledged. */
    public long backlogRecords() {
        return backlogRecords.get();
    }

    /** Bytes of the segments that hold records which are not acknowledged. */
    public long backlogBytes() {
        return segmentBytes.get();
    }

    /** Bytes of all files, with the space that lies ready. */
    public long fileBytes() {
        return fileBytes.get();
    }
}
