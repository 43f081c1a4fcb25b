package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.clock.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
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

    static final String SUFFIX = SingleChronicleQueue.SUFFIX;
    private static final RollCycle ROLL = LegacyRollCycles.MINUTELY;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);
    /** Least that is mapped at a time. */
    private static final int MAPPED_BYTES_MIN = 1 << 20;
    /** Parts in which a large segment is mapped, each of which costs a map, an unmap and a page fault anew. */
    private static final int MAPPED_PARTS = 16;
    /** What a segment keeps free behind a document: the queue's index tables and the mark at its end. */
    private static final int SLACK_BYTES = 1 << 17;
    /** Of the queue's own table, which is mapped and written as it is made. */
    private static final int TABLE_BYTES = 1 << 17;
    /** How long the queue waits for a document that a crash left half written. */
    private static final long TORN_WAIT_MS = 100;

    private final Path folder;
    private final SpareSegment spare;
    private final long segmentBytes;
    private final long freeBytesMin;
    private final Clock clock;
    private final Map<Integer, Long> sizes = new TreeMap<>();
    private final Set<Integer> endedUnsynced = new TreeSet<>();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final ByteBuffer out = ByteBuffer.allocateDirect(Block.LENGTH_MAX);
    private FileChannel current;
    private int cycle;
    private long openedNs;
    private long usedBytes;
    private boolean synced = true;
    private String trouble = "";
    private String reserved = "";

    private SegmentLog(Path folder, JournalSettings settings, Clock clock) {
        ChronicleDefaults.set();
        this.folder = folder;
        this.segmentBytes = settings.segmentBytes();
        this.spare = new SpareSegment(folder, segmentBytes);
        this.freeBytesMin = settings.freeBytesMin();
        this.clock = clock;
        this.queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(ROLL)
                .blockSize(mappedBytes(segmentBytes))
                .timeProvider(() -> cycle * (long) ROLL.lengthInMillis())
                .timeoutMS(TORN_WAIT_MS)
                .build();
        this.appender = queue.createAppender();
        this.tailer = queue.createTailer();
        // opened by whoever starts the rack, used by the journal's thread alone from then on
        appender.singleThreadedCheckDisabled(true);
        tailer.singleThreadedCheckDisabled(true);
    }

    /**
     * Opens the log; the first {@link #roll} makes it writable.
     *
     * @throws IOException if the folder cannot be used, or has no room for the queue's own table
     */
    static SegmentLog open(Path folder, JournalSettings settings, Clock clock) throws IOException {
        Files.createDirectories(folder);
        Path table = folder.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
        try {
            DiskSpace.own(table, TABLE_BYTES);
        } catch (IOException refused) {
            throw new IOException(table + " cannot be written: " + refused.getMessage(), refused);
        }
        UnbegunSegments.discard(folder, SUFFIX);
        SegmentLog log;
        try {
            log = new SegmentLog(folder, settings, clock);
        } catch (RuntimeException | InternalError unusable) { // the error is a page that the disk did not give
            throw new IOException(
                    table + " cannot be used; move it away, it is made again from the segments", unusable);
        }
        try {
            DiskSpace.own(table, Files.size(table));
            DiskSpace.sync(table);
            log.spare.discardUnusable();
            log.queue.refreshDirectoryListing();
            log.list();
            return log;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static int mappedBytes(long segmentBytes) {
        return (int) Math.max(MAPPED_BYTES_MIN, segmentBytes / MAPPED_PARTS);
    }

    /** Whether a document of that length fits the segment. */
    boolean fits(int length) {
        return current != null && usedBytes + length + SLACK_BYTES <= segmentBytes;
    }

    /** Whether a segment lies ready for when this one is full; makes it if there is room. */
    boolean ready() {
        trouble = "";
        reserved = "";
        if (spare.exists()) {
            return true;
        }
        try {
            long freeBytes = Files.getFileStore(folder).getUsableSpace();
            if (freeBytes - segmentBytes < freeBytesMin) {
                reserved = freeBytes < segmentBytes ? "" : reserved(freeBytes);
                return false;
            }
            spare.make();
            return true;
        } catch (IOException refused) {
            trouble = refused.toString();
            return false;
        }
    }

    private String reserved(long freeBytes) {
        return "free on the disk of " + folder + ": " + mebibytes(freeBytes) + "; to be left to others: "
                + mebibytes(freeBytesMin) + "; for a segment: " + mebibytes(segmentBytes);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** Why no segment could be made, where the disk said so itself; empty where it has too little space, and where one was made. */
    String trouble() {
        return trouble;
    }

    /** How much is free, where that would do for a segment and is to be left to others; else empty. */
    String reserved() {
        return reserved;
    }

    /**
     * Begins a new segment with the document given; needs a spare, see {@link #ready}.
     *
     * @return index of the document
     */
    long roll(byte[] first, int length) throws IOException {
        int wanted = (int) (clock.epochNanos() / 1_000_000 / ROLL.lengthInMillis());
        int next = Math.max(Math.max(wanted, cycle + 1), queue.lastCycle() + 1);
        Path file = file(next);
        spare.become(file);
        DiskSpace.syncFolder(folder);
        leaveCurrent();
        current = FileChannel.open(file, StandardOpenOption.WRITE);
        cycle = next;
        sizes.put(next, segmentBytes);
        openedNs = clock.nanoTime();
        long index = append(first, length);
        queue.refreshDirectoryListing();
        return index;
    }

    /**
     * Writes one document, which {@link #fits}; its index. The document goes into the file by a write, and only its header by a
     * store to the mapping: the kernel takes each page that is stored to by itself, and the pages of a write all at once.
     */
    long append(byte[] document, int length) throws IOException {
        out.clear().put(document, 0, length).flip();
        try (DocumentContext context = appender.writingDocument()) {
            write(context);
        }
        usedBytes = appender.wire().bytes().writePosition();
        synced = false;
        return appender.lastIndexAppended();
    }

    /** Ended segments whose content {@link #sync} has not brought onto the disk; for tests. */
    Set<Integer> unsynced() {
        return Set.copyOf(endedUnsynced);
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
        for (int segment : endedUnsynced) {
            DiskSpace.sync(file(segment));
        }
        endedUnsynced.clear();
        if (!synced) {
            current.force(false);
            synced = true;
        }
    }

    /** Reads the next document into the array: its length, {@link #NONE} or {@link #TOO_LONG}. */
    int read(byte[] into) {
        try (DocumentContext context = tailer.readingDocument()) {
            if (!context.isPresent()) {
                return NONE;
            }
            Bytes<?> bytes = context.wire().bytes();
            long length = bytes.readRemaining();
            if (length > into.length) {
                return TOO_LONG;
            }
            bytes.read(into, 0, (int) length);
            return (int) length;
        }
    }

    /** Index of the document read last. */
    long readIndex() {
        return tailer.lastReadIndex();
    }

    /** Reading goes on at that document; false if there is none. */
    public boolean moveTo(long index) {
        return tailer.moveToIndex(index);
    }

    /** Reading goes on at the oldest document. */
    void moveToStart() {
        tailer.toStart();
    }

    /** Reading goes on at the beginning of that segment; false if there is none. */
    boolean moveTo(int segment) {
        return tailer.moveToCycle(segment);
    }

    /** The segment that a document lies in. */
    public static int segmentOf(long index) {
        return ROLL.toCycle(index);
    }

    boolean holds(int segment) {
        return sizes.containsKey(segment);
    }

    Path file(int segment) {
        return folder.resolve(NAME.format(Instant.ofEpochMilli(segment * (long) ROLL.lengthInMillis())) + SUFFIX);
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
        endedUnsynced.remove(segment);
        queue.refreshDirectoryListing();
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
        tailer.close();
        appender.close();
        queue.close();
        closeCurrent();
    }

    /** Ends a segment without waiting for the disk: whoever needs it there asks for {@link #sync}. */
    private void leaveCurrent() throws IOException {
        if (current != null) {
            current.close();
            current = null;
            if (!synced) {
                endedUnsynced.add(cycle);
            }
        }
    }

    private void closeCurrent() throws IOException {
        if (current != null) {
            sync();
            current.close();
            current = null;
        }
    }

    private void list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                String name = file.getFileName().toString();
                Instant begun = Instant.from(NAME.parse(name.substring(0, name.length() - SUFFIX.length())));
                sizes.put((int) (begun.toEpochMilli() / ROLL.lengthInMillis()), Files.size(file));
            }
        }
    }
}
