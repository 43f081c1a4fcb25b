package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Sealed blocks in a {@link SegmentLog}, every one bound to the one before it: written at one end, read and checked at the
 * other. A block that was changed, moved, left out or put back from a copy does not open, or does not follow.
 *
 * <p>The journal's thread only.
 */
public final class BlockStore implements Closeable {
    /** {@link #next}: a block was read. */
    public static final int READ = 0;
    /** {@link #next}: nothing more is kept yet. */
    public static final int END = 1;
    /** {@link #next}: what stands there is no block of this journal, or does not follow the one before; see {@link #fault}. */
    public static final int DAMAGED = 2;

    private final SegmentLog log;
    private final DocumentWalk documents;
    private final Seal seal;
    private final boolean syncsBeginnings;
    private final byte[] sealed = new byte[Block.LENGTH_MAX];
    private final byte[] lastTag = new byte[Block.TAG_LENGTH];
    private final ReadChain chain = new ReadChain();
    private final Map<Integer, Long> lastInSegment = new HashMap<>();
    private final FreshBlock fresh = new FreshBlock();
    private final ReadBlock block;
    /** Whether it is known where writing goes on. */
    private boolean writing;
    /** Whether the log's reading end stands before blocks that were taken from {@link #fresh}. */
    private boolean logLags;

    private long appended;
    private long recordsInSegment;
    private BlockMark begun;
    private int firstBegun = Integer.MAX_VALUE;
    private boolean unreadable;
    private long index;
    private String fault = "";

    /** @param syncsBeginnings whether a segment outlives a power cut once it has begun: a position that is synced may stand behind its first block */
    private BlockStore(SegmentLog log, Seal seal, boolean syncsBeginnings) {
        this.log = log;
        this.syncsBeginnings = syncsBeginnings;
        this.documents = new DocumentWalk(log);
        this.seal = seal;
        this.block = new ReadBlock(seal);
    }

    /** Opens the store of a journal's folder; {@link #begin} makes it writable once what it holds has been read. */
    public static BlockStore open(Path folder, JournalSettings settings, Seal seal, Clock clock) throws IOException {
        return new BlockStore(SegmentLog.open(folder, settings, clock), seal, settings.sync() != SyncMode.OS);
    }

    /** The segments beneath. */
    public SegmentLog log() {
        return log;
    }

    /** Sequence of the last record appended. */
    public long appended() {
        return appended;
    }

    /** From where reading starts: the sequence before the next record, and the tag of the block before the next. */
    void follow(long sequence, byte[] tag) {
        chain.follow(sequence, tag, 0);
    }

    /** Reading starts anew: the next block that opens is taken as the first, whatever stood before it. */
    void followAny() {
        chain.followAny();
    }

    /** What stood before the first block that was read after {@link #followAny}, wherever; null before there is one. */
    BlockMark before() {
        return chain.before();
    }

    /** From where writing goes on: behind everything that was read, or behind {@code sequence} if that is further. */
    void continueAfter(long sequence) {
        writing = true;
        appended = Math.max(sequence, chain.sequence());
        System.arraycopy(chain.tag(), 0, lastTag, 0, Block.TAG_LENGTH);
    }

    /**
     * Makes room for a block of records of that length, in a new segment if the current one is full.
     *
     * @return false if there is no space for it on the disk
     */
    boolean reserve(int plainLengthMax) throws IOException {
        if (log.fits(Block.HEADER_LENGTH + plainLengthMax + Block.TAG_LENGTH)) {
            return true;
        }
        return begin();
    }

    /** Begins a new segment; false if there is no space for it on the disk, or it cannot be begun at present. */
    public boolean begin() throws IOException {
        if (!log.ready()) {
            return false;
        }
        byte[] found = fresh.target(block.plain());
        int length = seal.seal(0, appended + 1, lastTag, found, 0, sealed, found);
        long at = log.roll(sealed, length);
        if (at == SegmentLog.NOT_BEGUN) {
            return false; // nothing of what it would have held is in memory: it has no records
        }
        if (syncsBeginnings) {
            log.sync();
        }
        lastInSegment.put(log.currentSegment(), appended);
        recordsInSegment = 0;
        Block.copyTag(sealed, length, lastTag);
        fresh.appended(found, 0, 0, appended + 1, at, lastTag);
        begun = new BlockMark(at, appended, lastTag.clone());
        firstBegun = Math.min(firstBegun, log.currentSegment());
        return true;
    }

    /** The block that begins the segment being written; null before there is one. */
    public BlockMark begun() {
        return begun;
    }

    /** Seals and writes a block for which {@link #reserve} has said yes; sequence of its last record. */
    public long append(byte[] records, int length, int recordCount) throws IOException {
        byte[] found = fresh.target(block.plain());
        int sealedLength = seal.seal(recordCount, appended + 1, lastTag, records, length, sealed, found);
        long at = log.append(sealed, sealedLength);
        Block.copyTag(sealed, sealedLength, lastTag);
        fresh.appended(found, length, recordCount, appended + 1, at, lastTag);
        appended += recordCount;
        recordsInSegment += recordCount;
        lastInSegment.put(log.currentSegment(), appended);
        return appended;
    }

    /**
     * Reads and checks the next block: {@link #READ}, {@link #END} or {@link #DAMAGED}. Stays where it is if damaged.
     *
     * @throws NoFileException if its segment cannot be opened at present; it stays where it is
     */
    public int next() throws NoFileException {
        unreadable = false;
        block.clear();
        if (fresh.held()) {
            takeFresh();
            return READ;
        }
        if (writing && !chain.any() && Bytes.equal(chain.tag(), 0, lastTag, 0, Block.TAG_LENGTH)) {
            fresh.want();
            return END;
        }
        int length = logLags && !catchUp() ? DocumentWalk.UNREADABLE : readDocument();
        if (length == SegmentLog.NONE) {
            return END;
        }
        if (length == DocumentWalk.UNREADABLE) {
            unreadable = true;
            return DAMAGED;
        }
        index = log.readIndex();
        if (!opens(length) || !inSequence()) {
            return DAMAGED;
        }
        accept();
        return READ;
    }

    private void takeFresh() {
        block.take(fresh);
        index = fresh.index();
        chain.follow(block.lastSequence(), fresh.tag(), 0);
        logLags = true;
        if (documents.segment() != SegmentLog.segmentOf(index)) {
            documents.leaveFor(index);
        }
    }

    /**
     * Has the log read on behind the block that was taken last, whatever has become of that one meanwhile: what follows is bound to
     * the tag that it had.
     *
     * @return false, with {@link #fault}, if nothing stands at its place
     */
    private boolean catchUp() throws NoFileException {
        boolean there = documents.moveTo(index);
        int length = there ? readDocument() : SegmentLog.NONE;
        logLags = false;
        if (!there) {
            fault = "the block of sequence " + chain.sequence()
                    + ", which was delivered when it was written, is missing";
        }
        return there && length != DocumentWalk.UNREADABLE;
    }

    private boolean opens(int length) {
        boolean opens = block.open(length);
        if (!opens) {
            fault = block.fault();
        }
        return opens;
    }

    /** Whether the block follows the one before, if it must; false with {@link #fault}. */
    private boolean inSequence() {
        boolean follows = chain.admits(block.firstSequence(), block.sealed());
        if (!follows) {
            fault = "sequences " + (chain.sequence() + 1) + " to " + (block.firstSequence() - 1)
                    + " are missing, or the block was put back from a copy";
        }
        return follows;
    }

    /**
     * Takes a {@link #DAMAGED} block whose seal is sound although it does not follow the one before: the records that are
     * missing before it, at least 0. A block with a broken seal cannot be taken, -1: its header may lie as well, and the next
     * sound block shows what is missing.
     */
    long acceptGap() {
        if (!block.sound()) {
            return -1;
        }
        long missing = Math.max(0, block.firstSequence() - chain.sequence() - 1);
        accept();
        return missing;
    }

    /**
     * Reading goes on behind that block, which must be the one noted.
     *
     * @return false, with {@link #fault}, if another or none stands there
     */
    boolean anchor(long blockIndex, long lastSequence, byte[] tag) throws NoFileException {
        follow(lastSequence, tag);
        if (!documents.moveTo(blockIndex)) {
            fault = "the block acknowledged last, of sequence " + lastSequence + ", is missing";
            return false;
        }
        boolean same = block.is(tag, readDocument());
        if (!same) {
            fault = "the block acknowledged last, of sequence " + lastSequence + ", is not the one that was written";
        }
        return same;
    }

    private int readDocument() throws NoFileException {
        int length = documents.read(block.sealed());
        if (length == DocumentWalk.UNREADABLE) {
            fault = documents.fault();
        }
        return length;
    }

    private void accept() {
        chain.follow(block.lastSequence(), block.sealed(), block.length() - Block.TAG_LENGTH);
        lastInSegment.put(SegmentLog.segmentOf(index), chain.sequence());
    }

    /** Sequence of the last record in a segment, 0 if nothing is known of it. */
    long lastIn(int segment) {
        return lastInSegment.getOrDefault(segment, 0L);
    }

    /** Whether the segment that is being written holds any record. */
    boolean segmentBegun() {
        return recordsInSegment > 0;
    }

    void delete(int segment) throws IOException {
        log.delete(segment);
        lastInSegment.remove(segment);
    }

    /** Sequence of the last record read. */
    public long readSequence() {
        return chain.sequence();
    }

    /** Which opening of the journal wrote the block read last: bits that it drew, no other has them. */
    public long opening() {
        return block.opening();
    }

    /** The tag of the block read last; not copied. */
    public byte[] readTag() {
        return chain.tag();
    }

    /** The records of the block read last; valid until the next {@link #next}. */
    public byte[] plain() {
        return block.plain();
    }

    /** Bytes of {@link #plain}. */
    public int plainLength() {
        return block.plainLength();
    }

    /** Records of the block read last. */
    public int count() {
        return block.count();
    }

    /** Of the block read last. */
    public long firstSequence() {
        return block.firstSequence();
    }

    /** Index in the log of the block read last. */
    public long index() {
        return index;
    }

    /** The segment that was read last. */
    public int readSegment() {
        return documents.segment();
    }

    /** Whether the block that was {@link #DAMAGED} is one all the same, which does not follow the one before. */
    boolean sound() {
        return block.sound();
    }

    /** Whether a part of the block that was {@link #DAMAGED} never arrived on the disk, as a power cut leaves it. */
    boolean lacksSectors() {
        return !unreadable && block.lacksSectors(log.readOffset());
    }

    /** Whether what is read was written before this store was opened. */
    boolean readsWhatWas() {
        return documents.segment() < firstBegun;
    }

    /** Whether nothing more can be read of the segment that was {@link #DAMAGED}. */
    boolean unreadable() {
        return unreadable;
    }

    /** Reading goes on at the next segment; false if there is none. */
    boolean moveBeyondSegment() {
        return documents.leaveSegment();
    }

    /** Reading goes on at the oldest block. */
    void toStart() throws NoFileException {
        documents.toStart();
    }

    /** What is wrong with the block that was {@link #DAMAGED}. */
    String fault() {
        return fault;
    }

    /** Makes what was written outlive a power cut. */
    public void sync() throws IOException {
        log.sync();
    }

    @Override
    public void close() throws IOException {
        block.wipe();
        fresh.wipe();
        log.close();
    }
}
