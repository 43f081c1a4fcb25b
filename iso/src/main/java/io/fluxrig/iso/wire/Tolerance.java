package io.fluxrig.iso.wire;

import java.util.Objects;

/**
 * What a dialect takes although it should not be so; nothing, unless the spec says otherwise. Read and written alike, so that
 * a message that came in can go out again. Bytes behind the last field are {@link TrailingBytes}.
 *
 * @param overLong values longer than their greatest length, as far as their prefix can tell one
 * @param nonDigits other characters in values of class {@code n}; not in the MTI
 * @param unknownFields how fields that the dialect lacks tell their length, each kept as bytes; null where they are refused
 */
public record Tolerance(boolean overLong, boolean nonDigits, Prefix unknownFields) {

    /** Takes nothing. */
    public static final Tolerance NONE = new Tolerance(false, false, null);

    public Tolerance {
        if (unknownFields != null && unknownFields.kind() != Prefix.Kind.DIGITS) {
            throw new IllegalArgumentException("unknown fields have no length but what a prefix of digits tells");
        }
    }

    /** Whether values of class {@code n} are digits and nothing else. */
    public boolean refusesNonDigits() {
        return !nonDigits;
    }

    /** The field or part as it is taken; {@code prefixMax} is the greatest length that its prefix can tell. */
    public WireField applied(WireField field, int prefixMax) {
        Objects.requireNonNull(field, "field");
        boolean longer = overLong
                && field.prefix().kind() == Prefix.Kind.DIGITS
                && !field.prefix().fixedRoom()
                && prefixMax > field.length();
        boolean freer = nonDigits && field.chars() == CharClass.N;
        if (!longer && !freer) {
            return field;
        }
        return new WireField(
                field.key(),
                field.description(),
                field.type(),
                field.enc(),
                field.prefix(),
                field.padding(),
                longer ? prefixMax : field.length(),
                field.lengthMin(),
                freer ? CharClass.ANY : field.chars(),
                field.composite());
    }

    /** What stands for a field that the dialect lacks. */
    public WireField unknownField(int number, int prefixMax) {
        return WireField.prefixed(
                Integer.toString(number), WireType.BINARY, Encoding.BINARY, unknownFields, prefixMax, CharClass.ANY);
    }
}
