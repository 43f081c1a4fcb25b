package io.fluxrig.engine.gears.sim;

import io.fluxrig.engine.gears.macro.MacroState;

/**
 * How many messages should have left by a moment after the start. One for each strip, at its share of the rate. Strip
 * thread only.
 */
interface RateShape {
    double NS_PER_SECOND = 1e9;

    /** Messages due within the first {@code elapsedNs}; never falls. */
    long dueBy(long elapsedNs);

    /** So many a second, evenly. */
    static RateShape constant(double perSecond) {
        return elapsedNs -> (long) (perSecond * elapsedNs / NS_PER_SECOND);
    }

    /** From one rate to another in a straight line over {@code rampNs}, then at the other. */
    static RateShape ramp(double from, double to, long rampNs) {
        return elapsedNs -> {
            double ramp = Math.min(elapsedNs, rampNs) / NS_PER_SECOND;
            double slope = (to - from) / (rampNs / NS_PER_SECOND);
            double rest = Math.max(0, elapsedNs - rampNs) / NS_PER_SECOND;
            return (long) (from * ramp + slope * ramp * ramp / 2 + to * rest);
        };
    }

    /** One rate, and every {@code everyNs} for {@code forNs} another. */
    static RateShape spike(double base, double peak, long everyNs, long forNs) {
        return elapsedNs -> {
            long rounds = elapsedNs / everyNs;
            long within = elapsedNs % everyNs;
            double peakNs = (double) rounds * forNs + Math.min(within, forNs);
            return (long) ((peak * peakNs + base * (elapsedNs - peakNs)) / NS_PER_SECOND);
        };
    }

    /** So many a second on average, with exponential gaps: arrivals that know nothing of each other. */
    static RateShape poisson(double perSecond, MacroState chance) {
        return new Poisson(perSecond, chance);
    }

    /** Draws the gaps. */
    final class Poisson implements RateShape {
        private static final long FINE = 1L << 53;

        private final double perSecond;
        private final MacroState chance;
        private double nextNs;
        private long due;

        private Poisson(double perSecond, MacroState chance) {
            this.perSecond = perSecond;
            this.chance = chance;
            nextNs = gapNs();
        }

        @Override
        public long dueBy(long elapsedNs) {
            while (nextNs <= elapsedNs) {
                due++;
                nextNs += gapNs();
            }
            return due;
        }

        private double gapNs() {
            double chanceAboveZero = (chance.below(FINE) + 1) / (double) FINE;
            return -Math.log(chanceAboveZero) / perSecond * NS_PER_SECOND;
        }
    }
}
