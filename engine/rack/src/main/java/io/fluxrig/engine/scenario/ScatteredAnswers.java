package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds wires between racks that bring answers for one gear on several racks. Those share what such a wire brings, each message going to one of
 * them, whichever it is, and only the rack that has the request, or its connection, can use an answer. Of a scenario without other faults.
 *
 * <pre>
 *   switch on a, b --> lines on c          a answer to b's request that a takes: unmatched there, and b's terminal is declined
 *          ^-- answers --'
 * </pre>
 *
 * <p>A wire that names the rack it leads to ({@code a.switch.in_reply}) is that rack's alone, and a gear on one rack gets all that is for it.
 */
final class ScatteredAnswers {
    private static final int NAMED_MAX = 4;

    private final List<GearDecl> gears;
    private final List<WireDecl> wires;
    private final RackChecker racks;
    private final WireWalk walk;
    private final Faults faults;
    private final Set<WireDecl> told = new HashSet<>();

    ScatteredAnswers(List<GearDecl> gears, List<WireDecl> wires, RackChecker racks, WireWalk walk, Faults faults) {
        this.gears = gears;
        this.wires = wires;
        this.racks = racks;
        this.walk = walk;
        this.faults = faults;
    }

    void check() {
        for (GearDecl gear : gears) {
            if (racksOf(gear).size() < 2) {
                continue;
            }
            for (Port input : gear.manifest().inputs()) {
                if (WireWalk.isReply(gear, input.name()) || isServer(gear)) {
                    walk.answering(gear, input.name()).stream()
                            .filter(wire -> scatters(wire, gear) && told.add(wire))
                            .forEach(wire -> tell(wire, gear));
                }
            }
        }
    }

    private List<String> racksOf(GearDecl gear) {
        return racks.names().stream()
                .filter(racks::isRack)
                .filter(gear.deploy()::contains)
                .toList();
    }

    private static boolean isServer(GearDecl gear) {
        return gear.manifest().io() && gives(gear, "bind") && !gives(gear, "connect");
    }

    private static boolean gives(GearDecl gear, String key) {
        return gear.manifest().keys().stream().map(ConfigKey::name).anyMatch(key::equals)
                && gear.config().has(key);
    }

    /** Whether racks that have the gear share what the wire brings, and each passes on to its own what it takes. */
    private boolean scatters(WireDecl wire, GearDecl gear) {
        boolean shared = wire.lane() == Lane.GUARANTEED && wire.to().rack().isEmpty();
        return shared
                && racksOf(walk.gear(wire.to().gear())).stream()
                                .filter(gear::runsOn)
                                .count()
                        > 1;
    }

    private static String few(List<String> racks) {
        return racks.size() <= NAMED_MAX
                ? String.join(", ", racks)
                : String.join(", ", racks.subList(0, NAMED_MAX)) + " and " + (racks.size() - NAMED_MAX) + " more";
    }

    private void tell(WireDecl wire, GearDecl gear) {
        faults.error(
                wire.place(),
                "wires[" + wires.indexOf(wire) + "]",
                wire.from() + " -> " + wire.to() + " brings answers for '" + gear.name() + "', which runs on "
                        + few(racksOf(gear))
                        + ": each goes to one of them, whichever has asked, and any other one drops it",
                "write one gear for each rack, with a wire of its own, or deploy the host's lines, or what answers, to the same racks");
    }
}
