package io.fluxrig.transport.cbor;

/**
 * Why CBOR was refused, as negative values on the hot path. The first fault sticks: later calls on the same flyweight
 * return it again, so a caller may look once at the end.
 */
public final class CborFault {
    /** No fault. */
    public static final int NONE = 0;
    /** The bytes end inside an item. */
    public static final int TRUNCATED = -1;
    /** Another type stands there than was asked for. */
    public static final int WRONG_TYPE = -2;
    /** Well formed, but not the shortest form (RFC 8949, 4.2.1), or of indefinite length. */
    public static final int NOT_DETERMINISTIC = -3;
    /** Map keys not in ascending order of their bytes, or one twice. */
    public static final int KEY_ORDER = -4;
    /** Text that is not UTF-8. */
    public static final int NOT_UTF8 = -5;
    /** Nested deeper than {@link CborReader#DEPTH_MAX}. */
    public static final int TOO_DEEP = -6;
    /** A string, a count or a number above its limit. */
    public static final int TOO_LARGE = -7;
    /** A reserved initial byte or an ill-formed simple value. */
    public static final int MALFORMED = -8;
    /** Bytes stand behind the item. */
    public static final int TRAILING_BYTES = -9;
    /** A value outside what the key allows, such as a trace that is not 32 hex digits. */
    public static final int WRONG_VALUE = -10;
    /** The destination has no room for what was written. */
    public static final int NO_ROOM = -11;
    /** A map was opened and not closed, or closed with a key missing. */
    public static final int UNBALANCED = -12;

    private CborFault() {}

    /** The fault's name for a log line or a metric label. */
    public static String name(int fault) {
        return switch (fault) {
            case NONE -> "none";
            case TRUNCATED -> "truncated";
            case WRONG_TYPE -> "wrong_type";
            case NOT_DETERMINISTIC -> "not_deterministic";
            case KEY_ORDER -> "key_order";
            case NOT_UTF8 -> "not_utf8";
            case TOO_DEEP -> "too_deep";
            case TOO_LARGE -> "too_large";
            case MALFORMED -> "malformed";
            case TRAILING_BYTES -> "trailing_bytes";
            case WRONG_VALUE -> "wrong_value";
            case NO_ROOM -> "no_room";
            case UNBALANCED -> "unbalanced";
            default -> "unknown";
        };
    }
}
