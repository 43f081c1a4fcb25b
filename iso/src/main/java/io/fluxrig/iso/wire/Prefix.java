package io.fluxrig.iso.wire;

import java.util.Objects;

/**
 * How a field tells its length.
 *
 * <pre>
 *   ASCII.LL   length 19 -> 31 39       EBCDIC.LL -> F1 F9      BCD.LL -> 19      BCD.LLL -> 00 19
 *   BINARY.L   -> 13   BINARY.LL -> 00 13      HEX_ASCII.L -> 31 33 (one byte in hex)
 *   BER        -> 13, above 127: 81 FF, 82 01 00
 *   FIXED      -> nothing, the length is the field's own      NONE -> nothing, the value takes what is left
 * </pre>
 *
 * @param kind how the length is known
 * @param enc how the digits are written, meaningful for {@link Kind#DIGITS} only
 * @param digits 1 to 6: decimal digits, or bytes for {@link Encoding#BINARY} and {@link Encoding#HEX_ASCII}
 * @param unit what the length counts
 * @param fixedRoom whether the value always takes the room of the greatest length, whatever the prefix says
 */
public record Prefix(Kind kind, Encoding enc, int digits, LengthUnit unit, boolean fixedRoom) {

    /** The ways of knowing a length. */
    public enum Kind {
        /** The field's own length, always. */
        FIXED,
        /** A number ahead of the value. */
        DIGITS,
        /** BER length octets, short or long form. */
        BER,
        /** What is left of the surrounding body, up to the field's length. */
        NONE
    }

    /** {@code <enc>.Fixed}. */
    public static final Prefix FIXED = new Prefix(Kind.FIXED, Encoding.ASCII, 0, LengthUnit.VALUE, false);

    /** {@code BerTLV}. */
    public static final Prefix BER = new Prefix(Kind.BER, Encoding.BINARY, 0, LengthUnit.VALUE, false);

    /** {@code None}. */
    public static final Prefix NONE = new Prefix(Kind.NONE, Encoding.ASCII, 0, LengthUnit.VALUE, false);

    public Prefix {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(enc, "enc");
        Objects.requireNonNull(unit, "unit");
        if (kind == Kind.DIGITS && (digits < 1 || digits > 6)) {
            throw new IllegalArgumentException("prefix digits=" + digits + ", expected 1 to 6");
        }
    }

    /** A prefix of so many digits (bytes for binary and hex), counting units of the value. */
    public static Prefix of(Encoding enc, int digits) {
        return new Prefix(Kind.DIGITS, enc, digits, LengthUnit.VALUE, false);
    }

    /** The same prefix counting another unit. */
    public Prefix counting(LengthUnit counted) {
        return new Prefix(kind, enc, digits, counted, fixedRoom);
    }

    /** The same prefix ahead of a room of the greatest length. */
    public Prefix withFixedRoom() {
        return new Prefix(kind, enc, digits, unit, true);
    }
}
