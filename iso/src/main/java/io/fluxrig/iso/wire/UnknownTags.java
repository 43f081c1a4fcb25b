package io.fluxrig.iso.wire;

/** What happens to a tag that the spec does not name. */
public enum UnknownTags {
    /** Kept byte for byte and written again. */
    PRESERVE,
    /** Stepped over; lost when the composite is written again field by field. */
    SKIP,
    /** The message is refused. */
    REJECT
}
