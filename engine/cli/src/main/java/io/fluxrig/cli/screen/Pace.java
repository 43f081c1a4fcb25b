package io.fluxrig.cli.screen;

import java.util.Map;

/**
 * How fast a rack goes, from one look at it to the next.
 *
 * @param tps requests a second that its switches took
 * @param messages a second, by gear; empty before the second look
 */
public record Pace(double tps, Map<String, Double> messages) {
    /** Of a rack that has just begun, or is silent. */
    static final Pace NONE = new Pace(0, Map.of());
}
