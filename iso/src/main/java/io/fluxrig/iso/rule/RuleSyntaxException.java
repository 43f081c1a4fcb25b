package io.fluxrig.iso.rule;

/** Says where a condition stops being one, and what was expected there. Thrown at load, never while messages flow. */
public final class RuleSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String expected;

    RuleSyntaxException(int position, String expected, String found) {
        super("at character " + (position + 1) + ": expected " + expected + ", found " + found);
        this.position = position;
        this.expected = expected;
    }

    /** Index into the text, from 0. */
    public int position() {
        return position;
    }

    /** What would have been right. */
    public String expected() {
        return expected;
    }
}
