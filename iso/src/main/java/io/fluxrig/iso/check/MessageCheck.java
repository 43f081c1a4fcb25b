package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.FieldSet;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.codec.ValueView;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.spec.Check;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.Usage;
import io.fluxrig.iso.wire.WireSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds messages against what their spec says of them: message types outside of the catalog, fields that must or must not be
 * there, values outside of closed tables or not in their format, and the spec's own checks, in that order.
 *
 * <pre>
 *   type and bitmap seen before?  no: learn what they leave open -----.
 *         '-- yes ---------------------------------------------------> usages that depend on values -> values -> checks
 * </pre>
 *
 * <p>Compiled once for each strip (conditions have scratch space). {@link #check} allocates nothing, and costs at most one
 * look at each value for each rule about it, twice that where the bitmap is new. No value of a message stays behind in it.
 */
public final class MessageCheck {
    /** Types and bitmaps remembered; with more, those that share a place are learnt again each time. */
    private static final int BITMAPS = 32;

    private static final ValueTest[] NO_TESTS = {};

    /** Values inside a field, or of the MTI. */
    private record PartTests(FieldPath path, ValueTest[] tests) {}

    private final int[] types;
    private final TypeRules[] rulesByType;
    private final TypeRules rulesOfOthers;
    private final Violation notInCatalog = new Violation("mti", ViolationKind.MTI, Check.Severity.REJECT);
    private final Violation[] missing = new Violation[WireSpec.FIELD_MAX + 1];
    private final Violation[] forbidden = new Violation[WireSpec.FIELD_MAX + 1];
    private final FieldSet tested = new FieldSet();
    private final ValueTest[][] testsByField = new ValueTest[WireSpec.FIELD_MAX + 1][];
    private final PartTests[] partTests;
    private final BitmapRules[] bitmaps = new BitmapRules[BITMAPS];
    private BitmapRules last;
    private final Violations violations = new Violations();
    private final ValueView view = new ValueView();

    /** Compiles the spec's usages, tables, formats and checks. */
    public MessageCheck(Spec spec) {
        Compiled compiled = new Compiled(spec);
        types = compiled.types();
        rulesByType = new TypeRules[types.length];
        for (int i = 0; i < types.length; i++) {
            rulesByType[i] = rules(spec, compiled, types[i]);
        }
        rulesOfOthers = rules(spec, compiled, IsoMessage.ABSENT);
        partTests = compileTests(spec);
        int usages = rulesOfOthers.usages().length;
        for (TypeRules rules : rulesByType) {
            usages = Math.max(usages, rules.usages().length);
        }
        for (int i = 0; i < BITMAPS; i++) {
            bitmaps[i] = new BitmapRules(
                    usages,
                    spec.meanings().size(),
                    partTests.length,
                    spec.checks().size());
        }
        last = bitmaps[0];
    }

    private PartTests[] compileTests(Spec spec) {
        FieldTests compiler = new FieldTests(spec);
        List<PartTests> parts = new ArrayList<>();
        for (FieldMeaning meaning : spec.meanings().values()) {
            ValueTest[] tests = compiler.of(meaning).toArray(NO_TESTS);
            FieldPath path = meaning.path();
            if (tests.length > 0 && path.depth() == 0 && path.field() > 0) {
                tested.add(path.field());
                testsByField[path.field()] = tests;
            } else if (tests.length > 0) {
                parts.add(new PartTests(path, tests));
            }
        }
        return parts.toArray(PartTests[]::new);
    }

    private TypeRules rules(Spec spec, Compiled compiled, int mti) {
        FieldSet mandatory = new FieldSet();
        FieldSet notAllowed = new FieldSet();
        List<UsageRule> conditional = new ArrayList<>();
        for (FieldMeaning meaning : spec.meanings().values()) {
            List<Usage> usages = Compiled.usages(meaning, mti);
            int field = meaning.path().field();
            if (usages.isEmpty()) {
                continue;
            }
            if (meaning.path().depth() > 0
                    || field == 0
                    || !usages.get(0).when().isEmpty()) {
                conditional.add(new UsageRule(meaning.path(), usages, compiled.whens(usages)));
            } else if (usages.get(0).presence() == Usage.Presence.MANDATORY) {
                mandatory.add(field);
                missing[field] = Violation.at(meaning.path(), ViolationKind.MISSING);
            } else if (usages.get(0).presence() == Usage.Presence.FORBIDDEN) {
                notAllowed.add(field);
                forbidden[field] = Violation.at(meaning.path(), ViolationKind.FORBIDDEN);
            }
        }
        List<Check> checks = spec.checks().stream()
                .filter(check -> check.mtis().isEmpty() || check.mtis().contains(mti))
                .toList();
        return new TypeRules(
                spec.catalog().isEmpty() || spec.catalog().containsKey(mti),
                mandatory,
                notAllowed,
                conditional.toArray(UsageRule[]::new),
                checks.stream()
                        .map(check -> compiled.condition(check.assertion()))
                        .toArray(Condition[]::new),
                checks.stream().map(Violation::of).toArray(Violation[]::new));
    }

    /**
     * Checks one message.
     *
     * @return how many violations there are; {@link #violations()} tells them
     */
    public int check(IsoMessage message) {
        violations.clear();
        BitmapRules rules = last.isFor(message) ? last : remembered(message);
        for (int i = 0; i < rules.certainCount; i++) {
            violations.add(rules.certain[i]);
        }
        for (int i = 0; i < rules.usageCount; i++) {
            Violation broken = rules.usages[i].broken(message);
            if (broken != null) {
                violations.add(broken);
            }
        }
        values(message, rules);
        for (int i = 0; i < rules.checkCount; i++) {
            if (!rules.checks[i].test(message)) {
                violations.add(rules.unmet[i]);
            }
        }
        return violations.count();
    }

    private void values(IsoMessage message, BitmapRules rules) {
        for (int i = 0; i < rules.fieldCount; i++) {
            int field = rules.fields[i];
            view.showPresent(message, field);
            if (!view.isRaw()
                    || message.kind(field) != IsoMessage.TREE) { // what another dialect splits has no value here
                test(testsByField[field]);
            }
        }
        for (int i = 0; i < rules.partCount; i++) {
            PartTests part = partTests[rules.parts[i]];
            if (view.show(message, part.path())) {
                test(part.tests());
            }
        }
        view.wipe();
    }

    private void test(ValueTest[] tests) {
        for (ValueTest test : tests) {
            if (!test.passes(view)) {
                violations.add(test.violation);
            }
        }
    }

    private BitmapRules remembered(IsoMessage message) {
        BitmapRules rules = bitmaps[(int) BitmapRules.hash(message) & BITMAPS - 1];
        if (!rules.isFor(message)) {
            int index = Arrays.binarySearch(types, message.mti());
            learn(rules, index < 0 ? rulesOfOthers : rulesByType[index], message);
        }
        last = rules;
        return rules;
    }

    private void learn(BitmapRules into, TypeRules rules, IsoMessage message) {
        into.begin(message);
        if (!rules.known()) {
            into.certain[into.certainCount++] = notInCatalog;
        }
        for (int word = 0; word < FieldSet.WORDS; word++) {
            for (long lacking = rules.mandatory().absent(message, word);
                    lacking != 0;
                    lacking = FieldSet.behindFirst(lacking)) {
                into.certain[into.certainCount++] = missing[FieldSet.first(lacking, word)];
            }
            for (long there = rules.forbidden().present(message, word);
                    there != 0;
                    there = FieldSet.behindFirst(there)) {
                into.certain[into.certainCount++] = forbidden[FieldSet.first(there, word)];
            }
            for (long there = tested.present(message, word); there != 0; there = FieldSet.behindFirst(there)) {
                into.fields[into.fieldCount++] = FieldSet.first(there, word);
            }
        }
        for (UsageRule rule : rules.usages()) {
            if (!rule.isKept(message)) {
                into.usages[into.usageCount++] = rule;
            }
        }
        for (int part = 0; part < partTests.length; part++) {
            if (message.has(partTests[part].path().field())) {
                into.parts[into.partCount++] = part;
            }
        }
        for (int check = 0; check < rules.checks().length; check++) {
            if (rules.checks()[check].decide(message) != Condition.ByFields.MET) {
                into.checks[into.checkCount] = rules.checks()[check];
                into.unmet[into.checkCount++] = rules.unmet()[check];
            }
        }
    }

    /** What was found in the last message. */
    public Violations violations() {
        return violations;
    }
}
