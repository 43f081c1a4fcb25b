package io.fluxrig.engine.gears.conductor.route;

import java.util.Arrays;

/**
 * Many ranges, found by the lead of a number: a lead that lies in one range, or in none, has its answer in place, so that a table of six
 * digits costs one look; the others lead to steps that stand together, since what a search costs is the memory it touches that no
 * cache holds.
 *
 * <pre>
 *   leads  | 000000 | 000001 | ... | 999999 |
 *            negative: -2 - the value of all its numbers (-1: none has one)
 *            else: where its steps begin
 *
 *   steps  | count | step 0 | step 1 | ... |  of one lead, then of the next that has any
 *            a step: rest from which it holds, 45 bits | value + 1, 19 bits; step 0 begins at rest 0; value + 1 = 0: no range
 * </pre>
 *
 * <p>Immutable; any thread.
 */
final class BinLeads implements BinTable.Ranges {
    /** Most distinct values that steps have room for. */
    static final int VALUES_MAX = (1 << 19) - 2;

    private static final int LEADS = 1_000_000;
    private static final int VALUE_BITS = 19;
    private static final long VALUE_MASK = (1L << VALUE_BITS) - 1;
    /** Steps that are looked at one after the other rather than halved. */
    private static final int LINE_MAX = 8;

    private final int[] leads = new int[LEADS];
    private final long[] steps;

    /** Ends unsigned, in ascending order, without overlaps. */
    BinLeads(long[] lows, long[] highs, int[] valueIndexes) {
        this.steps = new Builder(lows, highs, valueIndexes, leads).build();
    }

    @Override
    public int find(int lead, long rest) {
        int at = leads[lead];
        if (at < 0) {
            return -at - 2;
        }
        int count = (int) steps[at];
        long key = rest << VALUE_BITS | VALUE_MASK;
        int last = count <= LINE_MAX ? line(at + 1, count, key) : halve(at + 1, count, key);
        return (int) (steps[last] & VALUE_MASK) - 1;
    }

    /** The last step that begins at or before the key; the first always does. */
    private int line(int first, int count, long key) {
        int last = first;
        while (last + 1 < first + count && steps[last + 1] <= key) {
            last++;
        }
        return last;
    }

    private int halve(int first, int count, long key) {
        int low = first;
        int high = first + count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (steps[middle] <= key) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Goes over leads and ranges once, side by side. */
    private static final class Builder {
        private final long[] lows;
        private final long[] highs;
        private final int[] valueIndexes;
        private final int[] leads;
        private long[] steps = new long[1 << 10];
        private int length;
        private int range;

        Builder(long[] lows, long[] highs, int[] valueIndexes, int[] leads) {
            this.lows = lows;
            this.highs = highs;
            this.valueIndexes = valueIndexes;
            this.leads = leads;
        }

        long[] build() {
            for (int lead = 0; lead < LEADS; lead++) {
                lead(lead);
            }
            return Arrays.copyOf(steps, length);
        }

        private void lead(int lead) {
            long first = lead * BinTable.RESTS;
            long last = first + BinTable.RESTS - 1;
            int begin = length;
            push(0); // the count, once it is known
            long next = first; // from where nothing is told yet
            while (range < lows.length && Long.compareUnsigned(lows[range], last) <= 0) {
                if (Long.compareUnsigned(lows[range], next) > 0) {
                    step(begin, next - first, BinTable.NONE);
                    next = lows[range];
                }
                step(begin, next - first, valueIndexes[range]);
                if (Long.compareUnsigned(highs[range], last) >= 0) {
                    next = last + 1;
                    if (highs[range] == last) {
                        range++;
                    }
                    break;
                }
                next = highs[range++] + 1;
            }
            if (next != last + 1) {
                step(begin, next - first, BinTable.NONE);
            }
            end(lead, begin);
        }

        /** A step of the value before it is none. */
        private void step(int begin, long rest, int value) {
            boolean same = length > begin + 1 && (steps[length - 1] & VALUE_MASK) == value + 1;
            if (!same) {
                push(rest << VALUE_BITS | value + 1);
            }
        }

        private void end(int lead, int begin) {
            int count = length - begin - 1;
            if (count == 1) {
                leads[lead] = (int) -(steps[begin + 1] & VALUE_MASK) - 1;
                length = begin;
            } else {
                steps[begin] = count;
                leads[lead] = begin;
            }
        }

        private void push(long word) {
            if (length == steps.length) {
                steps = Arrays.copyOf(steps, length * 2);
            }
            steps[length++] = word;
        }
    }
}
