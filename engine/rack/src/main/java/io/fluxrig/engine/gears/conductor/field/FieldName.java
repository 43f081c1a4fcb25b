package io.fluxrig.engine.gears.conductor.field;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.Spec;

/**
 * Names of values as configuration writes them: an alias of the message's own dialect, a field path, or
 * {@code iso8583.mti_class}.
 */
public final class FieldName {
    /** Version and class of the message type, the same for a request and its answer: {@code 01} of 0100 and 0110. */
    public static final String MTI_CLASS = "iso8583.mti_class";

    private static final String ISO = "iso8583.";

    private FieldName() {}

    /** What is wrong with the name, null if nothing; an alias is known only once a dialect is at hand. */
    public static String fault(String name) {
        if (name.equals(MTI_CLASS) || isAlias(name)) {
            return null;
        }
        try {
            FieldPath.parse(name);
            return null;
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage();
        }
    }

    /** The path of the name in a dialect, null if it has no such value; without a dialect only paths are known. */
    public static FieldPath resolve(String name, Spec spec) {
        if (spec != null) {
            return spec.path(name);
        }
        return isAlias(name) ? null : FieldPath.parse(name);
    }

    /** Whether the name, if it names anything, may be a field and not a part of one or the message type. */
    public static boolean mayBeWholeField(String name) {
        if (fault(name) != null || isAlias(name)) {
            return true;
        }
        FieldPath path = name.equals(MTI_CLASS) ? null : FieldPath.parse(name);
        return path != null && path.depth() == 0 && path.field() > 0;
    }

    private static boolean isAlias(String name) {
        return !name.isEmpty() && Character.isLetter(name.charAt(0)) && !name.startsWith(ISO) && !name.equals("mti");
    }
}
