package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.rule.Condition.ByFields;
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
    private final boolean mayAsk;
    private final boolean mayForbid;

    /** @param conditions beside each usage, null where it always holds */
    UsageRule(FieldPath path, List<Usage> usages, List<Condition> conditions) {
        this.path = path;
        String text = path.toString();
        this.parent = path.depth() == 0 ? null : FieldPath.parse(text.substring(0, text.lastIndexOf('.')));
        this.conditions = conditions.toArray(Condition[]::new);
        this.presences = usages.stream().map(Usage::presence).toArray(Usage.Presence[]::new);
        this.mayAsk = usages.stream().anyMatch(usage -> usage.presence() == Usage.Presence.MANDATORY);
        this.mayForbid = usages.stream().anyMatch(usage -> usage.presence() == Usage.Presence.FORBIDDEN);
        this.missing = Violation.at(path, ViolationKind.MISSING);
        this.forbidden = Violation.at(path, ViolationKind.FORBIDDEN);
    }

    /** Whether some message without the field breaks it. */
    boolean mayAsk() {
        return mayAsk;
    }

    /** Whether some message with the field breaks it. */
    boolean mayForbid() {
        return mayForbid;
    }

    /** Whether no message with just these fields breaks it, whatever their values are. */
    boolean isKept(IsoMessage message) {
        boolean there = message.has(path.field());
        if (path.depth() > 0 || path.field() == 0) {
            return !there;
        }
        if (there ? !mayForbid : !mayAsk) {
            return true;
        }
        for (int i = 0; i < conditions.length; i++) {
            ByFields holds = conditions[i] == null ? ByFields.MET : conditions[i].decide(message);
            if (holds == ByFields.OPEN) {
                return false;
            }
            if (holds == ByFields.MET) {
                return broken(presences[i], there) == null;
            }
        }
        return true;
    }

    /** What is wrong, or null. No condition is asked whose answer changes nothing. */
    Violation broken(IsoMessage message) {
        boolean there = has(message, path);
        boolean matters = there ? mayForbid : mayAsk && isAskedFor(message);
        return matters ? broken(message, there) : null;
    }

    private boolean isAskedFor(IsoMessage message) {
        return parent == null || message.kind(parent) == IsoMessage.TREE;
    }

    private Violation broken(IsoMessage message, boolean there) {
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i] == null || conditions[i].test(message)) {
                return broken(presences[i], there);
            }
        }
        return null;
    }

    private Violation broken(Usage.Presence presence, boolean there) {
        return switch (presence) {
            case MANDATORY -> there ? null : missing;
            case FORBIDDEN -> there ? forbidden : null;
            case OPTIONAL -> null;
        };
    }

    private static boolean has(IsoMessage message, FieldPath path) {
        return path.depth() == 0 ? message.has(path.field()) : message.has(path);
    }
}
