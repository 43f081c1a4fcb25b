package io.fluxrig.load.tally;

/** What {@link AnswerCheck} found an answer to be. */
public enum Verdict {
    /** The first answer to an open request of this connection, with its own numbers. */
    RIGHT,
    CROSS_WIRED,
    DUPLICATE,
    UNKNOWN,
    WRONG_TYPE,
    /** It does not say what was decided. */
    NO_CODE
}
