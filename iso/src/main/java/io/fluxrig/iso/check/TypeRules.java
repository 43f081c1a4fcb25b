package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldSet;
import io.fluxrig.iso.rule.Condition;

/**
 * What messages of one type must keep, apart from their values. Whole fields that are always mandatory or always forbidden are
 * bits beside the message's bitmap; everything that depends on something is a rule of its own.
 *
 * @param known whether the catalog has the type
 */
record TypeRules(
        boolean known,
        FieldSet mandatory,
        FieldSet forbidden,
        UsageRule[] conditional,
        Condition[] checks,
        Violation[] unmet) {}
