package io.fluxrig.perf.latency;

/**
 * The buckets of an HDR histogram of unit 1: equal ones up to twice the precision, then, for each doubling of the value, half
 * as many of twice the width.
 *
 * <pre>
 *   three digits:  0 to 2047 by 1 | 2048 to 4095 by 2 | 4096 to 8191 by 4 | ...
 *   index          0 to 2047      | 2048 to 3071      | 3072 to 4095      | ...
 * </pre>
 *
 * Immutable; any thread.
 */
final class Buckets {
    /** Each doubling has 2 to the power of this many buckets. */
    private final int halfBits;
    /** The highest value of the equal buckets: all bits of an index among them. */
    private final long equalMask;

    /** @param digits significant decimal digits, 1 to 5 */
    Buckets(int digits) {
        long equalAtLeast = 2 * (long) Math.pow(10, digits);
        int equalBits = Long.SIZE - Long.numberOfLeadingZeros(equalAtLeast - 1);
        this.halfBits = equalBits - 1;
        this.equalMask = (1L << equalBits) - 1;
    }

    /** @param value zero or more */
    int indexOf(long value) {
        int doublings = Long.SIZE - 1 - halfBits - Long.numberOfLeadingZeros(value | equalMask);
        return (doublings << halfBits) + (int) (value >>> doublings);
    }

    /** The highest value of a bucket. */
    long highestOf(int index) {
        int doublings = Math.max(0, (index >>> halfBits) - 1);
        long first = index - ((long) doublings << halfBits);
        return (first + 1 << doublings) - 1;
    }
}
