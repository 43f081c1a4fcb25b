package io.fluxrig.engine.strip.plan;

import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Which gears are offered what one gear is offered: those behind an output that leads here as well, through gears that hand on what
 * comes in.
 *
 * <pre>
 *   netmgmt.out --> encode_1 --> line_1       an answer of netmgmt is offered to both lines
 *               '-> encode_2 --> line_2
 *
 *   decode.out ---> switch --> ... --> encode --> terminals
 *              '-> encode_books --> books     a copy: nothing else that decode.out leads to is a socket
 * </pre>
 *
 * What came over a durable wire is for whoever is behind it: a port has one such wire at most, and what goes elsewhere from there is no
 * choice but a copy. Static and stateless.
 */
public final class Addressees {
    private Addressees() {}

    /** Ordinals of the other gears; with them those that a change took out, whose connections may be there still. */
    public static BitSet beside(StripPlan plan, int gear) {
        BitSet beside = new BitSet(plan.gears().size());
        Set<Integer> traced = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.add(gear);
        while (!open.isEmpty()) {
            int at = open.remove();
            for (WirePlan wire : plan.wires()) {
                if (wire.toGear() == at && !wire.durable()) {
                    follow(plan, wire.fromGear(), wire.fromPort(), beside);
                    if (handsOn(plan, wire) && traced.add(wire.fromGear())) {
                        open.add(wire.fromGear());
                    }
                }
            }
        }
        for (int other = 0; other < plan.gears().size(); other++) {
            if (plan.gears().get(other).retired()) {
                beside.set(other);
            }
        }
        beside.clear(gear);
        return beside;
    }

    /** Marks what lies behind the port. */
    private static void follow(StripPlan plan, int from, String port, BitSet reached) {
        for (WirePlan wire : plan.wires()) {
            if (wire.fromGear() == from && wire.fromPort().equals(port) && !reached.get(wire.toGear())) {
                reached.set(wire.toGear());
                plan.wires().stream()
                        .filter(next -> next.fromGear() == wire.toGear() && handsOn(plan, next))
                        .map(WirePlan::fromPort)
                        .distinct()
                        .forEach(next -> follow(plan, wire.toGear(), next, reached));
            }
        }
    }

    /** Whether what leaves there is what came in, with its connection. */
    private static boolean handsOn(StripPlan plan, WirePlan wire) {
        GearManifest manifest = plan.gears().get(wire.fromGear()).factory().manifest();
        return wire.fromPort().equals("pass")
                || manifest.codec() && wire.fromPort().equals("out");
    }
}
