package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;

/**
 * What the characters of a value stand for.
 *
 * @param kind what it is
 * @param layout pattern of a date or time, such as {@code MMddHHmmss}; empty if not given
 * @param tz time zone of a date or time; empty if not given
 * @param currencyField where the currency of an amount stands, or null
 */
public record Format(Kind kind, String layout, String tz, FieldPath currencyField) {
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
}
