package io.fluxrig.transport.journal.entry;

import io.fluxrig.transport.entry.EntryRecord;
import io.fluxrig.transport.journal.thread.WrittenBlocks;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which entries of an {@link EntryLog} are open, and in which segment each was: a segment may go once it and all before it have none.
 *
 * <pre>
 *   slot  | id | segment |      open addressing, at most half full; segment 0: free
 * </pre>
 *
 * <p>The log's thread only. Allocates where more entries are open than ever before.
 */
final class LiveEntries implements WrittenBlocks {
    private static final int FREE = 0;
    private static final int SLOTS_MIN = 1 << 10;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final EntryBlocks.Visitor onRecord = this::onRecord;
    private final Map<Integer, int[]> counts = new TreeMap<>();
    private long[] ids = new long[SLOTS_MIN];
    private int[] segments = new int[SLOTS_MIN];
    private int held;
    private int writtenIn;

    @Override
    public void written(byte[] plain, int length, int segment) {
        writtenIn = segment;
        EntryBlocks.each(plain, length, onRecord);
    }

    private void onRecord(int kind, long id, byte[] plain, int offset, int length) {
        if (kind == EntryRecord.OPENS) {
            opened(id, writtenIn);
        } else if (kind == EntryRecord.ENDS) {
            ended(id);
        }
    }

    /** Does nothing where the entry is open already. */
    void opened(long id, int segment) {
        if (held * 2 >= ids.length) {
            grow();
        }
        int slot = find(id);
        if (segments[slot] == FREE) {
            ids[slot] = id;
            segments[slot] = segment;
            held++;
            counts.computeIfAbsent(segment, fresh -> new int[1])[0]++;
        }
    }

    /** Does nothing where there is no such entry. */
    void ended(long id) {
        int slot = find(id);
        int segment = segments[slot];
        if (segment == FREE) {
            return;
        }
        close(slot);
        held--;
        int[] count = counts.get(segment);
        if (--count[0] == 0) {
            counts.remove(segment);
        }
    }

    /** The oldest segment that an open entry was opened in; {@code otherwise} if none is open. */
    int oldestSegment(int otherwise) {
        return held == 0 ? otherwise : counts.keySet().iterator().next();
    }

    int count() {
        return held;
    }

    private int find(long id) {
        int mask = ids.length - 1;
        int slot = home(id, mask);
        while (segments[slot] != FREE && ids[slot] != id) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Frees a slot and moves those behind it back, so that a search never meets a gap. */
    private void close(int slot) {
        int mask = ids.length - 1;
        int hole = slot;
        for (int next = hole + 1 & mask; segments[next] != FREE; next = next + 1 & mask) {
            int from = home(ids[next], mask);
            if ((next - from & mask) >= (next - hole & mask)) {
                ids[hole] = ids[next];
                segments[hole] = segments[next];
                hole = next;
            }
        }
        segments[hole] = FREE;
    }

    private void grow() {
        long[] oldIds = ids;
        int[] oldSegments = segments;
        ids = new long[oldIds.length * 2];
        segments = new int[ids.length];
        Arrays.fill(segments, FREE);
        for (int i = 0; i < oldIds.length; i++) {
            if (oldSegments[i] != FREE) {
                int slot = find(oldIds[i]);
                ids[slot] = oldIds[i];
                segments[slot] = oldSegments[i];
            }
        }
    }

    private static int home(long id, int mask) {
        return (int) (id * MIX >>> 40) & mask;
    }
}
