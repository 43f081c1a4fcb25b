package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.ErrorReasons;

/** Why a message leaves on {@code error}. */
enum ErrorReason {
    NO_ROUTE(ErrorReasons.NO_ROUTE),
    NO_DESTINATION(ErrorReasons.NO_DESTINATION),
    NO_KEY(ErrorReasons.NO_KEY),
    TIMEOUT(ErrorReasons.TIMEOUT),
    UNMATCHED_REPLY(ErrorReasons.UNMATCHED_REPLY),
    OVERLOAD(ErrorReasons.OVERLOAD),
    DUPLICATE(ErrorReasons.DUPLICATE);

    private static final ErrorReason[] ALL = values();

    private final String text;

    ErrorReason(String text) {
        this.text = text;
    }

    /** As it stands in {@code error.reason}. */
    String text() {
        return text;
    }

    /** The reason that a ticket or an outcome keeps as its ordinal. Allocates nothing. */
    static ErrorReason ofOrdinal(int ordinal) {
        return ALL[ordinal];
    }
}
