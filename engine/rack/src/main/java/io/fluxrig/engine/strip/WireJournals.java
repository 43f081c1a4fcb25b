package io.fluxrig.engine.strip;

import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.transport.ends.WireEnds;
import io.fluxrig.transport.entry.EntryEnds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What stands behind those of a plan's wires that are more than memory: journals of durable wires, ends of wires to and from other
 * racks; and the ledgers of its gears. Made before the strips by whoever runs the rack, who also starts and closes them. Immutable.
 */
public final class WireJournals {
    /** Of a plan with hot wires only. */
    public static final WireJournals NONE = new WireJournals(List.of());

    private final List<WireEnds> byWire;
    private final List<WireEnds> leaving;
    private final List<WireEnds> arriving;
    private final String home;
    private final Map<String, EntryEnds> ledgers;

    /** @param byWire one for each wire of the plan, null for a hot one; empty if all are hot */
    public WireJournals(List<? extends WireEnds> byWire) {
        this(byWire, List.of(), List.of(), "", Map.of());
    }

    /** Where no gear of the plan keeps a ledger. */
    public WireJournals(
            List<? extends WireEnds> byWire,
            List<? extends WireEnds> leaving,
            List<? extends WireEnds> arriving,
            String home) {
        this(byWire, leaving, arriving, home, Map.of());
    }

    /**
     * @param byWire one for each wire of the plan, null for a hot one; empty if all are hot
     * @param leaving one for each wire to another rack
     * @param arriving one for each from another rack
     * @param home what messages name as the place of this rack's connections: its name, {@code /}, and a word that no other run
     *     of it has; empty where messages name none
     * @param ledgers of gears that keep one, by the gear's name
     */
    public WireJournals(
            List<? extends WireEnds> byWire,
            List<? extends WireEnds> leaving,
            List<? extends WireEnds> arriving,
            String home,
            Map<String, ? extends EntryEnds> ledgers) {
        this.byWire = Collections.unmodifiableList(new ArrayList<>(byWire));
        this.leaving = List.copyOf(leaving);
        this.arriving = List.copyOf(arriving);
        this.home = home;
        this.ledgers = Map.copyOf(ledgers);
    }

    /** The ledger of the gear of that name; null for none. */
    EntryEnds ledger(String gear) {
        return ledgers.get(gear);
    }

    String home() {
        return home;
    }

    /** What messages of the run before, whichever that was, would name; see {@link #home}. */
    String homeBefore() {
        return home.substring(0, home.indexOf('/') + 1) + "before";
    }

    WireEnds of(int wire) {
        return byWire.get(wire);
    }

    WireEnds leaving(int wire) {
        return leaving.get(wire);
    }

    WireEnds arriving(int wire) {
        return arriving.get(wire);
    }

    /** Longest message of any of them; 0 without any. */
    int messageLengthMax() {
        int longest = 0;
        for (List<WireEnds> some : List.of(byWire, leaving, arriving)) {
            for (WireEnds ends : some) {
                longest = ends == null ? longest : Math.max(longest, ends.messageLengthMax());
            }
        }
        return longest;
    }

    /** Whether these are those of that plan. */
    boolean fit(StripPlan plan) {
        for (int i = 0; i < plan.wires().size(); i++) {
            if (plan.wires().get(i).durable() && (byWire.size() <= i || byWire.get(i) == null)) {
                return false;
            }
        }
        for (StripPlan.GearPlan gear : plan.gears()) {
            if (gear.ledger() != null && !ledgers.containsKey(gear.name())) {
                return false;
            }
        }
        return leaving.size() == plan.leaving().size()
                && arriving.size() == plan.arriving().size();
    }
}
