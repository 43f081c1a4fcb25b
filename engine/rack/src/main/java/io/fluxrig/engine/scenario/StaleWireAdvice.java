package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Warns of durable and guaranteed wires that would deliver requests long after they were answered for whoever waited: an
 * authorization that waits for a host is approved there after its terminal was told 91.
 */
final class StaleWireAdvice {
    private static final long NS_PER_MS = 1_000_000;

    private final List<GearDecl> gears;
    private final WireWalk walk;
    private final Faults faults;

    /** Of what a wire carries: who counts on it, and for how long. */
    private record Worth(String port, long ns) {}

    StaleWireAdvice(List<GearDecl> gears, WireWalk walk, Faults faults) {
        this.gears = gears;
        this.walk = walk;
        this.faults = faults;
    }

    void give() {
        Map<WireDecl, Worth> found = new LinkedHashMap<>();
        for (GearDecl gear : gears) {
            for (Port input : gear.manifest().inputs()) {
                note(gear, input.name(), walk.back(gear, input.name()), found);
            }
            for (String output : gear.factory().outputsUsed(gear.config())) {
                note(gear, output, walk.onward(gear, output, false), found);
            }
        }
        found.forEach(this::advise);
    }

    private static void note(GearDecl gear, String port, Set<WireDecl> wires, Map<WireDecl, Worth> found) {
        long worthNs = gear.factory().worthNs(gear.config(), port);
        Stream<WireDecl> keeping =
                worthNs == 0 ? Stream.empty() : wires.stream().filter(wire -> wire.lane() != Lane.HOT);
        keeping.forEach(wire -> found.merge(
                wire,
                new Worth(gear.name() + "." + port, worthNs),
                (one, other) -> one.ns() <= other.ns() ? one : other));
    }

    private void advise(WireDecl wire, Worth worth) {
        boolean never = wire.expireAfterNs() == 0;
        if (!never && wire.expireAfterNs() <= worth.ns()) {
            return;
        }
        faults.warning(
                wire.place(),
                "wires",
                "this " + wire.lane().word() + " wire hands a request over "
                        + (never ? "however old it is" : "until it is " + text(wire.expireAfterNs()) + " old")
                        + ", and for " + worth.port() + " it is worth " + text(worth.ns())
                        + ": its terminal has been told 91 by then",
                "add expire_after: " + text(worth.ns())
                        + " or less; keep such wires for what must arrive however late, such as advices and reversals");
    }

    private static String text(long ns) {
        long ms = ns / NS_PER_MS;
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}
