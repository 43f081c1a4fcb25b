package io.fluxrig.perf.id;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the ids of generators that share it begin and end, so that those of a process that comes after can begin where these end,
 * whatever its clock says. In ticks of {@link IdGenerator#TICK_NS}:
 *
 * <pre>
 *   floor                    the clock                follow                     below
 *   |  ids begin here or      |  a tick follows it     |  from here on, ticks     |  no id reaches this
 *   v  later                  v  up to here            v  rise only as they fill  v
 * --+-------------------------+------------------------+--------------------------+--&gt;
 * </pre>
 *
 * <p>Somebody raises {@code below} in time, once it is written down. Where that cannot be, ids stop following the clock and use up what is left
 * of each tick: 16,384 of them on each strip, so that a reserve of minutes lasts for hours or days. At its end there is none.
 *
 * <p>Threading: any thread; each generator's own thread tells how far it is.
 */
public final class IdCeiling {
    private final long floor;
    private final long reserve;
    private final List<AtomicLong> reached = new CopyOnWriteArrayList<>();
    private volatile long below;

    /**
     * @param floor the lowest tick that an id may have, 0 or more
     * @param reserve ticks before {@code below} in which ids do not follow the clock, 0 or more
     * @param below the lowest tick that none may have, above {@code floor}
     */
    public IdCeiling(long floor, long reserve, long below) {
        if (floor < 0 || reserve < 0 || below <= floor) {
            throw new IllegalArgumentException("floor=" + floor + " reserve=" + reserve + " below=" + below);
        }
        this.floor = floor;
        this.reserve = reserve;
        this.below = below;
    }

    /** Of ids that nobody remembers: from zero, without an end. */
    public static IdCeiling none() {
        return new IdCeiling(0, 0, Long.MAX_VALUE);
    }

    /** The lowest tick that an id may have. */
    long floor() {
        return floor;
    }

    /** The highest tick to which ids follow the clock. */
    long follow() {
        return below - reserve - 1;
    }

    /** The lowest tick that no id may have. */
    public long below() {
        return below;
    }

    /** Lets ids rise up to there; does nothing where they may already. By one thread. */
    public void raise(long belowTick) {
        if (belowTick > below) {
            below = belowTick;
        }
    }

    /** The highest tick of an id that was issued, {@code floor - 1} before the first. */
    public long reached() {
        long highest = floor - 1;
        for (AtomicLong each : reached) {
            highest = Math.max(highest, each.getAcquire());
        }
        return highest;
    }

    /** Where a new generator tells the tick that it is in. */
    AtomicLong join() {
        AtomicLong its = new AtomicLong(-1);
        reached.add(its);
        return its;
    }
}
