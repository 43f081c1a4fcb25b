package io.fluxrig.iso.codec;

import java.util.Arrays;

/**
 * Where each value of a message lies, as eight ints a slot: slots 0 to 192 are the MTI and the DEs, parts of
 * composites follow as they come. Parts of one composite are a list.
 *
 * <pre>
 *   slot * 8 +  OP      the op that decoded it, or how it was set
 *               START   first byte on the wire, prefix and tag included    END  behind its last
 *               AT      first byte of the value in the arena
 *               UNITS   units of the value there
 *               PARENT, CHILD (first), NEXT   slots, or NIL
 * </pre>
 */
final class Slots {

    static final int SHIFT = 3;
    static final int OP = 0;
    static final int START = 1;
    static final int AT = 2;
    static final int END = 3;
    static final int UNITS = 4;
    static final int PARENT = 5;
    static final int CHILD = 6;
    static final int NEXT = 7;

    /** No slot. */
    static final int NIL = -1;

    /** {@link #OP} of text set by hand. */
    static final int SET_TEXT = -1;
    /** {@link #OP} of raw bytes set by hand. */
    static final int SET_BYTES = -2;
    /** {@link #OP} of a tree made or changed by hand: only its parts count. */
    static final int SET_TREE = -3;
    /** {@link #OP} of a value set by hand, text or bytes as the encoding dialect says. */
    static final int SET_VALUE = -4;

    /** Slots of the MTI and the DEs. */
    static final int FIELDS = 193;

    int[] cells = new int[FIELDS * 2 << SHIFT];
    long[] keys = new long[FIELDS * 2];
    int count = FIELDS;

    void clear() {
        count = FIELDS;
    }

    int get(int slot, int cell) {
        return cells[(slot << SHIFT) + cell];
    }

    void put(int slot, int cell, int value) {
        cells[(slot << SHIFT) + cell] = value;
    }

    /** A new slot under a parent, not yet among its children. */
    int add(long key, int parent) {
        if (count == keys.length) {
            cells = Arrays.copyOf(cells, cells.length * 2);
            keys = Arrays.copyOf(keys, keys.length * 2);
        }
        int slot = count++;
        int at = slot << SHIFT;
        keys[slot] = key;
        cells[at + PARENT] = parent;
        cells[at + CHILD] = NIL;
        cells[at + NEXT] = NIL;
        return slot;
    }

    /** Makes {@code slot} the child behind {@code last}, or the first if that is {@link #NIL}. */
    void link(int parent, int last, int slot) {
        if (last == NIL) {
            put(parent, CHILD, slot);
        } else {
            put(last, NEXT, slot);
        }
    }

    int lastChild(int parent) {
        int last = NIL;
        for (int child = get(parent, CHILD); child != NIL; child = get(child, NEXT)) {
            last = child;
        }
        return last;
    }

    int find(int parent, long key) {
        for (int child = get(parent, CHILD); child != NIL; child = get(child, NEXT)) {
            if (keys[child] == key) {
                return child;
            }
        }
        return NIL;
    }

    /** The child that is so many-th of those with this key, from 1. */
    int find(int parent, long key, int count) {
        int left = count;
        int child = find(parent, key);
        while (child != NIL && --left > 0) {
            do {
                child = get(child, NEXT);
            } while (child != NIL && keys[child] != key);
        }
        return child;
    }

    /** The child with this key, looked for behind {@code after} first: parts mostly come in order. */
    int findAfter(int parent, int after, long key) {
        if (after != NIL) {
            for (int child = get(after, NEXT); child != NIL; child = get(child, NEXT)) {
                if (keys[child] == key) {
                    return child;
                }
            }
        }
        return find(parent, key);
    }

    void unlink(int slot) {
        int parent = get(slot, PARENT);
        int next = get(slot, NEXT);
        if (get(parent, CHILD) == slot) {
            put(parent, CHILD, next);
            return;
        }
        for (int child = get(parent, CHILD); child != NIL; child = get(child, NEXT)) {
            if (get(child, NEXT) == slot) {
                put(child, NEXT, next);
                return;
            }
        }
    }

    /** The DE that a slot stands in. */
    int field(int slot) {
        int at = slot;
        while (at >= FIELDS) {
            at = get(at, PARENT);
        }
        return at;
    }

    void copyFrom(Slots other) {
        if (cells.length < other.cells.length) {
            cells = new int[other.cells.length];
            keys = new long[other.keys.length];
        }
        System.arraycopy(other.cells, 0, cells, 0, other.count << SHIFT);
        System.arraycopy(other.keys, 0, keys, 0, other.count);
        count = other.count;
    }
}
