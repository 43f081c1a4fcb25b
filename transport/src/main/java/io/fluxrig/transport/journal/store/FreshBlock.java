package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;

/**
 * The block appended last, as it was found when it was opened again after sealing: a reader that has read everything before it takes
 * it from here, and it need not be read from the log and opened once more. One block at a time; a reader that lags behind reads
 * the log.
 *
 * <p>The journal's thread only.
 */
final class FreshBlock {
    private final byte[] tag = new byte[Block.TAG_LENGTH];
    private byte[] records = new byte[Block.PLAIN_LENGTH_MAX];
    private boolean wanted;
    private boolean held;
    private int length;
    private int count;
    private long firstSequence;
    private long index;

    /** The reader has read all there is: the block appended next is the one that it reads next. */
    void want() {
        wanted = true;
    }

    /** Where the next block's records are to be found after sealing, which follow with {@link #appended}; {@code idle} is free. */
    byte[] target(byte[] idle) {
        return held ? idle : records;
    }

    /**
     * A block was appended whose records were found in what {@link #target} gave: kept if the reader waits for it, else wiped. What
     * holds no records is left for the reader to find damaged.
     */
    void appended(byte[] target, int plainLength, int recordCount, long first, long blockIndex, byte[] blockTag) {
        boolean keep = wanted && Block.holdsRecords(target, plainLength, recordCount);
        wanted = false;
        if (!keep) {
            Bytes.wipe(target, 0, plainLength);
            return;
        }
        held = true;
        length = plainLength;
        count = recordCount;
        firstSequence = first;
        index = blockIndex;
        System.arraycopy(blockTag, 0, tag, 0, Block.TAG_LENGTH);
    }

    /** Whether the reader's next block is here. */
    boolean held() {
        return held;
    }

    /** Gives the records away and gets {@code idle} in their place. */
    byte[] take(byte[] idle) {
        byte[] taken = records;
        records = idle;
        held = false;
        return taken;
    }

    int length() {
        return length;
    }

    int count() {
        return count;
    }

    long firstSequence() {
        return firstSequence;
    }

    long index() {
        return index;
    }

    byte[] tag() {
        return tag;
    }

    void wipe() {
        Bytes.wipe(records);
    }
}
