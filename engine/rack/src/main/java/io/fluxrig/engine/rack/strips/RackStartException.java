package io.fluxrig.engine.rack.strips;

/** A rack did not start; the message names the gear, the line of the scenario and what to do. Everything begun is stopped. */
public final class RackStartException extends Exception {
    private static final long serialVersionUID = 1L;

    RackStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
