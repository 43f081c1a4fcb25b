package io.fluxrig.load.pace;

import java.util.SplittableRandom;

/** Arrivals at unit rate: the positions 0, 1, 2 ... themselves, or random ones as independent customers would make them. */
public interface Arrivals {

    /** @return the next position, never less than the one before */
    double next();

    /** Evenly spaced; loop {@code share} of {@code shares} takes every {@code shares}-th position. */
    static Arrivals even(int share, int shares) {
        return new Arrivals() {
            private double position = share - (double) shares;

            @Override
            public double next() {
                position += shares;
                return position;
            }
        };
    }

    /** A Poisson process; {@code shares} of them together have unit rate again. The same seed gives the same arrivals. */
    static Arrivals poisson(int share, int shares, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + share);
        return new Arrivals() {
            private double position;

            @Override
            public double next() {
                position -= Math.log1p(-random.nextDouble()) * shares;
                return position;
            }
        };
    }
}
