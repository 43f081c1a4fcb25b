package io.fluxrig.bench.versus;

/**
 * What a figure should be.
 *
 * @param atLeast whether more is better
 */
record Target(boolean atLeast, double bound) {
    static Target atLeast(double bound) {
        return new Target(true, bound);
    }

    static Target atMost(double bound) {
        return new Target(false, bound);
    }

    boolean met(double value) {
        return atLeast ? value >= bound : value <= bound;
    }

    String text() {
        String number = bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
        return (atLeast ? "at least " : "at most ") + number;
    }
}
