package io.fluxrig.iso.wire;

import java.util.Objects;

/**
 * How a value shorter than a fixed length is filled, and whether the filling is taken off again when read.
 *
 * @param side where the filling goes
 * @param pad the filling, a character of the value (ISO-8859-1) or a byte
 * @param strip whether decoding removes it; a value made of {@code 0} filling alone keeps one {@code 0}
 */
public record Padding(Side side, byte pad, boolean strip) {

    /** Where the filling goes. */
    public enum Side {
        NONE,
        LEFT,
        RIGHT
    }

    /** No filling: a fixed field must be given its whole length. */
    public static final Padding NONE = new Padding(Side.NONE, (byte) 0, false);

    public Padding {
        Objects.requireNonNull(side, "side");
    }

    /** Filling on the left. */
    public static Padding left(char pad, boolean strip) {
        return new Padding(Side.LEFT, (byte) pad, strip);
    }

    /** Filling on the right. */
    public static Padding right(char pad, boolean strip) {
        return new Padding(Side.RIGHT, (byte) pad, strip);
    }
}
