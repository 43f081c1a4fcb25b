package io.fluxrig.transport.journal.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/**
 * The queue that the segments of a {@link SegmentLog} are written with: its table, and the end that appends. The journal's thread only;
 * opened by whoever starts the rack.
 */
final class SegmentQueue implements Closeable {
    static final RollCycle ROLL = LegacyRollCycles.MINUTELY;

    /** Least that is mapped at a time. */
    private static final int MAPPED_BYTES_MIN = 1 << 20;
    /** Parts in which a large segment is mapped, each of which costs a map, an unmap and a page fault anew. */
    private static final int MAPPED_PARTS = 16;
    /** How long the queue waits for a document that a crash left half written. */
    private static final long TORN_WAIT_MS = 100;

    private final SingleChronicleQueue queue;
    /** Null until it is wanted, and after it could not open a segment. */
    private ExcerptAppender appender;

    private SegmentQueue(SingleChronicleQueue queue) {
        this.queue = queue;
    }

    /**
     * Opens the queue of a folder, and its table, which is made where there is none.
     *
     * @param segment which one is written into, whenever the queue wants to know
     * @throws IOException if the table cannot be used; segments have not been looked at
     */
    static SegmentQueue open(Path folder, long segmentBytes, IntSupplier segment) throws IOException {
        ChronicleDefaults.set();
        QueueTable table = QueueTable.prepare(folder);
        SegmentQueue opened = table.used(() -> new SegmentQueue(SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(ROLL)
                .blockSize(mappedBytes(segmentBytes))
                .timeProvider(() -> segment.getAsInt() * (long) ROLL.lengthInMillis())
                .timeoutMS(TORN_WAIT_MS)
                .build()));
        boolean whole = false;
        try {
            table.used(() -> {
                QueueLock.free(opened.queue);
                return opened;
            });
            table.sync();
            whole = true;
            return opened;
        } finally {
            if (!whole) {
                opened.close();
            }
        }
    }

    private static int mappedBytes(long segmentBytes) {
        return (int) Math.max(MAPPED_BYTES_MIN, segmentBytes / MAPPED_PARTS);
    }

    /**
     * What appends; opened where it is not, for which the queue looks at the segments that there are.
     *
     * @throws RuntimeException which {@link NoFileException#isBehind} where one cannot be opened at present, or of what stands in one
     */
    ExcerptAppender appender() {
        if (appender == null) {
            QueueLock.free(queue);
            appender = queue.createAppender();
            // opened by whoever starts the rack, used by the journal's thread alone from then on
            appender.singleThreadedCheckDisabled(true);
        }
        return appender;
    }

    void closeAppender() {
        if (appender != null) {
            appender.close();
            appender = null;
        }
    }

    SegmentReader reader() {
        return new SegmentReader(queue);
    }

    /** Has the queue look which segments there are. */
    void refresh() {
        queue.refreshDirectoryListing();
    }

    /** The newest segment that the queue knows of. */
    int newest() {
        return queue.lastCycle();
    }

    @Override
    public void close() {
        closeAppender();
        queue.close();
    }
}
