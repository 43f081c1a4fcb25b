package io.fluxrig.perf.timer;

import java.util.Arrays;

/**
 * Keeps a strip's deadlines: every request in flight has one, so scheduling and cancelling cost the same with ten pending
 * as with a million.
 *
 * <p>Shape: time is cut into ticks, tick {@code t} hangs on spoke {@code t & (spokes - 1)}, a spoke is a doubly linked list
 * of entries. A deadline further off than one turn stays on its spoke until its turn comes. An entry is four longs:
 *
 * <pre>
 *        +--------------------+--------------------+--------------------+--------------------+
 *   long | tick               | payload            | previous | next    | state              |
 *        +--------------------+--------------------+--------------------+--------------------+
 *   state = generation (1 to 2^31-1) when pending, minus the generation when free
 *   timer id = generation (31 bits) | index (32 bits)
 * </pre>
 *
 * Entries live in segments that are added as needed, up to {@code pendingMax}, and never given back.
 *
 * <p>Precision: a timer never fires before its deadline, and fires at the first {@link #poll} at or after the end of the
 * tick that holds the deadline, so at most one tick late. Timers of different ticks fire in order of their ticks, unless the
 * clock jumped by more than a whole turn between two polls; timers of one tick fire in no particular order.
 *
 * <p>Threading: one thread. Allocates only when {@link #schedule} needs another segment.
 */
public final class TimerWheel {

    /** What {@link #schedule} returns when {@code pendingMax} timers are pending; nothing was scheduled. */
    public static final long FULL = -1L;

    /** Largest {@code pendingMax} and largest number of spokes. */
    public static final int PENDING_LIMIT = 1 << 28;

    private static final int NIL = -1;
    private static final long INDEX_MASK = 0xFFFF_FFFFL;
    private static final long GENERATION_MAX = Integer.MAX_VALUE;

    /** One below the largest, so that the tick after the last has a number. */
    private static final long SINCE_MAX = Long.MAX_VALUE - 1;

    private static final int SEGMENT_SHIFT = 10;
    private static final int SEGMENT_ENTRIES = 1 << SEGMENT_SHIFT;
    private static final int SEGMENT_MASK = SEGMENT_ENTRIES - 1;

    private static final int ENTRY_SHIFT = 2;
    private static final int TICK = 0;
    private static final int PAYLOAD = 1;
    private static final int LINKS = 2;
    private static final int STATE = 3;

    private final long startNs;
    private final long tickNs;
    private final int spokeMask;
    private final int pendingMax;

    private final int[] spokeHeads;
    private final long[][] segments;
    private int segmentCount;
    private int freeHead = NIL;
    private int pending;

    /** First tick whose spoke has not been visited; deadlines before it go here. */
    private long nextTick;

    /** Entry at which a poll that reached its limit goes on, NIL if it finished its spoke. */
    private int resumeEntry = NIL;

    /**
     * @param startNs the clock's {@code nanoTime()} now
     * @param tickNs precision, above zero; with {@code spokes} it should span the usual timeout in one turn
     * @param spokes a power of two
     * @param pendingMax most timers pending at once, 1 to {@link #PENDING_LIMIT}
     */
    public TimerWheel(long startNs, long tickNs, int spokes, int pendingMax) {
        if (tickNs < 1) {
            throw new IllegalArgumentException("tickNs=" + tickNs + " min=1");
        }
        if (Integer.bitCount(spokes) != 1 || spokes < 1 || spokes > PENDING_LIMIT) {
            throw new IllegalArgumentException("spokes=" + spokes + " must be a power of two, max=" + PENDING_LIMIT);
        }
        if (pendingMax < 1 || pendingMax > PENDING_LIMIT) {
            throw new IllegalArgumentException("pendingMax=" + pendingMax + " min=1 max=" + PENDING_LIMIT);
        }
        this.startNs = startNs;
        this.tickNs = tickNs;
        this.spokeMask = spokes - 1;
        this.pendingMax = pendingMax;
        this.spokeHeads = new int[spokes];
        Arrays.fill(spokeHeads, NIL);
        this.segments = new long[(pendingMax + SEGMENT_MASK) >>> SEGMENT_SHIFT][];
    }

    /**
     * Sets a timer.
     *
     * @param deadlineNs on the clock's {@code nanoTime()}; one that has passed fires within a tick
     * @param payload handed to {@link Expiry#onExpiry}
     * @return the timer's id, zero or more, or {@link #FULL}
     */
    public long schedule(long deadlineNs, long payload) {
        if (freeHead == NIL && !grow()) {
            return FULL;
        }
        int entry = freeHead;
        long[] segment = segmentOf(entry);
        int base = baseOf(entry);
        freeHead = nextOf(segment[base + LINKS]);
        long generation = -segment[base + STATE];
        long tick = Math.max(tickHolding(deadlineNs), nextTick);
        segment[base + TICK] = tick;
        segment[base + PAYLOAD] = payload;
        segment[base + STATE] = generation;
        link(entry, segment, base, (int) tick & spokeMask);
        pending++;
        return generation << 32 | entry;
    }

    /**
     * Takes a timer back.
     *
     * @return false if it has fired or was cancelled before; any number is safe to pass
     */
    public boolean cancel(long timerId) {
        int entry = (int) timerId;
        if (timerId < 0 || entry < 0 || entry >>> SEGMENT_SHIFT >= segmentCount) {
            return false;
        }
        long[] segment = segmentOf(entry);
        int base = baseOf(entry);
        if (segment[base + STATE] != timerId >>> 32) {
            return false;
        }
        remove(entry, segment, base);
        return true;
    }

    /**
     * Fires what is due. The work is bounded by {@code limit}, by the entries on the spokes passed, and by one turn of the
     * wheel: a clock that jumps by hours costs one visit to each spoke.
     *
     * <p>If the expiry throws, its own timer has fired and the rest stay pending for the next poll.
     *
     * @param nowNs the clock's {@code nanoTime()}; going back does nothing
     * @param limit most timers to fire; the next poll goes on from there
     * @return how many have fired
     */
    public int poll(long nowNs, Expiry expiry, int limit) {
        long lastTick = lastTickEndedBy(nowNs);
        int fired = 0;
        if (resumeEntry != NIL) {
            fired = sweep(lastTick, nowNs, expiry, limit);
        }
        if (nextTick <= lastTick && lastTick - nextTick > spokeMask) {
            nextTick = lastTick - spokeMask;
        }
        while (nextTick <= lastTick && fired < limit) {
            if (pending == 0) {
                nextTick = lastTick + 1;
                break;
            }
            resumeEntry = spokeHeads[(int) nextTick & spokeMask];
            nextTick++;
            fired += sweep(lastTick, nowNs, expiry, limit - fired);
        }
        return fired;
    }

    /** Timers set that have neither fired nor been cancelled. */
    public int pending() {
        return pending;
    }

    /** Most timers pending at once. */
    public int pendingMax() {
        return pendingMax;
    }

    /** Goes along one spoke from {@link #resumeEntry}, which the callback's cancels keep valid. */
    private int sweep(long lastTick, long nowNs, Expiry expiry, int limit) {
        int fired = 0;
        while (resumeEntry != NIL && fired < limit) {
            int entry = resumeEntry;
            long[] segment = segmentOf(entry);
            int base = baseOf(entry);
            if (segment[base + TICK] > lastTick) {
                resumeEntry = nextOf(segment[base + LINKS]);
                continue;
            }
            long payload = segment[base + PAYLOAD];
            long timerId = segment[base + STATE] << 32 | entry;
            remove(entry, segment, base);
            fired++;
            expiry.onExpiry(nowNs, payload, timerId);
        }
        return fired;
    }

    private void link(int entry, long[] segment, int base, int spoke) {
        int head = spokeHeads[spoke];
        segment[base + LINKS] = links(NIL, head);
        if (head != NIL) {
            setPrevious(head, entry);
        }
        spokeHeads[spoke] = entry;
    }

    private void remove(int entry, long[] segment, int base) {
        long links = segment[base + LINKS];
        int previous = previousOf(links);
        int next = nextOf(links);
        if (entry == resumeEntry) {
            resumeEntry = next;
        }
        if (previous == NIL) {
            spokeHeads[(int) segment[base + TICK] & spokeMask] = next;
        } else {
            setNext(previous, next);
        }
        if (next != NIL) {
            setPrevious(next, previous);
        }
        long generation = segment[base + STATE];
        segment[base + STATE] = generation == GENERATION_MAX ? -1 : -(generation + 1);
        segment[base + LINKS] = links(NIL, freeHead);
        freeHead = entry;
        pending--;
    }

    private boolean grow() {
        int first = segmentCount << SEGMENT_SHIFT;
        int count = Math.min(SEGMENT_ENTRIES, pendingMax - first);
        if (count <= 0) {
            return false;
        }
        long[] segment = new long[count << ENTRY_SHIFT];
        segments[segmentCount++] = segment;
        for (int i = 0; i < count; i++) {
            int next = i + 1 == count ? NIL : first + i + 1;
            segment[(i << ENTRY_SHIFT) + LINKS] = links(NIL, next);
            segment[(i << ENTRY_SHIFT) + STATE] = -1;
        }
        freeHead = first;
        return true;
    }

    /** The tick at whose end the deadline has passed; a deadline too far for the arithmetic is as far as can be. */
    private long tickHolding(long deadlineNs) {
        long delay = sinceStart(deadlineNs);
        return delay <= 0 ? 0 : (delay - 1) / tickNs + 1;
    }

    private long lastTickEndedBy(long nowNs) {
        return Math.floorDiv(sinceStart(nowNs), tickNs);
    }

    private long sinceStart(long timeNs) {
        long since = timeNs - startNs;
        boolean overflow = ((timeNs ^ startNs) & (timeNs ^ since)) < 0;
        if (overflow) {
            return timeNs > startNs ? SINCE_MAX : Long.MIN_VALUE;
        }
        return Math.min(since, SINCE_MAX);
    }

    private long[] segmentOf(int entry) {
        return segments[entry >>> SEGMENT_SHIFT];
    }

    private static int baseOf(int entry) {
        return (entry & SEGMENT_MASK) << ENTRY_SHIFT;
    }

    private void setPrevious(int entry, int previous) {
        long[] segment = segmentOf(entry);
        int index = baseOf(entry) + LINKS;
        segment[index] = links(previous, nextOf(segment[index]));
    }

    private void setNext(int entry, int next) {
        long[] segment = segmentOf(entry);
        int index = baseOf(entry) + LINKS;
        segment[index] = links(previousOf(segment[index]), next);
    }

    private static long links(int previous, int next) {
        return (long) previous << 32 | next & INDEX_MASK;
    }

    private static int previousOf(long links) {
        return (int) (links >> 32);
    }

    private static int nextOf(long links) {
        return (int) links;
    }
}
