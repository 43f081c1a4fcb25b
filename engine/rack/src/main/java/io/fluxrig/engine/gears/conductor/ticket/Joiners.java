package io.fluxrig.engine.gears.conductor.ticket;

import io.fluxrig.perf.buffer.ByteSlab;

/**
 * The connections that wait for the outcome of a request another connection sent first, as one list for each ticket. The
 * ticket keeps the first of its list.
 *
 * <pre>
 *   | 0 connection, 8 | 8 next, 4 | 12 header length, 4 | 16 header |
 * </pre>
 *
 * <p>Threading: one strip. Joiners are wiped when they are removed.
 */
final class Joiners {
    private static final int CONN_ID = 0;
    private static final int NEXT = 8;
    private static final int HEADER_LENGTH = 12;
    private static final int HEADER = 16;
    private static final int BLOCK_LENGTH = 64;

    private final ByteSlab slab;

    Joiners(int blocksMax) {
        slab = new ByteSlab(BLOCK_LENGTH, blocksMax);
    }

    /** Puts a connection before {@code first}; the new first of the list, negative if there is no room. */
    int add(int first, long connId, byte[] header, int headerLength) {
        int joiner = slab.claim(HEADER + headerLength);
        if (joiner >= 0) {
            slab.putLong(joiner, CONN_ID, connId);
            slab.putInt(joiner, NEXT, first);
            slab.putInt(joiner, HEADER_LENGTH, headerLength);
            slab.put(joiner, HEADER, header, 0, headerLength);
        }
        return joiner;
    }

    /** The one behind it, {@link TicketStore#NONE} behind the last. */
    int next(int joiner) {
        return slab.getInt(joiner, NEXT);
    }

    long connId(int joiner) {
        return slab.getLong(joiner, CONN_ID);
    }

    /** Copies its protocol header and returns the length. */
    int header(int joiner, byte[] into) {
        int length = slab.getInt(joiner, HEADER_LENGTH);
        slab.get(joiner, HEADER, into, 0, length);
        return length;
    }

    /** Takes one out of the list that begins with {@code first}; the list's new first. */
    int remove(int first, int joiner) {
        int next = next(joiner);
        if (first != joiner) {
            int before = first;
            while (next(before) != joiner) {
                before = next(before);
            }
            slab.putInt(before, NEXT, next);
        }
        slab.release(joiner);
        return first == joiner ? next : first;
    }

    void removeAll(int first) {
        for (int joiner = first; joiner != TicketStore.NONE; ) {
            int next = next(joiner);
            slab.release(joiner);
            joiner = next;
        }
    }

    int inUse() {
        return slab.inUse();
    }
}
