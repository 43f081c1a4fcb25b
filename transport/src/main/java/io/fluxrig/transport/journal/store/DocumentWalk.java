package io.fluxrig.transport.journal.store;

/**
 * Reads the documents of a {@link SegmentLog} from segment to segment, and says why where one cannot be read.
 *
 * <p>Nothing is ever written behind a segment that another one follows. After a power cut the queue's mark of its end may stand
 * further on than what arrived of it, behind zeros, where the queue would wait for ever: there it goes on with the next segment,
 * and the blocks themselves tell what is missing in between.
 *
 * <p>The journal's thread only.
 */
final class DocumentWalk {
    /** {@link #read}: the segment cannot be read on, see {@link #fault}; {@link #leaveSegment} goes on. */
    static final int UNREADABLE = -3;

    private static final int NOWHERE = 0;

    private final SegmentLog log;
    /** The segment to be gone to before anything is read. */
    private int ahead = NOWHERE;

    private int segment;
    private String fault = "";

    DocumentWalk(SegmentLog log) {
        this.log = log;
    }

    /**
     * Reads the next document: its length, {@link SegmentLog#NONE}, {@link SegmentLog#TOO_LONG} or {@link #UNREADABLE}.
     *
     * @throws NoFileException if its segment cannot be opened at present; it stays where it is
     */
    int read(byte[] into) throws NoFileException {
        try {
            int length = ahead == NOWHERE ? log.read(into) : SegmentLog.NONE;
            while (length == SegmentLog.NONE && (ahead != NOWHERE || leaveSegment())) {
                log.moveTo(ahead);
                segment = ahead;
                ahead = NOWHERE;
                length = log.read(into);
            }
            if (length != SegmentLog.NONE) {
                segment = SegmentLog.segmentOf(log.readIndex());
            }
            return length;
        } catch (NoFileException atPresent) {
            throw atPresent;
        } catch (Exception | InternalError unreadable) { // the queue has exceptions of files come out undeclared
            segment = Math.max(segment, ahead);
            ahead = NOWHERE;
            fault = "the segment cannot be read on ("
                    + (unreadable instanceof InternalError ? "the disk gives an error" : "it is damaged") + ")";
            return UNREADABLE;
        }
    }

    /** Reading goes on at the next segment; false if there is none. */
    boolean leaveSegment() {
        ahead = log.after(segment);
        return ahead != NOWHERE;
    }

    /** Reading goes on at that document; false if there is none. */
    boolean moveTo(long index) throws NoFileException {
        at(index);
        return log.moveTo(index);
    }

    /** As {@link SegmentReader#leaveFor}. */
    void leaveFor(long index) {
        at(index);
        log.leaveFor(index);
    }

    private void at(long index) {
        segment = SegmentLog.segmentOf(index);
        ahead = NOWHERE;
    }

    /** Reading goes on at the oldest document. */
    void toStart() throws NoFileException {
        segment = NOWHERE;
        ahead = NOWHERE;
        log.moveToStart();
    }

    /** The segment that is read. */
    int segment() {
        return segment;
    }

    /** Why it is {@link #UNREADABLE}. */
    String fault() {
        return fault;
    }
}
