package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.clock.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Documents in segment files, one writer and one reader on one thread: a Chronicle Queue whose cycles end when we say so.
 *
 * <p>A segment file is made whole, with all its blocks, before the queue writes into it, and the one after it lies ready as
 * {@code spare}: a disk that fills up is met when a spare is made, never in a store to memory. The queue is told the time of
 * the segment instead of the clock's, so a segment ends when it is full, when it is old, and at every opening: what a crash
 * tore is never written behind.
 *
 * <p>The journal's thread only.
 */
public final class SegmentLog implements Closeable {
    /** {@link #read}: nothing more is written yet. */
    static final int NONE = -1;
    /** {@link #read}: a document longer than any block. */
    static final int TOO_LONG = -2;
    /** {@link #roll}: the system does not let a segment be begun at present, see {@link #trouble}. */
    static final long NOT_BEGUN = -1;

    private static final RollCycle ROLL = SegmentQueue.ROLL;
    /** What a segment keeps free behind a document: the queue's index tables and the mark at its end. */
    private static final int SLACK_BYTES = 1 << 17;

    private final SegmentNames names;
    private final SpareSegment spare;
    private final long segmentBytes;
    private final Clock clock;
    private final TreeMap<Integer, Long> sizes = new TreeMap<>();
    private final EndedSegments ended = new EndedSegments(this::file);
    private final SegmentQueue queue;
    private final SegmentReader reader;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Block.LENGTH_MAX);
    private FileChannel current;
    private int cycle;
    private long openedNs;
    private long usedBytes;
    private boolean synced = true;
    private String unbegun = "";
    /** A segment with its name that the queue could not begin and that could not be deleted either; null for none. */
    private Path leftover;
    /** Runs between a segment's naming and its beginning; for tests. */
    private Runnable named = () -> {};

    private SegmentLog(Path folder, JournalSettings settings, Clock clock) throws IOException {
        this.names = new SegmentNames(folder, ROLL.lengthInMillis());
        this.segmentBytes = settings.segmentBytes();
        this.spare = new SpareSegment(folder, segmentBytes, settings.freeBytesMin());
        this.clock = clock;
        this.queue = SegmentQueue.open(folder, segmentBytes, () -> cycle);
        boolean whole = false;
        try {
            this.reader = openEnds();
            whole = true;
        } finally {
            if (!whole) {
                queue.close();
            }
        }
    }

    /** Opens the end that writes, which looks at the segments that there are from the newest on, and the one that reads. */
    private SegmentReader openEnds() throws IOException {
        Path newest = names.newest(); // a queue that cannot go on may not even say that
        try {
            queue.appender();
            return queue.reader();
        } catch (Exception
                | AssertionError
                | InternalError unusable) { // the queue has exceptions of files come out undeclared
            if (NoFileException.isBehind(unusable)) {
                throw new NoFileException(unusable);
            }
            throw new IOException(
                    "segment " + newest
                            + ", or one before it, is damaged: the queue cannot go on from there. Put the"
                            + " folder back from a copy, or move that file away and start with store.on_damage = \"skip\": what it"
                            + " holds is then left out, and the rest is delivered",
                    unusable);
        }
    }

    /**
     * Opens the log; the first {@link #roll} makes it writable.
     *
     * @throws IOException if the folder cannot be used, or has no room for the queue's own table
     */
    static SegmentLog open(Path folder, JournalSettings settings, Clock clock) throws IOException {
        Files.createDirectories(folder);
        UnbegunSegments.discard(folder, SegmentNames.SUFFIX);
        BrokenSegments.leaveOut(folder, settings.onDamage());
        SegmentLog log = new SegmentLog(folder, settings, clock);
        try {
            log.spare.discardUnusable();
            log.queue.refresh();
            log.sizes.putAll(log.names.list());
            return log;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Whether a document of that length fits the segment. */
    boolean fits(int length) {
        return current != null && usedBytes + length + SLACK_BYTES <= segmentBytes;
    }

    /** As {@link SpareSegment#ready}. */
    boolean ready() {
        return spare.ready();
    }

    /** Why no segment could be made or begun, where the system said so itself; empty where it has too little space, and where one was begun. */
    String trouble() {
        return spare.trouble().isEmpty() ? unbegun : spare.trouble();
    }

    /** As {@link SpareSegment#reserved}. */
    String reserved() {
        return spare.reserved();
    }

    /**
     * Begins a new segment with the document given; needs a spare, see {@link #ready}. Whatever is opened for it is opened before anything
     * is written.
     *
     * @return index of the document, or {@link #NOT_BEGUN}: it can be tried again
     */
    long roll(byte[] first, int length) throws IOException {
        int wanted = (int) (clock.epochNanos() / 1_000_000 / ROLL.lengthInMillis());
        int next = Math.max(Math.max(wanted, cycle + 1), queue.newest() + 1);
        Path file = file(next);
        try {
            forgetLeftover();
            FileChannel opened = spare.become(file);
            leaveCurrent();
            current = opened;
        } catch (FileSystemException refused) {
            unbegun = refused.toString();
            return NOT_BEGUN;
        }
        cycle = next;
        out.clear().put(first, 0, length).flip();
        try (DocumentContext context = begin(file)) {
            if (context == null) {
                return NOT_BEGUN;
            }
            write(context);
        }
        unbegun = "";
        sizes.put(next, segmentBytes);
        openedNs = clock.nanoTime();
        long index = appended();
        refresh();
        return index;
    }

    /** The first document of the segment that has just got its name; null if the queue cannot open the file, which holds nothing and goes. */
    private DocumentContext begin(Path file) throws IOException {
        named.run();
        try {
            return queue.appender().writingDocument();
        } catch (Exception refused) { // the queue has exceptions of files come out undeclared
            if (!NoFileException.isBehind(refused)) {
                throw refused;
            }
            unbegun = new NoFileException(refused).getMessage();
            current.close();
            current = null;
            leftover = file;
            queue.closeAppender();
            return null;
        }
    }

    private void forgetLeftover() throws IOException {
        if (leftover != null) {
            Files.deleteIfExists(leftover);
            leftover = null;
        }
    }

    private void refresh() {
        reader.refresh(sizes.isEmpty() ? cycle : sizes.lastKey());
    }

    /** For tests: what happens between a segment's naming and its beginning. */
    void onNamed(Runnable happens) {
        named = happens;
    }

    /**
     * Writes one document, which {@link #fits}; its index. The document goes into the file by a write, and only its header by a
     * store to the mapping: the kernel takes each page that is stored to by itself, and the pages of a write all at once.
     */
    long append(byte[] document, int length) throws IOException {
        out.clear().put(document, 0, length).flip();
        try (DocumentContext context = queue.appender().writingDocument()) {
            write(context);
        }
        return appended();
    }

    private long appended() {
        usedBytes = queue.appender().wire().bytes().writePosition();
        synced = false;
        return queue.appender().lastIndexAppended();
    }

    /** Whether all that was appended is on the disk; for tests. */
    boolean isSynced() {
        return synced && ended.numbers().isEmpty();
    }

    /** Ended segments whose content {@link #sync} has not brought onto the disk; for tests. */
    Set<Integer> unsynced() {
        return ended.numbers();
    }

    private void write(DocumentContext context) throws IOException {
        Bytes<?> bytes = context.wire().bytes();
        long at = bytes.writePosition();
        try {
            while (out.hasRemaining()) {
                at += current.write(out, at);
            }
        } catch (IOException refused) {
            context.rollbackOnClose();
            throw refused;
        }
        bytes.writePosition(at);
    }

    /** Brings everything appended onto the disk, also of segments that have ended meanwhile. */
    void sync() throws IOException {
        ended.sync();
        if (!synced) {
            current.force(false);
            synced = true;
        }
    }

    /** As {@link SegmentReader#read}. */
    int read(byte[] into) throws NoFileException {
        return reader.read(into);
    }

    /** Index of the document read last. */
    long readIndex() {
        return reader.index();
    }

    /** As {@link SegmentReader#offset}. */
    long readOffset() {
        return reader.offset();
    }

    /** Reading goes on at that document; false if there is none. */
    public boolean moveTo(long index) throws NoFileException {
        return reader.moveTo(index);
    }

    /** As {@link SegmentReader#leaveFor}. */
    void leaveFor(long index) {
        reader.leaveFor(index);
    }

    /** Reading goes on at the oldest document. */
    void moveToStart() throws NoFileException {
        reader.moveToStart();
    }

    /** Reading goes on at the beginning of that segment; false if there is none. */
    boolean moveTo(int segment) throws NoFileException {
        return reader.moveTo(segment);
    }

    /** The segment that a document lies in. */
    public static int segmentOf(long index) {
        return ROLL.toCycle(index);
    }

    /** The segment that follows; 0 for none. */
    int after(int segment) {
        Integer next = sizes.higherKey(segment);
        return next == null ? 0 : next;
    }

    boolean holds(int segment) {
        return sizes.containsKey(segment);
    }

    Path file(int segment) {
        return names.file(segment);
    }

    /** The segment that is written into. */
    public int currentSegment() {
        return cycle;
    }

    /** Nanoseconds since the current segment was begun. */
    long segmentAgeNs() {
        return clock.nanoTime() - openedNs;
    }

    /** Segments, oldest first. */
    List<Integer> segments() {
        return List.copyOf(sizes.keySet());
    }

    void delete(int segment) throws IOException {
        Files.deleteIfExists(file(segment));
        sizes.remove(segment);
        ended.forget(segment);
        refresh();
    }

    /** Bytes of all segment files. */
    long segmentBytes() {
        long total = 0;
        for (long size : sizes.values()) {
            total += size;
        }
        return total;
    }

    /** Bytes of the segment that lies ready. */
    long spareBytes() {
        return spare.bytes();
    }

    @Override
    public void close() throws IOException {
        Parts.close(reader::close, queue, this::closeFiles);
    }

    /** Ends a segment without waiting for the disk: whoever needs it there asks for {@link #sync}. */
    private void leaveCurrent() throws IOException {
        FileChannel left = current;
        current = null;
        if (left != null && synced) {
            left.close();
        } else if (left != null) {
            ended.add(cycle, left);
            synced = true;
        }
    }

    private void closeFiles() throws IOException {
        try {
            sync();
        } finally {
            leaveCurrent();
            ended.close();
        }
    }
}
