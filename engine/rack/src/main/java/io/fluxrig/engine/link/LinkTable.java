package io.fluxrig.engine.link;

import io.fluxrig.engine.gear.LinkReport;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Connections up, by I/O gear and strip, of one rack.
 *
 * <pre>
 *   cell of (gear, strip) at (gear * strips + strip) * 32 ints: alone on its cache lines
 *     0 = the gear reports no links, n + 1 = n connections up
 * </pre>
 *
 * <p>A place in it may also stand for the far end of wires to another rack: then its first cell says how many racks can serve it.
 *
 * <p>Threading: a cell is written by its own strip only (a far end's by one thread at a time), with release; any thread reads, with acquire, a value at most a
 * moment old. A sum over strips is not a snapshot. {@link #reporters()} counts gears that became reporters, so that a reader
 * knows when to look again.
 */
public final class LinkTable {
    private static final int CELL_INTS = 32;

    private final AtomicIntegerArray cells;
    private final AtomicInteger reporters = new AtomicInteger();
    private final int gears;
    private final int strips;

    public LinkTable(int gears, int strips) {
        this.gears = gears;
        this.strips = strips;
        this.cells = new AtomicIntegerArray(gears * strips * CELL_INTS);
    }

    /** The end at which a gear's copy on one strip reports; makes the gear a reporter with no connection up. */
    public LinkReport report(int gear, int strip) {
        int cell = cell(gear, strip);
        if (cells.compareAndSet(cell, 0, 1)) {
            reporters.incrementAndGet();
        }
        return new LinkReport() {
            @Override
            public void up(int connections) {
                cells.setRelease(cell, connections + 1);
            }

            @Override
            public int upOn(int other) {
                return LinkTable.this.up(gear, other);
            }
        };
    }

    /** Whether some copy of the gear reports links. */
    public boolean reports(int gear) {
        for (int strip = 0; strip < strips; strip++) {
            if (cells.getAcquire(cell(gear, strip)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Connections of the gear up on one strip. */
    public int up(int gear, int strip) {
        return Math.max(0, cells.getAcquire(cell(gear, strip)) - 1);
    }

    /** Connections of the gear up on all strips. */
    public int up(int gear) {
        int up = 0;
        for (int strip = 0; strip < strips; strip++) {
            up += up(gear, strip);
        }
        return up;
    }

    /** How many copies of gears report; it only rises. */
    public int reporters() {
        return reporters.get();
    }

    private int cell(int gear, int strip) {
        if (gear < 0 || gear >= gears || strip < 0 || strip >= strips) {
            throw new IndexOutOfBoundsException("gear=" + gear + " of " + gears + " strip=" + strip + " of " + strips);
        }
        return (gear * strips + strip) * CELL_INTS;
    }
}
