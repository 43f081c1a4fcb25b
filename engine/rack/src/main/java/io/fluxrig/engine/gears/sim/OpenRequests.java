package io.fluxrig.engine.gears.sim;

/**
 * Requests that wait for their answer: key to moment of sending, in an open-addressed table without objects. Strip thread
 * only.
 */
final class OpenRequests {
    private static final long EMPTY = 0;

    private final long[] keys;
    private final long[] sentNs;
    private final int mask;
    private final int max;
    private int size;

    /** @param max most requests at a time */
    OpenRequests(int max) {
        int capacity = Integer.highestOneBit(Math.max(8, max)) * 4;
        keys = new long[capacity];
        sentNs = new long[capacity];
        mask = capacity - 1;
        this.max = max;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == max;
    }

    /** False if there is one of that key already. */
    boolean put(long key, long nowNs) {
        int at = find(named(key));
        if (keys[at] != EMPTY) {
            return false;
        }
        keys[at] = named(key);
        sentNs[at] = nowNs;
        size++;
        return true;
    }

    /** Takes it out and returns when it was sent; -1 if there is none. */
    long remove(long key) {
        int at = find(named(key));
        if (keys[at] == EMPTY) {
            return -1;
        }
        long sent = sentNs[at];
        size--;
        close(at);
        return sent;
    }

    private static long named(long key) {
        return key == EMPTY ? 1 : key;
    }

    private int find(long key) {
        int at = (int) key & mask;
        while (keys[at] != EMPTY && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** Moves what a gap would hide back into it. */
    private void close(int gap) {
        int hole = gap;
        int at = gap + 1 & mask;
        while (keys[at] != EMPTY) {
            int home = (int) keys[at] & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                keys[hole] = keys[at];
                sentNs[hole] = sentNs[at];
                hole = at;
            }
            at = at + 1 & mask;
        }
        keys[hole] = EMPTY;
    }
}
