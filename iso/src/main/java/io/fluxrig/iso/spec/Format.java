package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;

/**
 * What the characters of a value stand for.
 *
 * @param kind what it is
 * @param layout pattern of a date or time, such as {@code MMddHHmmss}; empty if not given
 * @param tz time zone of a date or time; empty if not given
 * @param currencyField where the currency of an amount stands, or null
 * @param luhn whether the last digit of a card number must be its check digit
 */
public record Format(Kind kind, String layout, String tz, FieldPath currencyField, boolean luhn) {
    /** The kinds of values. */
    public enum Kind {
        PAN,
        AMOUNT,
        DATE,
        TIME,
        DATETIME,
        NUMERIC;

        /** Whether values compare by size. */
        public boolean isNumber() {
            return this == AMOUNT || this == NUMERIC;
        }
    }

    /**
     * The pattern of a date or a time: the one given, else the usual one of the length, {@code MMdd} for a date of 4.
     *
     * @param field where it stands, or null if that is not known
     * @return empty if there is none
     */
    public String layoutOf(WireField field) {
        return layout.isEmpty() ? usual(kind, characters(field)) : layout;
    }

    /** How many characters the value always has; 0 if that differs or is not known. */
    static int characters(WireField field) {
        boolean fixed = field != null && field.prefix().kind() == Prefix.Kind.FIXED;
        return fixed ? field.length() * (field.type().isBytes() ? 2 : 1) : 0;
    }

    private static String usual(Kind kind, int characters) {
        return switch (kind) {
            case DATE -> characters == 4 ? "MMdd" : characters == 6 ? "yyMMdd" : characters == 8 ? "yyyyMMdd" : "";
            case TIME -> characters == 4 ? "HHmm" : characters == 6 ? "HHmmss" : "";
            case DATETIME ->
                switch (characters) {
                    case 10 -> "MMddHHmmss";
                    case 12 -> "yyMMddHHmmss";
                    case 14 -> "yyyyMMddHHmmss";
                    default -> "";
                };
            default -> "";
        };
    }
}
