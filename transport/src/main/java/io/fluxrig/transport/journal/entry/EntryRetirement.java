package io.fluxrig.transport.journal.entry;

import static io.fluxrig.transport.journal.store.SegmentLog.segmentOf;

import io.fluxrig.transport.journal.store.BlockMark;
import io.fluxrig.transport.journal.store.BlockStore;
import io.fluxrig.transport.journal.store.JournalCounts;
import io.fluxrig.transport.journal.store.PositionFile;
import io.fluxrig.transport.journal.store.Space;
import io.fluxrig.transport.journal.thread.Turn;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Moves the position of an {@link EntryLog} to the oldest segment that an open entry was opened in, so that {@link Space} deletes those
 * before it. The log's thread only.
 */
final class EntryRetirement implements Turn {
    private final BlockStore store;
    private final PositionFile position;
    private final LiveEntries live;
    private final JournalCounts figures;
    /** The first block of each segment. */
    private final Deque<BlockMark> begins = new ArrayDeque<>();

    EntryRetirement(BlockStore store, PositionFile position, LiveEntries live, JournalCounts figures) {
        this.store = store;
        this.position = position;
        this.live = live;
        this.figures = figures;
    }

    /** A block was read while the log was opened. */
    void read() {
        if (isNew(store.index())) {
            begins.add(new BlockMark(
                    store.index(), store.readSequence(), store.readTag().clone()));
        }
    }

    @Override
    public boolean turn() throws IOException {
        BlockMark begun = store.begun();
        if (begun != null && isNew(begun.index())) {
            begins.add(begun);
        }
        BlockMark begin = reached(live.oldestSegment(store.log().currentSegment()));
        if (begin == null && store.appended() == position.appended()) {
            return false;
        }
        long acknowledged = position.acknowledged();
        if (begin != null) {
            store.log().moveTo(begin.index()); // or the queue would keep what is deleted mapped, and its space with it
            position.block(begin.index(), begin.lastSequence(), begin.tag());
            acknowledged = Math.max(acknowledged, begin.lastSequence());
        }
        figures.done(acknowledged - position.acknowledged(), store.appended() - acknowledged);
        position.save(acknowledged, store.appended());
        return begin != null;
    }

    private boolean isNew(long index) {
        return begins.isEmpty() || segmentOf(begins.getLast().index()) < segmentOf(index);
    }

    /** Takes out the last beginning at or before the segment, where the position does not stand yet; null if there is none. */
    private BlockMark reached(int oldest) {
        BlockMark last = null;
        while (!begins.isEmpty() && segmentOf(begins.getFirst().index()) <= oldest) {
            last = begins.removeFirst();
        }
        if (last != null) {
            begins.addFirst(last);
        }
        boolean there = last == null || segmentOf(position.blockIndex()) >= segmentOf(last.index());
        return there ? null : last;
    }
}
