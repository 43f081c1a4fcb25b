package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.spec.Usage;
import java.util.List;

/**
 * How one field is used in messages of one type: the first of its usages whose condition holds decides. A part is asked for
 * only where what it stands in is there and read in parts; a message of another dialect may have it as one text.
 */
final class UsageRule {
    private final FieldPath path;
    private final FieldPath parent;
    private final Condition[] conditions;
    private final Usage.Presence[] presences;
    private final Violation missing;
    private final Violation forbidden;

    /** @param conditions beside each usage, null where it always holds */
    UsageRule(FieldPath path, List<Usage> usages, List<Condition> conditions) {
        this.path = path;
        String text = path.toString();
        this.parent = path.depth() == 0 ? null : FieldPath.parse(text.substring(0, text.lastIndexOf('.')));
        this.conditions = conditions.toArray(Condition[]::new);
        this.presences = usages.stream().map(Usage::presence).toArray(Usage.Presence[]::new);
        this.missing = Violation.at(path, ViolationKind.MISSING);
        this.forbidden = Violation.at(path, ViolationKind.FORBIDDEN);
    }

    /** What is wrong, or null. */
    Violation broken(IsoMessage message) {
        if (parent != null && message.kind(parent) != IsoMessage.TREE) {
            return null;
        }
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i] == null || conditions[i].test(message)) {
                return broken(presences[i], message);
            }
        }
        return null;
    }

    private Violation broken(Usage.Presence presence, IsoMessage message) {
        return switch (presence) {
            case MANDATORY -> has(message, path) ? null : missing;
            case FORBIDDEN -> has(message, path) ? forbidden : null;
            case OPTIONAL -> null;
        };
    }

    static boolean has(IsoMessage message, FieldPath path) {
        return path.depth() == 0 ? message.has(path.field()) : message.has(path);
    }
}
