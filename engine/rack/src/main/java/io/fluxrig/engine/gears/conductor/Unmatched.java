package io.fluxrig.engine.gears.conductor;

import java.util.Locale;

/** Why an answer redeems no ticket; all leave on {@code error} as {@code unmatched_reply}. */
enum Unmatched {
    /** Its request has timed out. */
    LATE,
    /** Its request was answered before. */
    DUPLICATE,
    /** No request has its key. */
    UNKNOWN,
    /** The request of its key was sent to another destination, or differs in a value that an answer repeats. */
    FOREIGN,
    /** Its message type does not answer that of its request. */
    WRONG_TYPE;

    /** As it stands in a metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
