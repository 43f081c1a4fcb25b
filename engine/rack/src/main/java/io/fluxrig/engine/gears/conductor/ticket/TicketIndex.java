package io.fluxrig.engine.gears.conductor.ticket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Says which strip holds the tickets of a key, so that a retransmission or an answer that arrives on another strip finds
 * them. One for each conductor, shared by all strips.
 *
 * <pre>
 *   bucket (64 bytes)  | latch and link | entry | entry | ... 7 entries |
 *   latch and link     | overflow bucket + 1 (32) | 0 (31) | latched (1) |
 *   entry              | tag: upper bits of the hash (42) | strip (6) | tickets (16) |     all zero: free
 * </pre>
 *
 * <p>Promise: at any moment all tickets whose hashes share bucket and tag belong to one strip. {@link #claim} enters a ticket
 * for the asking strip unless another strip has one; two strips that claim at once agree on one of them. Different keys may
 * share bucket and tag; then the strip that holds the first gets the others too, and tells them apart by the whole key.
 *
 * <p>Threading: any strip. Each bucket has its own latch, taken by compare-and-set for the few loads and stores of one call;
 * nothing is allocated and no call waits for anything but another strip's call on the same bucket (or, where a bucket
 * overflows, on the pool of spare ones). What a strip entered only that strip may {@link #release}.
 */
public final class TicketIndex {
    /** No strip holds a ticket of that hash. */
    public static final int NOBODY = -1;
    /** No room: nothing was entered. */
    public static final int FULL = -2;
    /** Greatest strip number plus one. */
    public static final int STRIPS_MAX = 64;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int BUCKET_SHIFT = 3;
    private static final int BUCKET_WORDS = 1 << BUCKET_SHIFT;
    private static final int TICKETS_PER_BUCKET = 2;
    private static final int BUCKETS_MIN = 16;
    private static final int BUCKETS_MAX = 1 << 26;
    private static final int SPARE_MIN = 64;

    private static final long LATCHED = 1;
    private static final int LINK_SHIFT = 32;
    private static final int COUNT_MASK = 0xFFFF;
    private static final int STRIP_SHIFT = 16;
    private static final int STRIP_MASK = STRIPS_MAX - 1;
    private static final int TAG_SHIFT = 22;
    private static final int NIL = -1;

    private final long[] words;
    private final int bucketMask;
    /** Latch of the pool, and the index of its first free bucket plus one above. */
    private final int poolWord;

    /** @param ticketsMax tickets expected at most on all strips; more are entered while there is room */
    public TicketIndex(long ticketsMax) {
        long wanted = Math.max(BUCKETS_MIN, ticketsMax / TICKETS_PER_BUCKET);
        int buckets = (int) Math.min(BUCKETS_MAX, Long.highestOneBit(wanted * 2 - 1));
        int spare = Math.max(SPARE_MIN, buckets >>> 3);
        this.bucketMask = buckets - 1;
        this.poolWord = (buckets + spare) << BUCKET_SHIFT;
        this.words = new long[poolWord + 1];
        for (int i = 0; i < spare; i++) {
            words[(buckets + i) << BUCKET_SHIFT] = i + 1 == spare ? 0 : linkTo(buckets + i + 1);
        }
        words[poolWord] = linkTo(buckets);
        VarHandle.releaseFence();
    }

    /**
     * Enters a ticket for a strip.
     *
     * @return {@code strip} if it was entered; another strip's number if that strip has tickets of this hash, and then
     *     nothing was entered; or {@link #FULL}
     */
    public int claim(long hash, int strip) {
        int first = bucketOf(hash);
        long latchWord = latch(first);
        int entry = find(first, latchWord, tagOf(hash));
        int outcome;
        if (entry != NIL) {
            outcome = again(entry, strip);
        } else {
            entry = freeEntry(first, latchWord);
            if (entry == NIL) {
                entry = overflow(first, latchWord);
                latchWord = (long) WORD.get(words, first);
            }
            outcome = entry == NIL ? FULL : strip;
            if (entry != NIL) {
                words[entry] = tagOf(hash) << TAG_SHIFT | (long) strip << STRIP_SHIFT | 1;
            }
        }
        unlatch(first, latchWord);
        return outcome;
    }

    /**
     * Takes out one ticket that the strip entered.
     *
     * @throws IllegalStateException if the strip has none of that hash
     */
    public void release(long hash, int strip) {
        int first = bucketOf(hash);
        long latchWord = latch(first);
        int entry = find(first, latchWord, tagOf(hash));
        boolean held = entry != NIL && stripOf(words[entry]) == strip;
        if (held) {
            words[entry] = (words[entry] & COUNT_MASK) == 1 ? 0 : words[entry] - 1;
            latchWord = trim(first, latchWord);
        }
        unlatch(first, latchWord);
        if (!held) {
            throw new IllegalStateException("strip " + strip + " holds no ticket of that hash");
        }
    }

    /** The strip that holds tickets of that hash, or {@link #NOBODY}. */
    public int owner(long hash) {
        int first = bucketOf(hash);
        long latchWord = latch(first);
        int entry = find(first, latchWord, tagOf(hash));
        int owner = entry == NIL ? NOBODY : stripOf(words[entry]);
        unlatch(first, latchWord);
        return owner;
    }

    /** Tickets entered; walks everything, for tests and shutdown. */
    public long size() {
        long size = 0;
        for (int bucket = 0; bucket <= bucketMask; bucket++) {
            int first = bucket << BUCKET_SHIFT;
            long latchWord = latch(first);
            long link = latchWord;
            for (int at = first; at != NIL; at = linked(link), link = at == NIL ? 0 : words[at]) {
                for (int i = 1; i < BUCKET_WORDS; i++) {
                    size += words[at + i] & COUNT_MASK;
                }
            }
            unlatch(first, latchWord);
        }
        return size;
    }

    private int again(int entry, int strip) {
        int owner = stripOf(words[entry]);
        if (owner != strip) {
            return owner;
        }
        if ((words[entry] & COUNT_MASK) == COUNT_MASK) {
            return FULL;
        }
        words[entry]++;
        return strip;
    }

    private int find(int first, long latchWord, long tag) {
        long link = latchWord;
        int at = first;
        while (at != NIL) {
            for (int i = 1; i < BUCKET_WORDS; i++) {
                long word = words[at + i];
                if (word != 0 && word >>> TAG_SHIFT == tag) {
                    return at + i;
                }
            }
            at = linked(link);
            link = at == NIL ? 0 : words[at];
        }
        return NIL;
    }

    private int freeEntry(int first, long latchWord) {
        long link = latchWord;
        int at = first;
        while (at != NIL) {
            for (int i = 1; i < BUCKET_WORDS; i++) {
                if (words[at + i] == 0) {
                    return at + i;
                }
            }
            at = linked(link);
            link = at == NIL ? 0 : words[at];
        }
        return NIL;
    }

    /** Puts a spare bucket behind the first one; its first entry, or NIL. The latch word changes. */
    private int overflow(int first, long latchWord) {
        long pool = latch(poolWord);
        int spare = linked(pool);
        if (spare == NIL) {
            unlatch(poolWord, pool);
            return NIL;
        }
        long rest = words[spare];
        unlatch(poolWord, rest);
        words[spare] = latchWord & ~LATCHED;
        WORD.set(words, first, linkTo(spare >>> BUCKET_SHIFT) | LATCHED);
        return spare + 1;
    }

    /** Gives back overflow buckets that have become empty; the new latch word. */
    private long trim(int first, long latchWord) {
        long result = latchWord;
        int before = first;
        int at = linked(latchWord);
        while (at != NIL) {
            long next = words[at];
            if (isEmpty(at)) {
                if (before == first) {
                    result = next | LATCHED;
                    WORD.set(words, first, result);
                } else {
                    words[before] = next;
                }
                giveBack(at);
            } else {
                before = at;
            }
            at = linked(next);
        }
        return result;
    }

    private void giveBack(int spare) {
        long pool = latch(poolWord);
        words[spare] = pool & ~LATCHED;
        unlatch(poolWord, linkTo(spare >>> BUCKET_SHIFT));
    }

    private boolean isEmpty(int bucket) {
        for (int i = 1; i < BUCKET_WORDS; i++) {
            if (words[bucket + i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes the latch; the word as it stands while latched. */
    private long latch(int index) {
        while (true) {
            long seen = (long) WORD.getOpaque(words, index) & ~LATCHED;
            if (WORD.weakCompareAndSetAcquire(words, index, seen, seen | LATCHED)) {
                return seen | LATCHED;
            }
            Thread.onSpinWait();
        }
    }

    private void unlatch(int index, long word) {
        WORD.setRelease(words, index, word & ~LATCHED);
    }

    private int bucketOf(long hash) {
        return ((int) hash & bucketMask) << BUCKET_SHIFT;
    }

    private static long tagOf(long hash) {
        return hash >>> TAG_SHIFT;
    }

    private static int stripOf(long entry) {
        return (int) (entry >>> STRIP_SHIFT) & STRIP_MASK;
    }

    private static long linkTo(int bucket) {
        return (long) (bucket + 1) << LINK_SHIFT;
    }

    /** Index of the linked bucket's first word. */
    private static int linked(long word) {
        int bucket = (int) (word >>> LINK_SHIFT) - 1;
        return bucket < 0 ? NIL : bucket << BUCKET_SHIFT;
    }
}
