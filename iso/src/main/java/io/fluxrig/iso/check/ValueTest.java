package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.ValueView;
import io.fluxrig.iso.format.DateLayout;
import io.fluxrig.iso.format.Figures;

/**
 * What a value must be, where it is there at all, and what it is called if it is not. One class for all kinds, so that testing
 * is a switch and no call through a table. Allocates nothing.
 */
final class ValueTest {
    private static final int LISTED = 0;
    private static final int PAN = 1;
    private static final int PAN_WITH_CHECK_DIGIT = 2;
    private static final int AMOUNT = 3;
    private static final int NUMERIC = 4;
    private static final int MOMENT = 5;
    private static final int MOMENT_OF_DIGITS = 6;
    private static final int PAN_OF_DIGITS = 7;

    final Violation violation;
    private final int kind;
    private final ValueSet values;
    private final DateLayout layout;

    private ValueTest(int kind, ValueSet values, DateLayout layout, Violation violation) {
        this.kind = kind;
        this.values = values;
        this.layout = layout;
        this.violation = violation;
    }

    /** One of a closed table. */
    static ValueTest listed(ValueSet values, Violation violation) {
        return new ValueTest(LISTED, values, null, violation);
    }

    /**
     * A card number.
     *
     * @param digits whether the codec makes sure of digits
     */
    static ValueTest pan(boolean luhn, boolean digits, Violation violation) {
        int withCheckDigit = digits ? PAN_OF_DIGITS : PAN_WITH_CHECK_DIGIT;
        return new ValueTest(luhn ? withCheckDigit : PAN, null, null, violation);
    }

    /** A number. */
    static ValueTest numeric(Violation violation) {
        return new ValueTest(NUMERIC, null, null, violation);
    }

    /** A number that may have a sign. */
    static ValueTest amount(Violation violation) {
        return new ValueTest(AMOUNT, null, null, violation);
    }

    /**
     * A date or a time.
     *
     * @param digits whether the codec makes sure of digits
     */
    static ValueTest moment(DateLayout layout, boolean digits, Violation violation) {
        return new ValueTest(digits ? MOMENT_OF_DIGITS : MOMENT, null, layout, violation);
    }

    boolean passes(ValueView value) {
        byte[] bytes = value.bytes();
        int offset = value.offset();
        int length = value.length();
        boolean packed = value.isRaw();
        return switch (kind) {
            case LISTED -> values.has(value);
            case PAN -> Figures.isPan(bytes, offset, length, packed);
            case PAN_WITH_CHECK_DIGIT ->
                Figures.isPan(bytes, offset, length, packed) && Figures.passesLuhn(bytes, offset, length, packed);
            case PAN_OF_DIGITS ->
                length >= Figures.PAN_DIGITS_MIN
                        && length <= Figures.PAN_DIGITS_MAX
                        && Figures.passesLuhn(bytes, offset, length, packed);
            case MOMENT_OF_DIGITS -> layout.fitsDigits(bytes, offset, length);
            case AMOUNT -> Figures.isAmount(bytes, offset, length, packed);
            case NUMERIC -> Figures.isNumber(bytes, offset, length, packed);
            default -> layout.fits(bytes, offset, length, packed);
        };
    }
}
