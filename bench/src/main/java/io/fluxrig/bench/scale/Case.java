package io.fluxrig.bench.scale;

import io.fluxrig.load.mix.Mix;

/**
 * One point of an axis: a rack and the load on it.
 *
 * @param value of what the axis varies
 */
record Case(long value, Setup setup, Traffic traffic) {

    /**
     * How the rack is set up.
     *
     * @param strips event loops
     * @param ranges lines of its BIN table
     * @param heldOpen tickets that are open all the time beside the measured traffic
     * @param keepOutcomes whether outcomes are kept for retransmissions, as in the payment switch
     */
    record Setup(int strips, int ranges, int heldOpen, boolean keepOutcomes) {}

    /**
     * The measured load.
     *
     * @param ratePerSecond messages a second; 0 for as many as there is room in flight for
     */
    record Traffic(Mix mix, int connections, int inFlight, int ratePerSecond) {
        String rate() {
            return ratePerSecond == 0 ? "max" : Integer.toString(ratePerSecond);
        }
    }
}
