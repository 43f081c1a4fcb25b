package io.fluxrig.engine.gears.macro;

import io.fluxrig.engine.gear.ErrorReasons;

/** What a terminal is told: ISO 8583:1987 response codes for the reasons that gears give for a failure. */
final class ResponseCodes {

    private ResponseCodes() {}

    /** Two digits; 96, system malfunction, for a reason unknown or missing. */
    static String of(String errorReason) {
        if (errorReason == null) {
            return "96";
        }
        return switch (errorReason) {
            case ErrorReasons.TIMEOUT, ErrorReasons.NO_DESTINATION -> "91";
            case ErrorReasons.NO_ROUTE -> "92";
            case ErrorReasons.DUPLICATE -> "94";
            case ErrorReasons.NO_KEY, ErrorReasons.MALFORMED, ErrorReasons.INVALID -> "30";
            default -> "96";
        };
    }
}
