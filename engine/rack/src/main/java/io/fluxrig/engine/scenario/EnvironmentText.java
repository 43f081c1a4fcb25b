package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:default}} in values; a doubled dollar sign in front of the brace stands
 * for the characters themselves. What a variable holds is taken as it is, never searched again.
 */
final class EnvironmentText {
    private static final String OPEN = "${";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Function<String, String> environment;
    private final Faults faults;

    /** @param environment a variable's value, null if it is not set */
    EnvironmentText(Function<String, String> environment, Faults faults) {
        this.environment = environment;
        this.faults = faults;
    }

    String replace(String text, Place place, String key) {
        int open = text.indexOf(OPEN);
        if (open < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        int copied = 0;
        while (open >= 0) {
            if (open > copied && text.charAt(open - 1) == '$') {
                out.append(text, copied, open - 1).append(OPEN);
                copied = open + OPEN.length();
            } else {
                out.append(text, copied, open);
                int close = text.indexOf('}', open);
                String reference = close < 0 ? "" : text.substring(open + OPEN.length(), close);
                out.append(valueOf(reference, place, key));
                copied = close < 0 ? text.length() : close + 1;
            }
            open = text.indexOf(OPEN, copied);
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** @param reference {@code NAME} or {@code NAME:default} */
    private String valueOf(String reference, Place place, String key) {
        int colon = reference.indexOf(':');
        String name = colon < 0 ? reference : reference.substring(0, colon);
        if (!NAME.matcher(name).matches()) {
            faults.error(
                    place,
                    key,
                    "'${' begins no reference to an environment variable",
                    "write ${NAME}, ${NAME:default}, or $${ for the characters themselves");
            return "";
        }
        String value = environment.apply(name);
        if (value == null && colon < 0) {
            faults.error(
                    place,
                    key,
                    "environment variable " + name + " is not set",
                    "set it, or give a default: ${" + name + ":default}");
            return "";
        }
        return value == null ? reference.substring(colon + 1) : value;
    }
}
