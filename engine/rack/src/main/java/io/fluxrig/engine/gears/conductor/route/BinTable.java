package io.fluxrig.engine.gears.conductor.route;

import java.util.List;

/**
 * Finds the value of the BIN range that holds a card number; a million ranges cost what ten do.
 *
 * <p>A range's ends are padded to 19 digits, the low end with 0 and the high end with 9, and kept as unsigned 64-bit
 * numbers, in order, three longs a range:
 *
 * <pre>
 *   rows    | low 0 | high 0 | value 0 | low 1 | high 1 | value 1 | ...
 *   starts  | first range that ends at or after 000000..., 000001..., ... 999999..., count |
 * </pre>
 *
 * {@code starts} narrows the search to the ranges that touch the number's first six digits; the rest is a binary search
 * among those. A small table has no {@code starts}.
 *
 * <p>Immutable; any thread. Keeps no card number, only the ranges.
 */
public final class BinTable {
    /** No range holds the number. */
    public static final int NONE = -1;
    /** Digits of the shortest card number (ISO/IEC 7812-1). */
    public static final int DIGITS_MIN = 8;

    static final int DIGITS = 19;

    private static final int LEAD_DIGITS = 6;
    private static final int LEADS = 1_000_000;
    private static final int PLAIN_SEARCH_MAX = 64;
    private static final int STRIDE = 3;
    private static final long LEAD_UNIT = 10_000_000_000_000L;

    private final long[] rows;
    private final int[] starts;
    private final int count;
    private final List<String> values;

    /** Ranges in ascending order that do not overlap; ends as {@link #low} and {@link #high} make them. */
    BinTable(long[] lows, long[] highs, int[] valueIndexes, List<String> values) {
        this.count = lows.length;
        this.values = List.copyOf(values);
        this.rows = new long[count * STRIDE];
        for (int i = 0; i < count; i++) {
            rows[i * STRIDE] = ordered(lows[i]);
            rows[i * STRIDE + 1] = ordered(highs[i]);
            rows[i * STRIDE + 2] = valueIndexes[i];
        }
        this.starts = count > PLAIN_SEARCH_MAX ? starts() : null;
    }

    /** The number of ranges. */
    public int size() {
        return count;
    }

    /** The distinct values; what {@link #find} returns is an index into them. */
    public List<String> values() {
        return values;
    }

    /**
     * @param number a card number, or track data that begins with one (it ends at the first character that is no digit)
     * @return index into {@link #values()}, or {@link #NONE}, also where fewer than {@link #DIGITS_MIN} digits stand
     */
    public int find(byte[] number, int offset, int length) {
        long key = 0;
        int lead = 0;
        int digits = 0;
        int limit = Math.min(length, DIGITS);
        while (digits < limit) {
            int digit = number[offset + digits] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            key = key * 10 + digit;
            digits++;
            if (digits == LEAD_DIGITS) {
                lead = (int) key;
            }
        }
        if (digits < DIGITS_MIN) {
            return NONE;
        }
        for (int i = digits; i < DIGITS; i++) {
            key *= 10;
        }
        return starts == null
                ? search(ordered(key), 0, count - 1)
                : search(ordered(key), starts[lead], Math.min(starts[lead + 1], count - 1));
    }

    private int search(long key, int from, int to) {
        int low = from;
        int high = to;
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
        return NONE;
    }

    private int[] starts() {
        int[] first = new int[LEADS + 1];
        int row = 0;
        for (int lead = 0; lead < LEADS; lead++) {
            long low = ordered(lead * LEAD_UNIT);
            while (row < count && rows[row * STRIDE + 1] < low) {
                row++;
            }
            first[lead] = row;
        }
        first[LEADS] = count;
        return first;
    }

    /** The lowest 19-digit number that begins with these digits; unsigned. */
    static long low(String digits) {
        return padded(digits, 0);
    }

    /** The highest 19-digit number that begins with these digits; unsigned. */
    static long high(String digits) {
        return padded(digits, 9);
    }

    private static long padded(String digits, int pad) {
        long number = 0;
        for (int i = 0; i < DIGITS; i++) {
            number = number * 10 + (i < digits.length() ? digits.charAt(i) - '0' : pad);
        }
        return number;
    }

    /** 19 digits need all 64 bits: shifted so that the signed order is the unsigned one. */
    private static long ordered(long unsigned) {
        return unsigned ^ Long.MIN_VALUE;
    }
}
