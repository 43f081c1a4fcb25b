package io.fluxrig.engine.gears.conductor.valet;

/**
 * Where the ticket of an entry lies: the entry's id, never 0, and the ticket's first block.
 *
 * <pre>
 *   slot  | id | block |      open addressing, at most half full; id 0: free
 * </pre>
 *
 * <p>One strip's thread. Allocates where there are more entries than ever before.
 */
final class EntryBlocks {
    /** {@link #of}: there is no such entry. */
    static final int NONE = -1;

    private static final long FREE = 0;
    private static final int SLOTS_MIN = 1 << 10;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] ids = new long[SLOTS_MIN];
    private int[] blocks = new int[SLOTS_MIN];
    private int count;

    int of(long id) {
        int slot = find(id);
        return ids[slot] == FREE ? NONE : blocks[slot];
    }

    void put(long id, int block) {
        if (count * 2 >= ids.length) {
            grow();
        }
        int slot = find(id);
        count += ids[slot] == FREE ? 1 : 0;
        ids[slot] = id;
        blocks[slot] = block;
    }

    /** Does nothing where there is no such entry. */
    void remove(long id) {
        int slot = find(id);
        if (ids[slot] != FREE) {
            count--;
            close(slot);
        }
    }

    int count() {
        return count;
    }

    private int find(long id) {
        int mask = ids.length - 1;
        int slot = home(id, mask);
        while (ids[slot] != FREE && ids[slot] != id) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Frees a slot and moves those behind it back, so that a search never meets a gap. */
    private void close(int slot) {
        int mask = ids.length - 1;
        int hole = slot;
        for (int next = hole + 1 & mask; ids[next] != FREE; next = next + 1 & mask) {
            int from = home(ids[next], mask);
            if ((next - from & mask) >= (next - hole & mask)) {
                ids[hole] = ids[next];
                blocks[hole] = blocks[next];
                hole = next;
            }
        }
        ids[hole] = FREE;
    }

    private void grow() {
        long[] oldIds = ids;
        int[] oldBlocks = blocks;
        ids = new long[oldIds.length * 2];
        blocks = new int[ids.length];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != FREE) {
                int slot = find(oldIds[i]);
                ids[slot] = oldIds[i];
                blocks[slot] = oldBlocks[i];
            }
        }
    }

    private static int home(long id, int mask) {
        return (int) (id * MIX >>> 32) & mask;
    }
}
