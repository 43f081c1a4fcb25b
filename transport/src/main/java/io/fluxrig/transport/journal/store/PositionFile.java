package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Keeps how far a journal has come: what is acknowledged, what was appended, and the last block that is acknowledged whole.
 * Two slots are written in turn, so that a write cut short leaves the one before it; each carries an HMAC, so that nobody but
 * the rack moves a position.
 *
 * <pre>
 *   a slot of 128 bytes, the first at 0, the second at 128:
 *   0   8   number of the write; the valid slot with the higher one holds
 *   8   8   acknowledged: sequence up to which receivers have taken everything
 *  16   8   appended: sequence of the last record written
 *  24   8   index in the store of the last block that is acknowledged whole, 0 for none
 *  32   8   sequence of that block's last record
 *  40  16   tag of that block
 *  56  32   HMAC over the above
 * </pre>
 *
 * <p>Written to the page cache and synced only before a segment goes: a position lost in a power cut means that messages are
 * delivered again. The journal's thread only.
 */
public final class PositionFile implements Closeable {
    private static final int SLOT_LENGTH = 128;
    private static final int BODY_LENGTH = 56;
    private static final int PROOF_LENGTH = 32;
    private static final int TAG_OFFSET = 40;
    private static final String PURPOSE = "fluxrig journal position";

    private final FileChannel channel;
    private final Seal seal;
    private final byte[] slot = new byte[SLOT_LENGTH];
    private final ByteBuffer slotBuffer = ByteBuffer.wrap(slot);
    private final byte[] blockTag = new byte[Block.TAG_LENGTH];
    private long writes;
    private long acknowledged;
    private long appended;
    private long blockIndex;
    private long blockSequence;

    private PositionFile(FileChannel channel, Seal seal) {
        this.channel = channel;
        this.seal = seal;
    }

    /** Opens or makes the file; {@link #known} says whether it held a position. */
    public static PositionFile open(Path file, Seal seal) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        PositionFile position = new PositionFile(channel, seal);
        try {
            position.claim();
            position.load();
            return position;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** False where there was no file, or one that was changed. */
    public boolean known() {
        return writes > 0;
    }

    /** The sequence up to which everything is acknowledged. */
    public long acknowledged() {
        return acknowledged;
    }

    /** The last sequence that was written. */
    public long appended() {
        return appended;
    }

    /** Where the block lies that delivery goes on after; 0 for none. */
    public long blockIndex() {
        return blockIndex;
    }

    long blockSequence() {
        return blockSequence;
    }

    byte[] blockTag() {
        return blockTag;
    }

    /** Notes the last block that is acknowledged whole; kept with the next {@link #save}. */
    public void block(long index, long lastSequence, byte[] tag) {
        blockIndex = index;
        blockSequence = lastSequence;
        System.arraycopy(tag, 0, blockTag, 0, Block.TAG_LENGTH);
    }

    /** Where the position was lost: what was before the oldest block that is there is taken for acknowledged; kept with the next {@link #save}. */
    void startAfter(BlockMark oldest) {
        acknowledged = oldest.lastSequence();
        block(oldest.index(), oldest.lastSequence(), oldest.tag());
    }

    /** Writes the position. */
    public void save(long acknowledgedNow, long appendedNow) throws IOException {
        acknowledged = acknowledgedNow;
        appended = appendedNow;
        writes++;
        Bytes.putLongBe(slot, 0, writes);
        Bytes.putLongBe(slot, 8, acknowledged);
        Bytes.putLongBe(slot, 16, appended);
        Bytes.putLongBe(slot, 24, blockIndex);
        Bytes.putLongBe(slot, 32, blockSequence);
        System.arraycopy(blockTag, 0, slot, TAG_OFFSET, Block.TAG_LENGTH);
        System.arraycopy(proof(), 0, slot, BODY_LENGTH, PROOF_LENGTH);
        slotBuffer.clear();
        long at = (writes & 1) * SLOT_LENGTH;
        while (slotBuffer.hasRemaining()) {
            at += channel.write(slotBuffer, at);
        }
    }

    /** Brings the position onto the disk. A segment may be deleted only once the position that has left it is there. */
    public void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Owns its bytes from the start, so that a full disk never stops an acknowledgement. */
    private void claim() throws IOException {
        long at = channel.size();
        while (at < 2 * SLOT_LENGTH) {
            at += channel.write(ByteBuffer.allocate((int) (2 * SLOT_LENGTH - at)), at);
        }
    }

    private void load() throws IOException {
        for (int i = 0; i < 2; i++) {
            Arrays.fill(slot, (byte) 0);
            slotBuffer.clear();
            int length = channel.read(slotBuffer, (long) i * SLOT_LENGTH);
            byte[] found = Arrays.copyOfRange(slot, BODY_LENGTH, BODY_LENGTH + PROOF_LENGTH);
            if (length == SLOT_LENGTH
                    && seal.proves(PURPOSE, slot, BODY_LENGTH, found)
                    && Bytes.longBe(slot, 0) > writes) {
                writes = Bytes.longBe(slot, 0);
                acknowledged = Bytes.longBe(slot, 8);
                appended = Bytes.longBe(slot, 16);
                blockIndex = Bytes.longBe(slot, 24);
                blockSequence = Bytes.longBe(slot, 32);
                System.arraycopy(slot, TAG_OFFSET, blockTag, 0, Block.TAG_LENGTH);
            }
        }
    }

    private byte[] proof() {
        return seal.proof(PURPOSE, slot, BODY_LENGTH);
    }
}
