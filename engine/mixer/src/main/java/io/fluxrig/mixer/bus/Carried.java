package io.fluxrig.mixer.bus;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much of what racks do goes over NATS.
 *
 * @param wires between racks; those that end at the same port may count as one
 * @param shared gears whose tickets racks share
 */
public record Carried(int wires, int shared) {
    /** What racks may do, together. */
    static Carried of(Collection<WireRights> rights) {
        Set<String> subjects = new TreeSet<>();
        Set<String> buckets = new TreeSet<>();
        rights.forEach(each -> {
            subjects.addAll(each.sends());
            buckets.addAll(each.buckets());
        });
        return new Carried(subjects.size(), buckets.size());
    }

    public boolean any() {
        return wires + shared > 0;
    }

    /** For people, as the beginning of a sentence. */
    @Override
    public String toString() {
        String between = wires == 1 ? "1 wire between racks" : wires + " wires between racks";
        String tickets = "the shared tickets of " + shared + (shared == 1 ? " gear" : " gears");
        String all = shared == 0 ? between : wires == 0 ? tickets : between + " and " + tickets;
        return all + (wires == 1 && shared == 0 ? " goes" : " go");
    }
}
