package io.fluxrig.mixer.bus;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a rack may do on the wires between racks and in the buckets that they share: those of the scenarios that it may be running.
 * Immutable by convention.
 *
 * @param sends subjects of the wires that leave it
 * @param asks whether it may ask the stream for messages by their number, as the sending end of a wire with {@code confirm: receiver}
 *     does; the stream cannot tell whose they are, they are sealed
 * @param receives subjects of the wires that reach it
 * @param confirmsTo racks at whose wires it confirms messages
 * @param buckets that it reads and writes
 */
public record WireRights(
        Set<String> sends, boolean asks, Set<String> receives, Set<String> confirmsTo, Set<String> buckets) {
    /** Of a rack without such wires. */
    public static final WireRights NONE = new WireRights(Set.of(), false, Set.of(), Set.of(), Set.of());

    public WireRights {
        sends = new TreeSet<>(sends);
        receives = new TreeSet<>(receives);
        confirmsTo = new TreeSet<>(confirmsTo);
        buckets = new TreeSet<>(buckets);
    }

    /** Whether there is such a wire. */
    public boolean any() {
        return !sends.isEmpty() || !receives.isEmpty();
    }

    /** These and the others. */
    public WireRights and(WireRights others) {
        return new WireRights(
                both(sends, others.sends),
                asks || others.asks,
                both(receives, others.receives),
                both(confirmsTo, others.confirmsTo),
                both(buckets, others.buckets));
    }

    private static Set<String> both(Set<String> some, Set<String> more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }
}
