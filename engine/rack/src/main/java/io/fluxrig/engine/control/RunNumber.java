package io.fluxrig.engine.control;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Tells one run of a rack's process from another one, of the same folder or of a copy of it: when it began, so that the later one is the
 * higher number, and bits that no other run has. Positive.
 *
 * <pre>
 *   | 41 bits: ms since 1970 | 22 bits: random |
 * </pre>
 */
public final class RunNumber {
    private static final int RANDOM_BITS = 22;

    private RunNumber() {}

    /** The number of a run that begins now. */
    public static long next(InstantSource clock, RandomGenerator random) {
        return clock.millis() << RANDOM_BITS | random.nextInt(1 << RANDOM_BITS);
    }

    /** A share of something that another run has another one of: from 0 to less than the whole. */
    public static long share(long run, long whole) {
        return (run & (1 << RANDOM_BITS) - 1) * whole >>> RANDOM_BITS;
    }

    /** When it began, by the clock of its machine. */
    public static Instant began(long run) {
        return Instant.ofEpochMilli(run >>> RANDOM_BITS);
    }
}
