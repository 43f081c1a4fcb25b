package io.fluxrig.engine.gear;

/** A gear cannot start; the message says what, where and what to do about it. */
public final class GearStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public GearStartException(String message) {
        super(message);
    }

    public GearStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
