package io.fluxrig.engine.gears;

import java.util.OptionalLong;

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

    /** The id that such a name stands for, empty if it is none. */
    public static OptionalLong parse(String name) {
        if (!name.matches("[0-9]{1,3}(\\.[0-9]{1,9}){3}")) {
            return OptionalLong.empty();
        }
        String[] parts = name.split("\\.", -1);
        long gear = Long.parseLong(parts[0]);
        long strip = Long.parseLong(parts[1]);
        long serial = Long.parseLong(parts[2]);
        long slot = Long.parseLong(parts[3]);
        return gear > 0xFF || strip > 0xFF || serial > 0xFFF_FFFF || slot > 0xF_FFFF
                ? OptionalLong.empty()
                : OptionalLong.of(gear << 56 | strip << 48 | serial << 20 | slot);
    }
}
