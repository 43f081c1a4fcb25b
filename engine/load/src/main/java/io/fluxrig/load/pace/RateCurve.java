package io.fluxrig.load.pace;

/**
 * How many messages are wanted by when: a rate that is constant, or grows evenly and then stays.
 *
 * <p>The curve answers by its inverse, "at which time is arrival {@code n} due", so that any arrival process of unit rate
 * (even or Poisson) can be stretched over it.
 *
 * @param fromPerSecond the rate at time 0, at least 0
 * @param toPerSecond the rate from {@code rampNs} on, above 0
 * @param rampNs how long the rate grows or falls; 0 means constant at {@code toPerSecond}
 */
public record RateCurve(double fromPerSecond, double toPerSecond, long rampNs) {
    private static final double SECOND_NS = 1e9;

    public RateCurve {
        if (!(toPerSecond > 0) || !(fromPerSecond >= 0) || rampNs < 0) {
            throw new IllegalArgumentException(
                    "from=" + fromPerSecond + " to=" + toPerSecond + " rampNs=" + rampNs + " is not a rate");
        }
    }

    public static RateCurve constant(double perSecond) {
        return new RateCurve(perSecond, perSecond, 0);
    }

    /** @return nanoseconds after the start at which arrival {@code n} (0 is the first) is due */
    public long dueNs(double n) {
        double rampSeconds = rampNs / SECOND_NS;
        double duringRamp = (fromPerSecond + toPerSecond) / 2 * rampSeconds;
        if (n >= duringRamp) {
            return Math.round((rampSeconds + (n - duringRamp) / toPerSecond) * SECOND_NS);
        }
        return Math.round(insideRamp(n, rampSeconds) * SECOND_NS);
    }

    /** Solves from*t + slope*t*t/2 = n for t, in the form that stays exact where the slope is near 0. */
    private double insideRamp(double n, double rampSeconds) {
        double slope = (toPerSecond - fromPerSecond) / rampSeconds;
        double root = Math.sqrt(Math.max(0, fromPerSecond * fromPerSecond + 2 * slope * n));
        return n == 0 ? 0 : 2 * n / (fromPerSecond + root);
    }
}
