package io.fluxrig.iso.codec;

import java.util.Arrays;

/**
 * Counts parts by composite and key during a walk, in time that grows with their number alone, whatever keys a message has. An open
 * table of slot and key; cleared by its stamp. One thread; allocates only to grow.
 */
final class KeyCounts {
    private static final int LENGTH_FIRST = 64;

    private long[] keys = new long[LENGTH_FIRST];
    private int[] trees = new int[LENGTH_FIRST];
    private int[] counts = new int[LENGTH_FIRST];
    private int[] stamps = new int[LENGTH_FIRST];
    private int stamp;
    private int used;

    /** Forgets everything. */
    void clear() {
        used = 0;
        if (++stamp == 0) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    /** How often the key came in this composite, this time included. */
    int next(int tree, long key) {
        if (2 * used >= keys.length) {
            grow();
        }
        int at = find(tree, key);
        if (stamps[at] != stamp) {
            stamps[at] = stamp;
            trees[at] = tree;
            keys[at] = key;
            counts[at] = 0;
            used++;
        }
        return ++counts[at];
    }

    private int find(int tree, long key) {
        long mixed = (key ^ (long) tree << 32) * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & keys.length - 1;
        while (stamps[at] == stamp && (keys[at] != key || trees[at] != tree)) {
            at = at + 1 & keys.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldTrees = trees;
        int[] oldCounts = counts;
        int[] oldStamps = stamps;
        keys = new long[2 * oldKeys.length];
        trees = new int[keys.length];
        counts = new int[keys.length];
        stamps = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldStamps[i] == stamp) {
                int at = find(oldTrees[i], oldKeys[i]);
                stamps[at] = stamp;
                trees[at] = oldTrees[i];
                keys[at] = oldKeys[i];
                counts[at] = oldCounts[i];
            }
        }
    }
}
