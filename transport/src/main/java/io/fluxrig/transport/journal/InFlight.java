package io.fluxrig.transport.journal;

import io.fluxrig.transport.journal.store.BlockMark;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been handed to the strips and is not acknowledged: for each strip the sequences in the order they went, and the
 * blocks they came from. Strips acknowledge in order, each for itself; everything below the oldest open sequence is done.
 *
 * <p>The journal's thread only.
 */
final class InFlight {
    /** Records that one strip may have at a time. */
    static final int RECORDS_MAX = 1 << 12;

    private static final int MASK = RECORDS_MAX - 1;

    private final long[][] sequences;
    private final long[] handed;
    private final long[] taken;
    private final Deque<BlockMark> blocks = new ArrayDeque<>();

    InFlight(int strips) {
        sequences = new long[strips][RECORDS_MAX];
        handed = new long[strips];
        taken = new long[strips];
    }

    boolean full(int strip) {
        return handed[strip] - taken[strip] == RECORDS_MAX;
    }

    void handed(int strip, long sequence) {
        sequences[strip][(int) handed[strip]++ & MASK] = sequence;
    }

    /** The strip has dealt with that many records since the journal was opened. */
    void taken(int strip, long count) {
        taken[strip] = count;
    }

    void block(BlockMark mark) {
        blocks.add(mark);
    }

    /** The sequence up to which everything is done; {@code read} if nothing is open. */
    long doneUpTo(long read) {
        long done = read;
        for (int strip = 0; strip < handed.length; strip++) {
            if (handed[strip] != taken[strip]) {
                done = Math.min(done, sequences[strip][(int) taken[strip] & MASK] - 1);
            }
        }
        return done;
    }

    /** Takes out the last of the blocks that lie wholly at or below a sequence; null if there is none. */
    BlockMark lastBlockUpTo(long sequence) {
        BlockMark last = null;
        while (!blocks.isEmpty() && blocks.peek().lastSequence() <= sequence) {
            last = blocks.poll();
        }
        return last;
    }
}
