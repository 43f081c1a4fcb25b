package io.fluxrig.engine.gears;

/**
 * A connection id as people read it in a log: {@code strip.gear.generation.slot}. As one number it would look like a card
 * number to the log's masking.
 */
public final class ConnectionName {

    private ConnectionName() {}

    /** Allocates; for log lines. {@code none} for 0. */
    public static String of(long connId) {
        return connId == 0
                ? "none"
                : (connId >>> 56) + "." + (connId >>> 48 & 0xFF) + "." + (connId >>> 20 & 0xFFF_FFFF) + "."
                        + (connId & 0xF_FFFF);
    }
}
