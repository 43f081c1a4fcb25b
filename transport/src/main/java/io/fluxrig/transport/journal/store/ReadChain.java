package io.fluxrig.transport.journal.store;

/** Which block a {@link BlockStore} must read next: each is bound to the one before it. The journal's thread only. */
final class ReadChain {
    private final byte[] tag = new byte[Block.TAG_LENGTH];
    private long sequence;
    private boolean any;
    private BlockMark before;

    /** Reading goes on behind the block with that tag, whose last record has that sequence. */
    void follow(long lastSequence, byte[] bytes, int tagOffset) {
        sequence = lastSequence;
        System.arraycopy(bytes, tagOffset, tag, 0, Block.TAG_LENGTH);
    }

    /** The next block is taken, whatever stood before it. */
    void followAny() {
        sequence = 0;
        any = true;
    }

    boolean any() {
        return any;
    }

    /** Of the last record read. */
    long sequence() {
        return sequence;
    }

    /** Of the block read last; not copied. */
    byte[] tag() {
        return tag;
    }

    /** What stood before the first block that was taken after {@link #followAny}, wherever; null before there is one. */
    BlockMark before() {
        return before;
    }

    /** Whether a block whose seal is sound is the next. */
    boolean admits(long firstSequence, byte[] block) {
        if (any) {
            any = false;
            sequence = firstSequence - 1;
            Block.copyPreviousTag(block, tag);
            before = before == null ? new BlockMark(0, sequence, tag.clone()) : before;
        }
        return firstSequence == sequence + 1 && Block.follows(block, tag);
    }
}
