package io.fluxrig.iso.check;

import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.rule.RuleSyntaxException;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A spec's conditions, each text compiled once, and which usages concern which message types. For one strip. */
final class Compiled {
    private final Spec spec;
    private final Map<String, Condition> conditions = new HashMap<>();

    Compiled(Spec spec) {
        this.spec = spec;
    }

    /** Every message type that the spec names, in order. */
    int[] types() {
        TreeSet<Integer> types = new TreeSet<>(spec.catalog().keySet());
        spec.meanings().values().forEach(meaning -> meaning.usages().forEach(usage -> types.addAll(usage.mtis())));
        spec.checks().forEach(check -> types.addAll(check.mtis()));
        return types.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The field's usages in that type up to the first without a condition, behind which none is ever asked. */
    static List<Usage> usages(FieldMeaning meaning, int mti) {
        List<Usage> usages = new ArrayList<>();
        for (Usage usage : meaning.usages()) {
            if (usage.concerns(mti)) {
                usages.add(usage);
                if (usage.when().isEmpty()) {
                    break;
                }
            }
        }
        return usages;
    }

    /** The conditions beside usages, null where one always holds. */
    List<Condition> whens(List<Usage> usages) {
        List<Condition> whens = new ArrayList<>();
        usages.forEach(usage -> whens.add(usage.when().isEmpty() ? null : condition(usage.when())));
        return whens;
    }

    Condition condition(String text) {
        return conditions.computeIfAbsent(text, this::compile);
    }

    private Condition compile(String text) {
        try {
            return spec.compile(text);
        } catch (RuleSyntaxException impossible) {
            throw new IllegalStateException("the loader compiles every condition of a spec", impossible);
        }
    }
}
