package io.fluxrig.engine.strip;

import io.fluxrig.transport.journal.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The open journals of a plan's durable wires. Made before the strips by whoever runs the rack, who also starts and closes
 * them. Immutable.
 */
public final class WireJournals {
    /** Of a plan without durable wires. */
    public static final WireJournals NONE = new WireJournals(List.of());

    private final List<Journal> byWire;

    /** @param byWire one for each wire of the plan, null for a hot one; empty if all are hot */
    public WireJournals(List<Journal> byWire) {
        this.byWire = Collections.unmodifiableList(new ArrayList<>(byWire));
    }

    Journal of(int wire) {
        return byWire.get(wire);
    }

    /** Longest message of any of them; 0 without any. */
    int messageLengthMax() {
        int longest = 0;
        for (Journal journal : byWire) {
            longest = journal == null ? longest : Math.max(longest, journal.messageLengthMax());
        }
        return longest;
    }

    /** Whether these are the journals of that plan. */
    boolean fit(StripPlan plan) {
        for (int i = 0; i < plan.wires().size(); i++) {
            if (plan.wires().get(i).durable() && (byWire.size() <= i || byWire.get(i) == null)) {
                return false;
            }
        }
        return true;
    }
}
