package io.fluxrig.engine.gears.macro;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import java.util.SplittableRandom;

/**
 * What macros draw from: chance under a seed, the clock, and numbers that count up. One for each gear and strip, so that
 * two strips under one seed make different values and the same strip makes the same ones again. Strip thread only.
 */
public final class MacroState {
    private final Clock clock;
    private final SplittableRandom random;
    private final int strip;
    private final int strips;
    private long stans;
    private long references;
    private String reason;

    /**
     * @param seed decides every random value together with the strip
     * @param strip this strip; counted values of the strips interleave and never meet
     */
    public MacroState(Clock clock, long seed, int strip, int strips) {
        this.clock = clock;
        this.strip = strip;
        this.strips = strips;
        // hashed twice: the generator counts in steps of its own, so that seeds a step apart would give one stream,
        // shifted
        random = new SplittableRandom(Bytes.mix64(Bytes.mix64(seed) + strip));
    }

    /** The {@code error.reason} that {@code $REASON} turns into a response code; null for none. */
    public void reason(String errorReason) {
        reason = errorReason;
    }

    String reason() {
        return reason;
    }

    /** A number from 0 to {@code bound} - 1. */
    public long below(long bound) {
        return random.nextLong(bound);
    }

    long bits() {
        return random.nextLong();
    }

    long epochSeconds() {
        return Math.floorDiv(clock.epochNanos(), 1_000_000_000L);
    }

    /** The next trace number, 1 to 999999 and round again. */
    long nextStan() {
        return interleaved(stans++) % 999_999 + 1;
    }

    long nextReference() {
        return interleaved(references++) % 1_000_000;
    }

    /** The count-th value of this strip among those of all strips. */
    long interleaved(long count) {
        return count * strips + strip;
    }
}
