package io.fluxrig.iso.spec;

import java.util.List;

/**
 * A condition that messages must meet.
 *
 * @param mtis the message types it is about, as numbers; empty for all
 * @param name for people and for {@code codec.violations}
 * @param assertion the condition, see {@link io.fluxrig.iso.rule.Condition}
 * @param severity what happens to a message that does not meet it
 */
public record Check(List<Integer> mtis, String name, String assertion, Severity severity) {
    /** What happens to a message that does not meet it. */
    public enum Severity {
        REJECT,
        WARN
    }

    public Check {
        mtis = List.copyOf(mtis);
    }
}
