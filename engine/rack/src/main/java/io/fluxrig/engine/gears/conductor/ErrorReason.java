package io.fluxrig.engine.gears.conductor;

import java.util.Locale;

/** Why a message leaves on {@code error}. */
enum ErrorReason {
    NO_ROUTE,
    NO_DESTINATION,
    NO_KEY,
    TIMEOUT,
    UNMATCHED_REPLY,
    OVERLOAD,
    DUPLICATE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it stands in {@code error.reason}. */
    String text() {
        return text;
    }
}
