package io.fluxrig.iso.reference;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.rule.RuleSyntaxException;
import io.fluxrig.iso.spec.Check;
import io.fluxrig.iso.spec.EnumTable;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import java.util.List;

/**
 * What of a dialect a reader may know. Of what a spec calls private nothing is told to the public: neither the field and what is in
 * it, nor a condition or check that looks at it, nor values that only it may have.
 */
final class Disclosure {
    private static final String UNTOLD = "on a condition that is not public";

    private final Spec spec;
    private final boolean complete;

    /** @param complete whether the reader may know everything */
    Disclosure(Spec spec, boolean complete) {
        this.spec = spec;
        this.complete = complete;
    }

    boolean complete() {
        return complete;
    }

    boolean shows(FieldPath path) {
        if (complete) {
            return true;
        }
        String text = path.toString();
        for (int end = text.indexOf('.'); end >= 0; end = text.indexOf('.', end + 1)) {
            if (isPrivate(FieldPath.parse(text.substring(0, end)))) {
                return false;
            }
        }
        return !isPrivate(path);
    }

    private boolean isPrivate(FieldPath path) {
        FieldMeaning meaning = spec.meaning(path);
        return meaning != null && meaning.scope() == FieldMeaning.Scope.PRIVATE;
    }

    /** The condition, or that there is one. */
    Cell condition(String when) {
        if (when.isEmpty()) {
            return Cell.EMPTY;
        }
        return looksAtShown(when) ? Cell.code(when) : Cell.of(UNTOLD);
    }

    List<Check> checks() {
        return spec.checks().stream()
                .filter(check -> looksAtShown(check.assertion()))
                .toList();
    }

    /** Value sets that have a name and that a field which is shown refers to; all of them for a reader who may know everything. */
    List<EnumTable> valueSets() {
        return spec.enums().values().stream()
                .filter(table -> complete
                        || spec.meanings().values().stream()
                                .anyMatch(meaning -> table.equals(meaning.values()) && shows(meaning.path())))
                .toList();
    }

    private boolean looksAtShown(String condition) {
        if (complete) {
            return true;
        }
        try {
            return spec.compile(condition).reads().stream().allMatch(this::shows);
        } catch (RuleSyntaxException unknown) {
            return false;
        }
    }
}
