package io.fluxrig.engine.gears.codec;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.iso.check.ViolationKind;
import io.fluxrig.iso.check.Violations;
import io.fluxrig.iso.spec.Check;
import io.fluxrig.perf.count.Counter;
import java.util.Locale;

/**
 * Counts violations by severity, kind and message type. A counter is made when first needed: at most 2 severities, 7 kinds and
 * {@link #TYPES_MAX} message types, the first that erred; those behind share {@code other}, so that whoever sends made-up
 * types makes no metrics. Strip thread writes.
 */
public final class ViolationCounters {
    /** Message types told apart. */
    static final int TYPES_MAX = 32;

    private static final int SEVERITIES = Check.Severity.values().length;
    private static final int CELLS = SEVERITIES * Violations.KINDS;
    private static final ViolationKind[] KINDS = ViolationKind.values();
    private static final Check.Severity[] WEIGHTS = Check.Severity.values();
    private static final String OTHER = "other";

    private final GearMetrics metrics;
    private final int[] types = new int[TYPES_MAX];
    private final Counter[][] counters = new Counter[TYPES_MAX + 1][];
    private int typeCount;

    /** Counts as the gear whose metrics these are. */
    public ViolationCounters(GearMetrics metrics) {
        this.metrics = metrics;
    }

    /** Counts what was found in a message of that type. */
    public void count(Violations found, int mti) {
        int type = type(mti);
        for (int cell = 0; cell < CELLS; cell++) {
            int number = found.count(KINDS[cell % KINDS.length], WEIGHTS[cell / KINDS.length]);
            if (number > 0) {
                counter(type, cell).add(number);
            }
        }
    }

    /** A type's place, {@link #TYPES_MAX} for those that share one. */
    private int type(int mti) {
        for (int i = 0; i < typeCount; i++) {
            if (types[i] == mti) {
                return i;
            }
        }
        if (typeCount == TYPES_MAX || mti < 0) {
            return TYPES_MAX;
        }
        types[typeCount] = mti;
        return typeCount++;
    }

    private Counter counter(int type, int cell) {
        if (counters[type] == null) {
            counters[type] = new Counter[CELLS];
        }
        if (counters[type][cell] == null) {
            counters[type][cell] = metrics.counter(
                    "codec_violations_total",
                    "violations of a spec's rules, told in codec.violations",
                    "severity",
                    WEIGHTS[cell / KINDS.length].name().toLowerCase(Locale.ROOT),
                    "kind",
                    KINDS[cell % KINDS.length].word(),
                    "mti",
                    type == TYPES_MAX ? OTHER : String.format("%04d", types[type]));
        }
        return counters[type][cell];
    }
}
