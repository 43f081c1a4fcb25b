package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.ValueView;
import io.fluxrig.iso.format.DateLayout;
import io.fluxrig.iso.format.Figures;

/** What a value must be, where it is there at all; says itself what it is called if it is not. Allocates nothing. */
abstract class ValueTest {
    final Violation violation;

    ValueTest(Violation violation) {
        this.violation = violation;
    }

    abstract boolean passes(ValueView value);

    /** One of a closed table. */
    static final class Listed extends ValueTest {
        private final ValueSet values;

        Listed(ValueSet values, Violation violation) {
            super(violation);
            this.values = values;
        }

        @Override
        boolean passes(ValueView value) {
            return values.has(value);
        }
    }

    /** A card number. */
    static final class Pan extends ValueTest {
        private final boolean luhn;

        Pan(boolean luhn, Violation violation) {
            super(violation);
            this.luhn = luhn;
        }

        @Override
        boolean passes(ValueView value) {
            byte[] bytes = value.bytes();
            int offset = value.offset();
            int length = value.length();
            return Figures.isPan(bytes, offset, length, value.isRaw())
                    && (!luhn || Figures.passesLuhn(bytes, offset, length, value.isRaw()));
        }
    }

    /** A number, or an amount that may have a sign. */
    static final class Number extends ValueTest {
        private final boolean amount;

        Number(boolean amount, Violation violation) {
            super(violation);
            this.amount = amount;
        }

        @Override
        boolean passes(ValueView value) {
            return amount
                    ? Figures.isAmount(value.bytes(), value.offset(), value.length(), value.isRaw())
                    : Figures.isNumber(value.bytes(), value.offset(), value.length(), value.isRaw());
        }
    }

    /** A date or a time. */
    static final class Moment extends ValueTest {
        private final DateLayout layout;

        Moment(DateLayout layout, Violation violation) {
            super(violation);
            this.layout = layout;
        }

        @Override
        boolean passes(ValueView value) {
            return layout.fits(value.bytes(), value.offset(), value.length(), value.isRaw());
        }
    }
}
