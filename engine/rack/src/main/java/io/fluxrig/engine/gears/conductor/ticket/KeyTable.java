package io.fluxrig.engine.gears.conductor.ticket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds tickets by the hash of their key: open addressing in one array of longs, so that a search mostly touches one cache
 * line and no ticket but the one sought.
 *
 * <pre>
 *   slot  | tag: upper half of the hash (32) | ticket (32) |     all ones: free
 *   home of a tag: its low bits; then the next slots, round the end
 * </pre>
 *
 * At most five eighths full, and small for that: what the table spreads over is what has to be in a cache. Removing moves the slots behind back, so there are no markers to grow stale. One strip's thread;
 * allocates nothing.
 */
final class KeyTable {
    /** No slot. */
    static final int NONE = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long FREE = -1;
    private static final int SLOTS_MIN = 16;
    private static final int SLOTS_MAX = 1 << 27;

    private final long[] slots;
    private final int mask;

    /** @param ticketsMax tickets held at most */
    KeyTable(long ticketsMax) {
        long wanted = Math.max(SLOTS_MIN, Long.highestOneBit(ticketsMax * 8 / 5) << 1);
        slots = new long[(int) Math.min(SLOTS_MAX, wanted)];
        mask = slots.length - 1;
        clear();
    }

    /** The first slot whose ticket may be of that hash, or {@link #NONE}. */
    int first(long hash) {
        return from(tag(hash) & mask, tag(hash));
    }

    /** The next such slot. */
    int next(int slot, long hash) {
        return from(slot + 1 & mask, tag(hash));
    }

    /** The word at which a search for the hash begins: read also where nobody wants its value, to have it in the cache. */
    long home(long hash) {
        return (long) SLOT.getOpaque(slots, tag(hash) & mask);
    }

    int ticket(int slot) {
        return (int) slots[slot];
    }

    void add(long hash, int ticket) {
        int slot = tag(hash) & mask;
        while (slots[slot] != FREE) {
            slot = slot + 1 & mask;
        }
        slots[slot] = entry(tag(hash), ticket);
    }

    /** Another ticket of the same key takes the place of one. */
    void replace(long hash, int ticket, int by) {
        slots[slotOf(hash, ticket)] = entry(tag(hash), by);
    }

    void remove(long hash, int ticket) {
        int hole = slotOf(hash, ticket);
        for (int slot = hole + 1 & mask; slots[slot] != FREE; slot = slot + 1 & mask) {
            int home = (int) (slots[slot] >>> Integer.SIZE) & mask;
            if ((slot - home & mask) >= (slot - hole & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = FREE;
    }

    void each(IntConsumer action) {
        for (long slot : slots) {
            if (slot != FREE) {
                action.accept((int) slot);
            }
        }
    }

    void clear() {
        Arrays.fill(slots, FREE);
    }

    private int from(int start, int tag) {
        int slot = start;
        while (slots[slot] != FREE) {
            if ((int) (slots[slot] >>> Integer.SIZE) == tag) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return NONE;
    }

    private int slotOf(long hash, int ticket) {
        int slot = first(hash);
        while (slot != NONE && ticket(slot) != ticket) {
            slot = next(slot, hash);
        }
        if (slot == NONE) {
            throw new IllegalStateException("ticket 0x" + Integer.toHexString(ticket) + " is not in the table");
        }
        return slot;
    }

    private static int tag(long hash) {
        return (int) (hash >>> Integer.SIZE);
    }

    private static long entry(int tag, int ticket) {
        return (long) tag << Integer.SIZE | ticket;
    }
}
