package io.fluxrig.engine.rack.api;

/** What a rack that a mixer leads shows of its passport. Any thread. */
public interface RackPassport {
    /** Seconds until it expires, negative once it has; NaN while there is none. */
    double leftSeconds();

    /** That it expires soon, or has, and what to do; empty while it is good for long. */
    String warning();
}
