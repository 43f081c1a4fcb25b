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
 *   bitmap &amp; mandatory, &amp; forbidden of the type -> conditional usages -> values of the fields that are there -> checks
 * </pre>
 *
 * <p>Compiled once for each strip (conditions have scratch space). {@link #check} allocates nothing, and costs at most one
 * look at each value for each rule about it. Nothing of a message stays behind in it.
 */
public final class MessageCheck {
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
        int index = Arrays.binarySearch(types, message.mti());
        TypeRules rules = index < 0 ? rulesOfOthers : rulesByType[index];
        if (!rules.known()) {
            violations.add(notInCatalog);
        }
        presence(message, rules);
        values(message);
        for (int i = 0; i < rules.checks().length; i++) {
            if (!rules.checks()[i].test(message)) {
                violations.add(rules.unmet()[i]);
            }
        }
        view.wipe();
        return violations.count();
    }

    private void presence(IsoMessage message, TypeRules rules) {
        int field = rules.mandatory().nextAbsent(message, 0);
        while (field > 0) {
            violations.add(missing[field]);
            field = rules.mandatory().nextAbsent(message, field);
        }
        field = rules.forbidden().nextPresent(message, 0);
        while (field > 0) {
            violations.add(forbidden[field]);
            field = rules.forbidden().nextPresent(message, field);
        }
        for (UsageRule rule : rules.conditional()) {
            Violation broken = rule.broken(message);
            if (broken != null) {
                violations.add(broken);
            }
        }
    }

    private void values(IsoMessage message) {
        for (int field = tested.nextPresent(message, 0); field > 0; field = tested.nextPresent(message, field)) {
            if (view.show(message, field)) {
                test(testsByField[field]);
            }
        }
        for (PartTests part : partTests) {
            if (view.show(message, part.path())) {
                test(part.tests());
            }
        }
    }

    private void test(ValueTest[] tests) {
        for (ValueTest test : tests) {
            if (!test.passes(view)) {
                violations.add(test.violation);
            }
        }
    }

    /** What was found in the last message. */
    public Violations violations() {
        return violations;
    }
}
