package io.fluxrig.transport.journal.store;

import java.nio.file.FileSystemException;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The reading end of a {@link SegmentLog}. Where a segment cannot be opened at present that is said as what it is, and reading stays where
 * it is: the queue would have it pass for damage. The journal's thread only.
 */
final class SegmentReader {
    /** The queue has exceptions of files come out undeclared, so all are caught. */
    @FunctionalInterface
    private interface Step<T> {
        T take();
    }

    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private boolean listed = true;
    private int newest;
    private long offset;

    SegmentReader(SingleChronicleQueue queue) {
        this.queue = queue;
        this.tailer = queue.createTailer();
        // opened by whoever starts the rack, used by the journal's thread alone from then on
        tailer.singleThreadedCheckDisabled(true);
    }

    /**
     * Has the queue look what is there; it takes a folder that cannot be listed for an empty one, and then reads no further.
     *
     * @param newestSegment that is there
     */
    void refresh(int newestSegment) {
        newest = newestSegment;
        queue.refreshDirectoryListing();
        listed = queue.lastCycle() >= newest;
    }

    /**
     * Reads the next document into the array: its length, {@link SegmentLog#NONE} or {@link SegmentLog#TOO_LONG}.
     *
     * @throws NoFileException if its segment cannot be opened at present
     */
    int read(byte[] into) throws NoFileException {
        look();
        return opened(() -> readNext(into));
    }

    private int readNext(byte[] into) {
        try (DocumentContext context = tailer.readingDocument()) {
            if (!context.isPresent()) {
                return SegmentLog.NONE;
            }
            Bytes<?> bytes = context.wire().bytes();
            long length = bytes.readRemaining();
            offset = bytes.readPosition();
            if (length > into.length) {
                return SegmentLog.TOO_LONG;
            }
            bytes.read(into, 0, (int) length);
            return (int) length;
        }
    }

    long index() {
        return tailer.lastReadIndex();
    }

    /** Where in its segment's file the document read last begins, behind the queue's header of it. */
    long offset() {
        return offset;
    }

    boolean moveTo(long index) throws NoFileException {
        look();
        return opened(() -> tailer.moveToIndex(index));
    }

    /**
     * As {@link #moveTo(long)}, only to let go of the segment that is read: it would stay mapped when it is deleted, and keep its space.
     * Where that cannot be, it is let go of later.
     */
    void leaveFor(long index) {
        try {
            moveTo(index);
        } catch (NoFileException later) {
            listed = false; // whoever reads next moves there again, and is told
        }
    }

    boolean moveTo(int segment) throws NoFileException {
        look();
        return opened(() -> tailer.moveToCycle(segment));
    }

    void moveToStart() throws NoFileException {
        look();
        opened(tailer::toStart);
    }

    void close() {
        tailer.close();
    }

    private void look() throws NoFileException {
        if (!listed) {
            refresh(newest);
        }
        if (!listed) {
            throw new NoFileException(new FileSystemException(queue.fileAbsolutePath(), null, "cannot be listed"));
        }
    }

    private static <T> T opened(Step<T> step) throws NoFileException {
        try {
            return step.take();
        } catch (Exception fault) {
            if (NoFileException.isBehind(fault)) {
                throw new NoFileException(fault);
            }
            throw fault;
        }
    }
}
