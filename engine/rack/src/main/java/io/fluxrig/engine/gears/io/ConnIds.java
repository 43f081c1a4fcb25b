package io.fluxrig.engine.gears.io;

/**
 * Connection ids: who owns a connection can be read off its id on any strip.
 *
 * <pre>
 *   63      56 55      48 47            20 19        0
 *   | strip 8 | gear 8   | generation 28  | slot 20   |
 * </pre>
 *
 * Generations of a gear that replaces one while the rack runs begin 2^20 above those of the one before, so that ids of the two
 * never meet while connections of both are there. The slot is the connection's place in its gear's {@link ConnectionTable}; the generation makes an id that outlived its
 * connection harmless. Strips and gears go up to 255 each.
 */
final class ConnIds {
    static final int SLOT_BITS = 20;
    static final int SLOTS_MAX = 1 << SLOT_BITS;
    /** How far apart the generations of a gear and of its successor begin. */
    static final int SUCCESSOR_STEP = 1 << 20;

    private static final int GENERATION_MASK = (1 << 28) - 1;

    private ConnIds() {}

    static long of(int strip, int gearOrdinal, int generation, int slot) {
        return (long) (strip & 0xFF) << 56
                | (long) (gearOrdinal & 0xFF) << 48
                | (long) (generation & GENERATION_MASK) << SLOT_BITS
                | slot;
    }

    static int strip(long connId) {
        return (int) (connId >>> 56);
    }

    static int gearOrdinal(long connId) {
        return (int) (connId >>> 48) & 0xFF;
    }

    static int slot(long connId) {
        return (int) connId & SLOTS_MAX - 1;
    }
}
