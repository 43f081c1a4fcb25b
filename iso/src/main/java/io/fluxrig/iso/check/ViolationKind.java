package io.fluxrig.iso.check;

import java.util.Locale;

/** The kinds of violations; few, so that each may be a label of a metric. */
public enum ViolationKind {
    /** The message type is not in the catalog. */
    MTI,
    /** A mandatory field is not there. */
    MISSING,
    /** A forbidden field is there. */
    FORBIDDEN,
    /** A value is none of its closed table. */
    VALUE,
    /** A value is not what its format says. */
    FORMAT,
    /** One of the spec's own checks does not hold. */
    CHECK,
    /** A value of an answer is not its request's, or has none to come from. */
    ECHO;

    /** As it stands in {@code codec.violations} and in labels. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
