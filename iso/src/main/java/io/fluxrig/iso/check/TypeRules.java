package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldSet;
import io.fluxrig.iso.rule.Condition;

/**
 * What messages of one type must keep, apart from their values.
 *
 * @param known whether the catalog has the type
 * @param mandatory whole fields that are mandatory always
 * @param forbidden whole fields that are forbidden always
 * @param usages of whole fields with conditions, of parts, and of the MTI
 * @param checks the spec's own
 * @param unmet beside each check
 */
record TypeRules(
        boolean known,
        FieldSet mandatory,
        FieldSet forbidden,
        UsageRule[] usages,
        Condition[] checks,
        Violation[] unmet) {}
