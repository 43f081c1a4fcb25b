package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.StripEnds;

/** The figures of a journal in the hand of its thread, which alone writes them; nobody but the lane's own rooms sees this. */
public final class JournalCounts extends JournalFigures {

    /** @param ends whose redeliveries are counted */
    public JournalCounts(StripEnds[] ends, LatencyRecorder fsyncs) {
        super(ends, fsyncs);
    }

    /** So many records more were written. */
    public void written(long records) {
        appended.add(records);
    }

    /** So many records more were acknowledged, and so many wait now. */
    public void done(long records, long waiting) {
        acknowledged.add(records);
        backlogRecords.set(waiting);
    }
}
