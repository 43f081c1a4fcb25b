package io.fluxrig.perf.id;

import io.fluxrig.perf.clock.Clock;

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
 * have run ahead is {@link #aheadNs()}; a process that restarts within that span could repeat ids, so watch it.
 *
 * <p>Threading: one thread. Allocates nothing.
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

    private static final int SEQUENCE_MAX = (1 << SEQUENCE_BITS) - 1;
    private static final int SEQUENCE_SHIFT = MACHINE_BITS;
    private static final int TIME_SHIFT = SEQUENCE_BITS + MACHINE_BITS;
    private static final long TICK_MAX = (1L << TIME_BITS) - 1;
    private static final long EPOCH_TICKS = EPOCH_MS * 1_000_000L / TICK_NS;

    private final Clock clock;
    private final int machineId;
    private long tick;
    private int sequence = -1;

    /**
     * @param machineId 0 to {@link #MACHINE_MAX}, different for every strip of every rack that shares ids
     * @throws IllegalArgumentException if the machine id does not fit
     */
    public IdGenerator(Clock clock, int machineId) {
        if (machineId < 0 || machineId > MACHINE_MAX) {
            throw new IllegalArgumentException("machineId=" + machineId + " max=" + MACHINE_MAX);
        }
        this.clock = clock;
        this.machineId = machineId;
        this.tick = Math.max(0, clockTick());
    }

    /**
     * The next id, above every id issued before and above zero.
     *
     * @throws IllegalStateException when the ticks have run out, in the year 2112
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
            tick = now;
            sequence = 0;
        } else if (++sequence > SEQUENCE_MAX) {
            tick++;
            sequence = 0;
        }
        if (tick > TICK_MAX) {
            throw new IllegalStateException("tick=" + tick + " max=" + TICK_MAX);
        }
        return (tick << TIME_SHIFT) | ((long) sequence << SEQUENCE_SHIFT) | machineId;
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

    private static long tickOf(long epochNs) {
        return epochNs / TICK_NS - EPOCH_TICKS;
    }
}
