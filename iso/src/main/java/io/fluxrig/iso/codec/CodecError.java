package io.fluxrig.iso.codec;

/**
 * Why the last decode or encode was refused: reused by its codec, valid until that codec's next call. Names the path,
 * the byte and what was expected; never a value.
 */
public final class CodecError {

    /** Nothing was refused. */
    public static final int NONE = 0;
    /** The bytes end inside a value. */
    public static final int TRUNCATED = -1;
    /** A length prefix is not digits of its encoding, or not a BER length. */
    public static final int LENGTH_MALFORMED = -2;
    /** A length is above the field's greatest or below its least. */
    public static final int LENGTH_OUT_OF_BOUNDS = -3;
    /** A character is not of the field's class, or not one of its encoding. */
    public static final int CHARACTER = -4;
    /** The bitmap or a message names a field that the dialect does not have. */
    public static final int FIELD_UNDEFINED = -5;
    /** A tag is not a tag, or unknown where unknown ones are refused. */
    public static final int TAG = -6;
    /** The bitmap is not hex of its encoding, or extends where it may not. */
    public static final int BITMAP = -7;
    /** Bytes stand behind the last field or part. */
    public static final int TRAILING_BYTES = -8;
    /** Too deep, too many parts or groups, or too long a message. */
    public static final int LIMIT = -9;
    /** The destination array has no room. */
    public static final int NO_ROOM = -10;
    /** A value cannot be written as this dialect's field: a tree where text is due, or the reverse. */
    public static final int KIND = -11;
    /** The message has no MTI, or one that is not four digits. */
    public static final int MTI = -12;

    private int code;
    private int byteOffset;
    private String path = "";
    private String expected = "";

    CodecError() {}

    /** One of the constants. */
    public int code() {
        return code;
    }

    /** The path of the field: {@code MTI}, {@code bitmap}, {@code DE 55.9F26}; of the message if it is empty. */
    public String path() {
        return path;
    }

    /** The byte of the message (not of the array) at which it was refused; on encode, of the message being written. */
    public int byteOffset() {
        return byteOffset;
    }

    /** What was expected there, in names and numbers. */
    public String expected() {
        return expected;
    }

    void clear() {
        code = NONE;
        byteOffset = 0;
        path = "";
        expected = "";
    }

    int set(int newCode, String newPath, int newByteOffset, String newExpected) {
        code = newCode;
        path = newPath;
        byteOffset = newByteOffset;
        expected = newExpected;
        return newCode;
    }

    /** {@code DE 55.9F26 at byte 131: expected ...}. */
    @Override
    public String toString() {
        return code == NONE ? "none" : path + " at byte " + byteOffset + ": expected " + expected;
    }
}
