package io.fluxrig.engine.gear;

/**
 * The words that built-in gears put into {@code error.reason}; those behind an {@code error} port decide by them. They show in
 * scenarios and metrics, so none may change its spelling. A gear pack may add words of its own.
 */
public final class ErrorReasons {

    // --- conductor ---

    public static final String NO_ROUTE = "no_route";
    public static final String NO_DESTINATION = "no_destination";
    public static final String NO_KEY = "no_key";
    public static final String TIMEOUT = "timeout";
    public static final String UNMATCHED_REPLY = "unmatched_reply";
    /** Of codecs too, in front of a wire that has had no room for too long. */
    public static final String OVERLOAD = "overload";

    public static final String DUPLICATE = "duplicate";

    // --- codec ---

    /** Bytes that cannot be decoded. */
    public static final String MALFORMED = "malformed";

    /** Fields that the dialect cannot write. */
    public static final String NOT_ENCODABLE = "not_encodable";

    /** Decoded or to be encoded, but not as the spec demands. */
    public static final String INVALID = "invalid";

    private ErrorReasons() {}
}
