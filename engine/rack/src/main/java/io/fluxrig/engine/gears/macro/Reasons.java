package io.fluxrig.engine.gears.macro;

/** What a terminal is told: ISO 8583:1987 response codes for the reasons that gears give for a failure. */
final class Reasons {

    private Reasons() {}

    /** Two digits; 96, system malfunction, for a reason unknown or missing. */
    static String responseCode(String errorReason) {
        if (errorReason == null) {
            return "96";
        }
        return switch (errorReason) {
            case "timeout", "no_destination" -> "91";
            case "no_route" -> "92";
            case "duplicate" -> "94";
            case "no_key", "malformed" -> "30";
            default -> "96";
        };
    }
}
