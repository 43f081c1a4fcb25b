package io.fluxrig.iso.codec;

/**
 * Why the last decode or encode was refused: reused by its codec, valid until that codec's next call. Names the path,
 * the byte and what was expected; never a value. Its texts are made when asked for.
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
    /** The bitmap is not hex of its encoding. */
    public static final int BITMAP = -7;
    /** Bytes stand behind the last field or part. */
    public static final int TRAILING_BYTES = -8;
    /** Too deep, too many parts or groups, or too long a message. */
    public static final int LIMIT = -9;
    /** The destination array has no room. */
    public static final int NO_ROOM = -10;
    /** A value cannot be written as this dialect's field: a changed tree where text or bytes are due. */
    public static final int KIND = -11;
    /** The message has no MTI, or one that is not four digits. */
    public static final int MTI = -12;

    /** Code that reads or writes messages in place of a codec refused it; it says where, as far as it knows. */
    public static final int CODE = -13;

    /** Where {@link #byteOffset} is not known. */
    public static final int NOWHERE = -1;
    /** Stands for the bitmap where a path's field number would. */
    static final int AT_BITMAP = -1;
    /** Stands for the whole message where a field's number would. */
    public static final int AT_MESSAGE = -2;

    private static final int DEPTH_MAX = 72;

    private int code;
    private int byteOffset;
    private int field;
    private final long[] keys = new long[DEPTH_MAX + 1];
    private int depth;
    private int wanted;
    private int found;
    private String what = "";

    /** For whoever reads or writes messages without a codec. */
    public CodecError() {}

    /** One of the constants. */
    public int code() {
        return code;
    }

    /** The path of the field: {@code MTI}, {@code bitmap}, {@code DE 55.9F26}; {@code message} for the whole of it. */
    public String path() {
        if (code == NONE) {
            return "";
        }
        StringBuilder path = new StringBuilder(32);
        switch (field) {
            case 0 -> path.append("MTI");
            case AT_BITMAP -> path.append("bitmap");
            case AT_MESSAGE -> path.append("message");
            default -> path.append("DE ").append(field);
        }
        for (int i = depth - 1; i >= 0; i--) {
            path.append('.').append(PartKey.text(keys[i]));
        }
        return path.toString();
    }

    /**
     * The byte of the message (not of the array) at which it was refused; on encode, of the message being written. {@link #NOWHERE}
     * where code refused it that does not say.
     */
    public int byteOffset() {
        return code == NONE ? 0 : byteOffset;
    }

    /** What was expected there, in names and numbers. */
    public String expected() {
        return switch (code) {
            case NONE -> "nothing else";
            case TRUNCATED -> wanted + " bytes, length=" + found;
            case LENGTH_MALFORMED -> "a length in " + what;
            case LENGTH_OUT_OF_BOUNDS -> what + " " + wanted + ", length=" + found;
            case CHARACTER -> "characters of class " + what;
            case FIELD_UNDEFINED -> "only fields that the dialect has";
            case TAG -> what;
            case BITMAP -> "a bitmap in hex digits";
            case TRAILING_BYTES -> "the end, " + found + (found == 1 ? " byte" : " bytes") + " before it comes";
            case LIMIT -> "at most " + wanted + " " + what;
            case NO_ROOM -> "room for " + wanted + " bytes, room=" + found;
            case KIND, CODE -> what;
            default -> "a message type of four digits";
        };
    }

    /** As if nothing had been refused. */
    public void clear() {
        code = NONE;
    }

    /**
     * Tells what was refused; whoever reads or writes messages without a codec says it so too.
     *
     * @param newField the DE, 0 for the message type, {@link #AT_MESSAGE}
     * @param newByteOffset {@link #NOWHERE} if not known
     * @param newWhat what was expected, in names and numbers, as {@link #expected} puts it with the two that follow; never a value
     * @return {@code newCode}
     */
    public int refuse(int newCode, int newField, int newByteOffset, String newWhat, int newWanted, int newFound) {
        code = newCode;
        field = newField;
        depth = 0;
        byteOffset = newByteOffset;
        what = newWhat;
        wanted = newWanted;
        found = newFound;
        return newCode;
    }

    /** As {@link #refuse}, at the path of a slot. */
    int refuseAt(int newCode, Slots slots, int slot, int newByteOffset, String newWhat, int newWanted, int newFound) {
        refuse(newCode, slots.field(slot), newByteOffset, newWhat, newWanted, newFound);
        for (int at = slot; at >= Slots.FIELDS && depth < DEPTH_MAX; at = slots.get(at, Slots.PARENT)) {
            keys[depth++] = slots.keys[at];
        }
        return newCode;
    }

    /** Says that it was a part, without a slot, of what was refused. */
    int inPart(long key) {
        System.arraycopy(keys, 0, keys, 1, depth++);
        keys[0] = key;
        return code;
    }

    /** {@code DE 55.9F26 at byte 131: expected ...}. */
    @Override
    public String toString() {
        if (code == NONE) {
            return "none";
        }
        return path() + (byteOffset < 0 ? "" : " at byte " + byteOffset) + ": expected " + expected();
    }
}
