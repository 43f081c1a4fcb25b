package io.fluxrig.iso.check;

import io.fluxrig.iso.spec.Check;
import java.util.Arrays;

/**
 * What was found in one message: the first {@link #TOLD_MAX} violations, and the number of all by kind and severity. Reused:
 * holds until the next message is checked. One strip's thread.
 *
 * <p>As {@code codec.violations} tells them, in the order found:
 *
 * <pre>
 *   text := item ( "; " item )* [ "; and " number " more" ]
 *   item := where " " kind " " severity          4 missing reject; 55.9F02 format reject; "Amount not zero" check warn
 * </pre>
 */
public final class Violations {
    /** Violations told of one message; more are only counted. */
    public static final int TOLD_MAX = 16;

    /** Kinds of violations. */
    public static final int KINDS = ViolationKind.values().length;

    private final Violation[] found = new Violation[TOLD_MAX];
    private final int[] rejecting = new int[KINDS];
    private final int[] warning = new int[KINDS];
    private final ViolationTexts texts = new ViolationTexts();
    private int count;
    private boolean rejects;

    Violations() {}

    void clear() {
        if (count > 0) {
            count = 0;
            rejects = false;
            Arrays.fill(rejecting, 0);
            Arrays.fill(warning, 0);
        }
    }

    void add(Violation violation) {
        if (count < TOLD_MAX) {
            found[count] = violation;
        }
        count++;
        boolean reject = violation.severity() == Check.Severity.REJECT;
        (reject ? rejecting : warning)[violation.kind().ordinal()]++;
        rejects |= reject;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** How many there are of a kind and a severity. */
    public int count(ViolationKind kind, Check.Severity severity) {
        return (severity == Check.Severity.REJECT ? rejecting : warning)[kind.ordinal()];
    }

    /** How many {@link #get} gives, {@link #TOLD_MAX} at most. */
    public int told() {
        return Math.min(count, TOLD_MAX);
    }

    /** One of those told, from 0. */
    public Violation get(int index) {
        return found[index];
    }

    /** Whether one of them refuses the message. */
    public boolean reject() {
        return rejects;
    }

    /** All that are told, as above; empty if there are none. Allocates only for a combination that was not told lately. */
    public String text() {
        return count == 0 ? "" : texts.of(found, told(), count);
    }
}
