package io.fluxrig.engine.gears.conductor.route;

import java.util.List;

/**
 * Finds the value of the BIN range that holds a card number; a million ranges cost what ten do, but for what no cache holds.
 *
 * <p>A range's ends are padded to 19 digits, the low end with 0 and the high end with 9. A number is told as its first six
 * digits, the lead, and the 13 behind them, the rest. Few ranges are searched as they are ({@link BinRows}), many by their lead
 * ({@link BinLeads}).
 *
 * <p>Immutable; any thread. Keeps no card number, only the ranges.
 */
public final class BinTable {
    /** No range holds the number. */
    public static final int NONE = -1;
    /** Digits of the shortest card number (ISO/IEC 7812-1). */
    public static final int DIGITS_MIN = 8;

    static final int DIGITS = 19;
    static final int LEAD_DIGITS = 6;
    /** How many rests one lead has: 10^13. */
    static final long RESTS = 10_000_000_000_000L;

    private static final int ROWS_MAX = 64;

    private final Ranges ranges;
    private final int count;
    private final List<String> values;

    /** A search among ranges in order. */
    interface Ranges {
        /** Index of the value, or {@link #NONE}. */
        int find(int lead, long rest);
    }

    /** Ranges in ascending order that do not overlap; ends as {@link #low} and {@link #high} make them. */
    BinTable(long[] lows, long[] highs, int[] valueIndexes, List<String> values) {
        this.count = lows.length;
        this.values = List.copyOf(values);
        this.ranges = count <= ROWS_MAX || values.size() > BinLeads.VALUES_MAX
                ? new BinRows(lows, highs, valueIndexes)
                : new BinLeads(lows, highs, valueIndexes);
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
        int limit = Math.min(length, DIGITS);
        int lead = 0;
        long rest = 0;
        int digits = 0;
        while (digits < limit) {
            int digit = number[offset + digits] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (digits < LEAD_DIGITS) {
                lead = lead * 10 + digit;
            } else {
                rest = rest * 10 + digit;
            }
            digits++;
        }
        if (digits < DIGITS_MIN) {
            return NONE;
        }
        for (int i = digits; i < DIGITS; i++) {
            rest *= 10;
        }
        return ranges.find(lead, rest);
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
}
