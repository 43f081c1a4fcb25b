package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.rule.RuleSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds messages against what their spec says of them: fields that must or must not be there, values of closed tables,
 * the spec's own checks, and message types outside of the catalog.
 *
 * <p>Compiled once for each strip (conditions have scratch space). {@link #check} allocates nothing; what it found is kept
 * until the next call, as names of fields and checks, never values. At most {@link #VIOLATIONS_MAX} are kept of one message.
 */
public final class MessageCheck {
    /** Violations told of one message; more are only counted. */
    public static final int VIOLATIONS_MAX = 16;

    private static final Rule[] NONE = {};

    private final int[] mtis;
    private final Rule[][] rulesByMti;
    private final Rule[] rulesForOthers;
    private final Rule notInCatalog;
    private final Rule[] found = new Rule[VIOLATIONS_MAX];
    private int count;
    private boolean rejects;

    /** Compiles the spec's usages, tables and checks. */
    public MessageCheck(Spec spec) {
        List<Rule> all = new ArrayList<>();
        spec.meanings().values().forEach(meaning -> addMeaning(spec, meaning, all));
        spec.checks().forEach(check -> addCheck(spec, check, all));
        TreeMap<Integer, List<Rule>> byMti = new TreeMap<>();
        spec.catalog().keySet().forEach(mti -> byMti.put(mti, new ArrayList<>()));
        all.forEach(rule -> rule.mtis.forEach(mti -> byMti.computeIfAbsent(mti, m -> new ArrayList<>())));
        List<Rule> others = new ArrayList<>();
        for (Rule rule : all) {
            for (Map.Entry<Integer, List<Rule>> entry : byMti.entrySet()) {
                if (rule.mtis.isEmpty() || rule.mtis.contains(entry.getKey())) {
                    entry.getValue().add(rule);
                }
            }
            if (rule.mtis.isEmpty()) {
                others.add(rule);
            }
        }
        mtis = byMti.keySet().stream().mapToInt(Integer::intValue).toArray();
        rulesByMti = byMti.values().stream().map(rules -> rules.toArray(NONE)).toArray(Rule[][]::new);
        rulesForOthers = others.toArray(NONE);
        notInCatalog = spec.catalog().isEmpty()
                ? null
                : new Rule("MTI not in the catalog", List.of(), null, true) {
                    @Override
                    boolean broken(IsoMessage message) {
                        return true;
                    }
                };
    }

    /**
     * Checks one message.
     *
     * @return how many violations there are
     */
    public int check(IsoMessage message) {
        count = 0;
        rejects = false;
        int index = Arrays.binarySearch(mtis, message.mti());
        if (index < 0 && notInCatalog != null) {
            add(notInCatalog);
        }
        for (Rule rule : index < 0 ? rulesForOthers : rulesByMti[index]) {
            if (rule.applies(message) && rule.broken(message)) {
                add(rule);
            }
        }
        return count;
    }

    private void add(Rule rule) {
        if (count < VIOLATIONS_MAX) {
            found[count] = rule;
        }
        count++;
        rejects |= rule.rejects;
    }

    /** Whether a violation of the last message is one that refuses it. */
    public boolean rejects() {
        return rejects;
    }

    /** The violations of the last message, as {@code codec.violations} tells them; empty if there are none. Allocates. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(count, VIOLATIONS_MAX); i++) {
            text.append(i == 0 ? "" : "; ").append(found[i].text);
        }
        return count > VIOLATIONS_MAX
                ? text.append("; and ")
                        .append(count - VIOLATIONS_MAX)
                        .append(" more")
                        .toString()
                : text.toString();
    }

    private static void addMeaning(Spec spec, FieldMeaning meaning, List<Rule> rules) {
        String name = meaning.path().field() == 0 ? "MTI" : "DE " + meaning.path();
        for (Usage usage : meaning.usages()) {
            Condition when = usage.when().isEmpty() ? null : compile(spec, usage.when());
            if (usage.presence() == Usage.Presence.MANDATORY) {
                rules.add(new Presence(name + " is missing", usage.mtis(), when, meaning.path(), false));
            } else if (usage.presence() == Usage.Presence.FORBIDDEN) {
                rules.add(new Presence(name + " is not allowed", usage.mtis(), when, meaning.path(), true));
            }
        }
        if (meaning.values() != null && meaning.values().closed()) {
            rules.add(new Listed(name + " has a value that is not listed", meaning.path(), meaning.values()));
        }
    }

    private static void addCheck(Spec spec, Check check, List<Rule> rules) {
        Condition assertion = compile(spec, check.assertion());
        boolean rejecting = check.severity() == Check.Severity.REJECT;
        rules.add(new Rule("check " + check.name(), check.mtis(), null, rejecting) {
            @Override
            boolean broken(IsoMessage message) {
                return !assertion.test(message);
            }
        });
    }

    private static Condition compile(Spec spec, String when) {
        try {
            return spec.compile(when);
        } catch (RuleSyntaxException impossible) {
            throw new IllegalStateException("the loader compiles every condition of a spec", impossible);
        }
    }

    /** One thing that messages of some types must keep. */
    private abstract static class Rule {
        final String text;
        final List<Integer> mtis;
        final Condition when;
        final boolean rejects;

        Rule(String text, List<Integer> mtis, Condition when, boolean rejects) {
            this.text = text;
            this.mtis = mtis;
            this.when = when;
            this.rejects = rejects;
        }

        boolean applies(IsoMessage message) {
            return when == null || when.test(message);
        }

        abstract boolean broken(IsoMessage message);
    }

    /** A field that must, or must not, be there. */
    private static final class Presence extends Rule {
        private final FieldPath path;
        private final boolean wrong;

        Presence(String text, List<Integer> mtis, Condition when, FieldPath path, boolean wrong) {
            super(text, mtis, when, true);
            this.path = path;
            this.wrong = wrong;
        }

        @Override
        boolean broken(IsoMessage message) {
            return (path.depth() == 0 ? message.has(path.field()) : message.has(path)) == wrong;
        }
    }

    /** A value that must be one of a table, if it is there. */
    private static final class Listed extends Rule {
        private final FieldPath path;
        private final byte[][] values;

        Listed(String text, FieldPath path, EnumTable table) {
            super(text, List.of(), null, true);
            this.path = path;
            this.values = table.values().keySet().stream()
                    .map(value -> value.getBytes(StandardCharsets.ISO_8859_1))
                    .toArray(byte[][]::new);
        }

        @Override
        boolean broken(IsoMessage message) {
            if (!(path.depth() == 0 ? message.has(path.field()) : message.has(path))) {
                return false;
            }
            for (byte[] value : values) {
                if (path.depth() == 0 ? message.valueEquals(path.field(), value) : message.valueEquals(path, value)) {
                    return false;
                }
            }
            return true;
        }
    }
}
