package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.Check;
import java.util.Locale;

/**
 * One way in which a message may break its spec's rules; made when the rules are compiled. Never holds a value.
 *
 * @param where the field's path, {@code mti}, or a check's name in double quotes
 * @param kind what is wrong there
 * @param severity what it does to the message
 */
public record Violation(String where, ViolationKind kind, Check.Severity severity) {

    /** A violation at a field that refuses the message. */
    static Violation at(FieldPath path, ViolationKind kind) {
        return new Violation(path.toString(), kind, Check.Severity.REJECT);
    }

    /** A check that does not hold; what would end its item in {@code codec.violations} is left out of its name. */
    static Violation of(Check check) {
        String name = check.name().replaceAll("[\";\\p{Cntrl}]", " ");
        return new Violation('"' + name + '"', ViolationKind.CHECK, check.severity());
    }

    /** {@code 55.9F02 missing reject}. */
    @Override
    public String toString() {
        return where + ' ' + kind.word() + ' ' + severity.name().toLowerCase(Locale.ROOT);
    }
}
