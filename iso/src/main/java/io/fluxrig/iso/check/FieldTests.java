package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.format.DateLayout;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Format;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.WireField;
import java.util.ArrayList;
import java.util.List;

/** Turns a meaning's closed table and format into tests of its value. What the codec makes sure of is not tested again. */
final class FieldTests {
    private final Spec spec;

    FieldTests(Spec spec) {
        this.spec = spec;
    }

    List<ValueTest> of(FieldMeaning meaning) {
        FieldPath path = meaning.path();
        List<ValueTest> tests = new ArrayList<>();
        if (meaning.format() != null) {
            ValueTest format = format(meaning.format(), path);
            if (format != null) {
                tests.add(format);
            }
        }
        if (meaning.values() != null && meaning.values().closed()) {
            ValueSet values = new ValueSet(meaning.values().values().keySet());
            tests.add(ValueTest.listed(values, Violation.at(path, ViolationKind.VALUE)));
        }
        return tests;
    }

    private ValueTest format(Format format, FieldPath path) {
        Violation violation = Violation.at(path, ViolationKind.FORMAT);
        WireField wire = spec.wireField(path);
        return switch (format.kind()) {
            case PAN -> ValueTest.pan(format.luhn(), isSureToBeDigits(wire), violation);
            case AMOUNT -> isSureToBeDigits(wire) ? null : ValueTest.amount(violation);
            case NUMERIC -> isSureToBeDigits(wire) ? null : ValueTest.numeric(violation);
            case DATE, TIME, DATETIME -> moment(format, wire, isSureToBeDigits(wire), violation);
        };
    }

    /** Null where neither spec nor length says how it is written, as in a preserved tag that the wire layer does not list. */
    private static ValueTest moment(Format format, WireField wire, boolean digits, Violation violation) {
        String layout = format.layoutOf(wire);
        return layout.isEmpty() ? null : ValueTest.moment(DateLayout.of(layout), digits, violation);
    }

    private boolean isSureToBeDigits(WireField wire) {
        return wire != null
                && wire.chars() == CharClass.N
                && !wire.type().isBytes()
                && spec.wire().tolerance().refusesNonDigits()
                && (wire.padding().side() == Padding.Side.NONE
                        || isDigit(wire.padding().pad()));
    }

    private static boolean isDigit(byte pad) {
        return pad >= '0' && pad <= '9';
    }
}
