package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:default}} in values; a doubled dollar sign in front of the brace stands
 * for the characters themselves. What a variable holds is taken as it is, never searched again.
 */
final class EnvironmentText {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}:]*)(?::([^}]*))?(\\})?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Function<String, String> environment;
    private final Faults faults;

    /** @param environment a variable's value, null if it is not set */
    EnvironmentText(Function<String, String> environment, Faults faults) {
        this.environment = environment;
        this.faults = faults;
    }

    String replace(String text, Place place, String key) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher match = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder(text.length() + 32);
        while (match.find()) {
            String value = match.group().startsWith("$$") ? "${" : valueOf(match, place, key);
            match.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return match.appendTail(out).toString();
    }

    private String valueOf(Matcher match, Place place, String key) {
        String name = match.group(1);
        if (match.group(3) == null || !NAME.matcher(name).matches()) {
            faults.error(
                    place,
                    key,
                    "'${' begins no reference to an environment variable",
                    "write ${NAME}, ${NAME:default}, or $${ for the characters themselves");
            return "";
        }
        String value = environment.apply(name);
        if (value != null) {
            return value;
        }
        if (match.group(2) == null) {
            faults.error(
                    place,
                    key,
                    "environment variable " + name + " is not set",
                    "set it, or give a default: ${" + name + ":default}");
            return "";
        }
        return match.group(2);
    }
}
