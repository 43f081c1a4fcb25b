package io.fluxrig.engine.gears.conductor.route;

/**
 * Ranges as they are, for a binary search: few enough to be at hand.
 *
 * <pre>
 *   rows  | low 0 | high 0 | value 0 | low 1 | high 1 | value 1 | ...   numbers of 19 digits
 * </pre>
 *
 * <p>Immutable; any thread.
 */
final class BinRows implements BinTable.Ranges {
    private static final int STRIDE = 3;

    private final long[] rows;

    /** Ends unsigned, in ascending order. */
    BinRows(long[] lows, long[] highs, int[] valueIndexes) {
        rows = new long[lows.length * STRIDE];
        for (int i = 0; i < lows.length; i++) {
            rows[i * STRIDE] = ordered(lows[i]);
            rows[i * STRIDE + 1] = ordered(highs[i]);
            rows[i * STRIDE + 2] = valueIndexes[i];
        }
    }

    @Override
    public int find(int lead, long rest) {
        long key = ordered(lead * BinTable.RESTS + rest);
        int low = 0;
        int high = rows.length / STRIDE - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (rows[middle * STRIDE] > key) {
                high = middle - 1;
            } else if (rows[middle * STRIDE + 1] < key) {
                low = middle + 1;
            } else {
                return (int) rows[middle * STRIDE + 2];
            }
        }
        return BinTable.NONE;
    }

    /** 19 digits need all 64 bits: shifted so that the signed order is the unsigned one. */
    private static long ordered(long unsigned) {
        return unsigned ^ Long.MIN_VALUE;
    }
}
