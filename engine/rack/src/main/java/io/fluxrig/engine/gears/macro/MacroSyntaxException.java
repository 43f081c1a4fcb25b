package io.fluxrig.engine.gears.macro;

/** A value is no value: what is wrong with it and where. Thrown when a scenario is checked, never while messages flow. */
public final class MacroSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    MacroSyntaxException(String message) {
        super(message);
    }
}
