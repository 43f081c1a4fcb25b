package io.fluxrig.iso.wire;

import java.util.Objects;

/**
 * Where and how one field, sub-field or MTI is written.
 *
 * @param key its own part of the path: {@code 2}, {@code 9F02}, {@code mti}
 * @param description what people call it
 * @param type what the value is
 * @param enc how the value is written; ignored for composites
 * @param prefix how its length is told
 * @param padding how a short value is filled
 * @param length the fixed or greatest length, in units of the value (bytes for composites)
 * @param lengthMin the least length, 0 unless the dialect says more; ignored where the prefix is fixed
 * @param chars the characters it may hold; ignored for bytes and composites
 * @param composite its parts; null unless {@code type} is COMPOSITE
 */
public record WireField(
        String key,
        String description,
        WireType type,
        Encoding enc,
        Prefix prefix,
        Padding padding,
        int length,
        int lengthMin,
        CharClass chars,
        Composite composite) {

    public WireField {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(enc, "enc");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(padding, "padding");
        Objects.requireNonNull(chars, "chars");
        if ((type == WireType.COMPOSITE) != (composite != null)) {
            throw new IllegalArgumentException("field " + key + ": type=" + type + " composite=" + (composite != null));
        }
        if (length < 0 || lengthMin < 0 || lengthMin > length) {
            throw new IllegalArgumentException("field " + key + ": length=" + length + " lengthMin=" + lengthMin);
        }
    }

    /** A field of a fixed length. */
    public static WireField fixed(String key, WireType type, Encoding enc, int length, CharClass chars) {
        return new WireField(key, "", type, enc, Prefix.FIXED, Padding.NONE, length, 0, chars, null);
    }

    /** A field with a length ahead of it. */
    public static WireField prefixed(
            String key, WireType type, Encoding enc, Prefix prefix, int lengthMax, CharClass chars) {
        return new WireField(key, "", type, enc, prefix, Padding.NONE, lengthMax, 0, chars, null);
    }

    /** A field of parts. */
    public static WireField composite(String key, Prefix prefix, int lengthMax, Composite composite) {
        return new WireField(
                key,
                "",
                WireType.COMPOSITE,
                Encoding.BINARY,
                prefix,
                Padding.NONE,
                lengthMax,
                0,
                CharClass.ANY,
                composite);
    }

    /** The same field, filled so. */
    public WireField padded(Padding with) {
        return new WireField(key, description, type, enc, prefix, with, length, lengthMin, chars, composite);
    }

    /** The same field, called so. */
    public WireField described(String as) {
        return new WireField(key, as, type, enc, prefix, padding, length, lengthMin, chars, composite);
    }
}
