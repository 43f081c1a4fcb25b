package io.fluxrig.engine.scenario;

import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which requests may not take a wire between racks because they would come back: where switches can send to each other, directly or
 * over further ones, a request that one of them sent stays where it arrives.
 *
 * <pre>
 *   switch_east.out_west -> switch_west.in      closed to requests whose conductor.origin is switch_west or switch_east
 *   switch_west.out_east -> switch_east.in      the same
 * </pre>
 *
 * <p>Static and stateless.
 */
public final class PeerWires {
    private PeerWires() {}

    /** For each such wire the origins it is closed to; others are open to all. */
    public static Map<WireDecl, Set<String>> of(Scenario scenario) {
        WireWalk walk = new WireWalk(scenario.gears(), scenario.wires());
        Map<WireDecl, Set<String>> closed = new LinkedHashMap<>();
        for (GearDecl gear : scenario.gears()) {
            if (gear.origin() == null) {
                continue;
            }
            for (String port : gear.factory().outputsUsed(gear.config())) {
                Set<WireDecl> taken = walk.onward(gear, port, false);
                Set<String> peers = peers(gear, taken, walk);
                taken.stream()
                        .filter(wire -> wire.lane() == Lane.GUARANTEED && !peers.isEmpty())
                        .forEach(wire -> closed.computeIfAbsent(wire, first -> new LinkedHashSet<>())
                                .addAll(peers));
            }
        }
        return closed;
    }

    /** Origins of the switches that a request may get to there and from where it may come back. */
    private static Set<String> peers(GearDecl gear, Set<WireDecl> taken, WireWalk walk) {
        Set<String> peers = new LinkedHashSet<>();
        for (WireDecl wire : taken) {
            GearDecl to = walk.gear(wire.to().gear());
            if (to.origin() != null && asks(wire, to) && (to.name().equals(gear.name()) || comesBack(to, gear, walk))) {
                peers.add(to.origin());
            }
        }
        return peers;
    }

    private static boolean comesBack(GearDecl from, GearDecl to, WireWalk walk) {
        return from.factory().outputsUsed(from.config()).stream()
                .flatMap(port -> walk.onward(from, port, false).stream())
                .anyMatch(wire -> wire.to().gear().equals(to.name()) && asks(wire, to));
    }

    /** Whether what the wire brings is a request to that switch. */
    private static boolean asks(WireDecl wire, GearDecl to) {
        for (Port input : to.manifest().inputs()) {
            if (input.name().equals(wire.to().port())) {
                return !to.factory().answersAt(to.config(), input.name()).isEmpty();
            }
        }
        return false;
    }
}
