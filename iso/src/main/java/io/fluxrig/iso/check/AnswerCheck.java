package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.codec.ValueView;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.Usage;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.perf.buffer.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds an answer against its request, as the {@code response_value} of the answer's spec says: a field it has that is
 * {@code echo} must be the request's, one that is {@code modified} must have one of the request to come from. What is
 * {@code new} is the answerer's own.
 *
 * <p>The request may be of another dialect: values are compared by what they mean, trailing spaces of texts and leading zeros
 * of numbers aside. What is a composite in either message is not compared, nor is text with bytes. One strip's thread; allocates nothing.
 */
public final class AnswerCheck {
    private static final int NO_RULE = -1;

    private final int[] types;
    private final Rule[][] rulesByType;
    private final Rule[] rulesOfOthers;
    private final Violations violations = new Violations();
    private final ValueView told = new ValueView();
    private final ValueView asked = new ValueView();

    /** Compiles the {@code response_value} of the spec's usages. */
    public AnswerCheck(Spec spec) {
        Compiled compiled = new Compiled(spec);
        types = compiled.types();
        rulesByType = new Rule[types.length][];
        for (int i = 0; i < types.length; i++) {
            rulesByType[i] = rules(spec, compiled, types[i]);
        }
        rulesOfOthers = rules(spec, compiled, IsoMessage.ABSENT);
    }

    private static Rule[] rules(Spec spec, Compiled compiled, int mti) {
        List<Rule> rules = new ArrayList<>();
        for (FieldMeaning meaning : spec.meanings().values()) {
            List<Usage> usages = Compiled.usages(meaning, mti);
            if (meaning.path().field() > 0 && usages.stream().anyMatch(usage -> asks(usage.responseValue()))) {
                rules.add(new Rule(
                        meaning.path(),
                        compiled.whens(usages).toArray(Condition[]::new),
                        usages.stream().map(Usage::responseValue).toArray(Usage.ResponseValue[]::new),
                        spec.numeric(meaning.path()) || isDigits(spec.wireField(meaning.path())),
                        Violation.at(meaning.path(), ViolationKind.ECHO)));
            }
        }
        return rules.toArray(Rule[]::new);
    }

    /** Digits in any encoding: dialects differ in how many zeros stand before the same number. */
    private static boolean isDigits(WireField field) {
        return field != null && field.chars() == CharClass.N && !field.type().isBytes();
    }

    private static boolean asks(Usage.ResponseValue value) {
        return value == Usage.ResponseValue.ECHO || value == Usage.ResponseValue.MODIFIED;
    }

    /** Whether the spec says of any field of such answers where it comes from; if not, there is no need for the request. */
    public boolean asksAbout(int mti) {
        return rules(mti).length > 0;
    }

    /**
     * Checks one answer.
     *
     * @return how many violations there are; {@link #violations()} tells them
     */
    public int check(IsoMessage answer, IsoMessage request) {
        violations.clear();
        for (Rule rule : rules(answer.mti())) {
            int usage = rule.usage(answer);
            if (usage != NO_RULE
                    && told.show(answer, rule.path)
                    && isBroken(rule, rule.values[usage], answer, request)) {
                violations.add(rule.violation);
            }
        }
        told.wipe();
        asked.wipe();
        return violations.count();
    }

    /** What was found in the last answer. */
    public Violations violations() {
        return violations;
    }

    private Rule[] rules(int mti) {
        int index = Arrays.binarySearch(types, mti);
        return index < 0 ? rulesOfOthers : rulesByType[index];
    }

    private boolean isBroken(Rule rule, Usage.ResponseValue value, IsoMessage answer, IsoMessage request) {
        if (!asks(value)) {
            return false;
        }
        if (!asked.show(request, rule.path)) {
            return request.kind(rule.path.field()) == IsoMessage.ABSENT
                    || request.kind(rule.path.field()) == IsoMessage.TREE;
        }
        boolean comparable = told.isRaw() == asked.isRaw()
                && answer.kind(rule.path) != IsoMessage.TREE
                && request.kind(rule.path) != IsoMessage.TREE;
        return value == Usage.ResponseValue.ECHO && comparable && !isSame(rule.numeric);
    }

    private boolean isSame(boolean numeric) {
        int from = told.offset();
        int to = from + told.length();
        int askedFrom = asked.offset();
        int askedTo = askedFrom + asked.length();
        if (numeric) {
            from = behind('0', told.bytes(), from, to);
            askedFrom = behind('0', asked.bytes(), askedFrom, askedTo);
        } else if (!told.isRaw()) {
            to = before(' ', told.bytes(), from, to);
            askedTo = before(' ', asked.bytes(), askedFrom, askedTo);
        }
        return to - from == askedTo - askedFrom && Bytes.equal(told.bytes(), from, asked.bytes(), askedFrom, to - from);
    }

    private static int behind(char fill, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == fill) {
            at++;
        }
        return at;
    }

    private static int before(char fill, byte[] bytes, int from, int to) {
        int at = to;
        while (at > from && bytes[at - 1] == fill) {
            at--;
        }
        return at;
    }

    /** Where one field of answers of one type comes from: the first usage whose condition holds says it. */
    private static final class Rule {
        final FieldPath path;
        final Condition[] conditions;
        final Usage.ResponseValue[] values;
        final boolean numeric;
        final Violation violation;

        Rule(
                FieldPath path,
                Condition[] conditions,
                Usage.ResponseValue[] values,
                boolean numeric,
                Violation violation) {
            this.path = path;
            this.conditions = conditions;
            this.values = values;
            this.numeric = numeric;
            this.violation = violation;
        }

        int usage(IsoMessage answer) {
            for (int i = 0; i < conditions.length; i++) {
                if (conditions[i] == null || conditions[i].test(answer)) {
                    return i;
                }
            }
            return NO_RULE;
        }
    }
}
