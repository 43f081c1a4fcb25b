package io.fluxrig.perf.id;

import io.fluxrig.perf.clock.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Issues the k-sortable ids of fluxMsg for one strip.
 *
 * <pre>
 *  63 62                             25 24           11 10          0
 * +--+---------------------------------+---------------+-------------+
 * | 0| time, 10 ms ticks (38 bits)     | sequence (14) | machine (11)|
 * +--+---------------------------------+---------------+-------------+
 * </pre>
 *
 * <p>The order of the parts is Sonyflake's; the widths are ours. Sonyflake's 39/8/16 stops at 25,600 ids a second and sleeps
 * for more; 14 bits of sequence give 16,384 ids a tick, 1.6 million a second. 38 bits of ticks from {@link #EPOCH_MS} last
 * until the year 2112; 2,048 machines are told apart, a machine being one strip of one rack.
 *
 * <p>Ids of one generator always rise. A tick that runs out of sequence borrows the next one, and a wall clock that is set
 * back is ignored until it catches up, so neither blocks and neither repeats an id while the process lives. How far the ids
 * have run ahead is {@link #aheadNs()}. What they were before a process began, and how far they may go, an {@link IdCeiling} says: it is
 * looked at once a tick, not for each id.
 *
 * <p>Threading: one thread. Allocates nothing, takes no lock, waits for nothing.
 */
public final class IdGenerator {

    /** Tick zero: 2025-01-01T00:00:00Z in milliseconds since 1970. */
    public static final long EPOCH_MS = 1_735_689_600_000L;

    /** One tick of the time part. */
    public static final long TICK_NS = 10_000_000L;

    public static final int TIME_BITS = 38;
    public static final int SEQUENCE_BITS = 14;
    public static final int MACHINE_BITS = 11;

    /** Largest machine id. */
    public static final int MACHINE_MAX = (1 << MACHINE_BITS) - 1;

    /** Of one machine, which a strip is. */
    public static final int IDS_PER_TICK = 1 << SEQUENCE_BITS;

    private static final int SEQUENCE_MAX = IDS_PER_TICK - 1;
    private static final int SEQUENCE_SHIFT = MACHINE_BITS;
    private static final int TIME_SHIFT = SEQUENCE_BITS + MACHINE_BITS;

    /** The last tick that an id has room for, in the year 2112. */
    public static final long TICK_MAX = (1L << TIME_BITS) - 1;

    private static final long EPOCH_TICKS = EPOCH_MS * 1_000_000L / TICK_NS;

    private final Clock clock;
    private final int machineId;
    private final IdCeiling ceiling;
    private final AtomicLong reached;
    private long tick;
    private int sequence = -1;

    /** Of ids that nobody remembers: a process that begins later with its clock set back repeats them. */
    public IdGenerator(Clock clock, int machineId) {
        this(clock, machineId, IdCeiling.none());
    }

    /**
     * @param machineId 0 to {@link #MACHINE_MAX}, different for every strip of every rack that shares ids
     * @param ceiling between which ticks its ids are
     * @throws IllegalArgumentException if the machine id does not fit
     */
    public IdGenerator(Clock clock, int machineId, IdCeiling ceiling) {
        if (machineId < 0 || machineId > MACHINE_MAX) {
            throw new IllegalArgumentException("machineId=" + machineId + " max=" + MACHINE_MAX);
        }
        this.clock = clock;
        this.machineId = machineId;
        this.ceiling = ceiling;
        this.reached = ceiling.join();
        this.tick = Math.max(ceiling.floor(), Math.min(clockTick(), ceiling.follow()));
    }

    /**
     * The next id, above every id issued before and above zero.
     *
     * @throws IllegalStateException when there is none: {@link #spent()}, or the ticks have run out, in the year 2112
     */
    public long next() {
        return next(clock.epochNanos());
    }

    /**
     * The same for a caller who has just read the clock.
     *
     * @param epochNs the clock's {@code epochNanos()}
     */
    public long next(long epochNs) {
        long now = tickOf(epochNs);
        if (now > tick) {
            now = Math.min(now, ceiling.follow());
        }
        if (now > tick) {
            turn(now);
        } else if (sequence >= 0 && sequence < SEQUENCE_MAX) {
            sequence++;
        } else {
            step();
        }
        return (tick << TIME_SHIFT) | ((long) sequence << SEQUENCE_SHIFT) | machineId;
    }

    /** The first id of a tick. */
    private void turn(long next) {
        if (next > TICK_MAX) {
            throw new IllegalStateException("tick=" + next + " max=" + TICK_MAX);
        }
        tick = next;
        sequence = 0;
        reached.setRelease(next);
    }

    /** The very first id, or the first of a tick that is borrowed. */
    private void step() {
        if (spent()) {
            throw new IllegalStateException("no id is left below tick " + ceiling.below()
                    + ", above which none may be issued until that is written down");
        }
        turn(sequence < 0 ? tick : tick + 1);
    }

    /**
     * Whether there is no id at present, since the {@link IdCeiling} was not raised in time. Whoever can wait asks before
     * {@link #next}, and again later.
     */
    public boolean spent() {
        return sequence == SEQUENCE_MAX && tick + 1 >= ceiling.below();
    }

    /** How far the last id lies ahead of the wall clock, 0 if it does not; grows when the clock is set back. */
    public long aheadNs() {
        return Math.max(0, tick - clockTick()) * TICK_NS;
    }

    /** Start of the tick in which {@code id} was issued, nanoseconds since 1970. */
    public static long epochNanosOf(long id) {
        return ((id >>> TIME_SHIFT) + EPOCH_TICKS) * TICK_NS;
    }

    /** The sequence part of {@code id}. */
    public static int sequenceOf(long id) {
        return (int) (id >>> SEQUENCE_SHIFT) & SEQUENCE_MAX;
    }

    /** The machine part of {@code id}. */
    public static int machineIdOf(long id) {
        return (int) id & MACHINE_MAX;
    }

    private long clockTick() {
        return tickOf(clock.epochNanos());
    }

    /** The tick of a time in nanoseconds since 1970; negative before {@link #EPOCH_MS}. */
    public static long tickOf(long epochNs) {
        return epochNs / TICK_NS - EPOCH_TICKS;
    }
}
