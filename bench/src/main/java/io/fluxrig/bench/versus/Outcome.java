package io.fluxrig.bench.versus;

/**
 * A row of the proof for one number of messages in flight.
 *
 * @param unit of the value, empty for a ratio
 * @param value infinite where the rack could not carry the load
 * @param target null where this depth has none
 */
record Outcome(String name, int inFlight, String unit, double value, Target target) {

    /** Whether it falls short of a target that it has. */
    boolean missed() {
        return target != null && !target.met(value);
    }

    String valueText() {
        if (Double.isInfinite(value)) {
            return "saturated";
        }
        return (value >= 100 ? String.format("%.0f", value) : String.format("%.3g", value)) + unit;
    }

    String verdict() {
        return target == null ? "" : missed() ? "missed" : "met";
    }
}
