package io.fluxrig.engine.config;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an unquoted word means where no key says its type: YAML 1.2 core schema, with two exceptions. Digits with a leading
 * zero stay text, since {@code 0100} is a message type and not the number one hundred; so does what has an exponent.
 */
public final class PlainScalar {
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern WHOLE = Pattern.compile("[+-]?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");

    private PlainScalar() {}

    /** A Boolean, a Long, a Double, or the text itself. */
    public static Object resolve(String text) {
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        if (WHOLE.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }
}
