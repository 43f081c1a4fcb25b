package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Warns of wiring that is allowed but hardly meant: ports that lead nowhere, gears nothing reaches, circles. */
final class WireAdvice {
    private final Map<String, GearDecl> gears = new LinkedHashMap<>();
    private final List<WireDecl> wires;
    private final Map<String, Set<String>> wiredOutputs = new HashMap<>();
    private final Map<String, Set<String>> wiredInputs = new HashMap<>();
    private final Faults faults;

    WireAdvice(List<GearDecl> gears, List<WireDecl> wires, Faults faults) {
        gears.forEach(gear -> this.gears.put(gear.name(), gear));
        this.wires = wires;
        this.faults = faults;
        for (WireDecl wire : wires) {
            wiredOutputs
                    .computeIfAbsent(wire.from().gear(), gear -> new HashSet<>())
                    .add(wire.from().port());
            wiredInputs
                    .computeIfAbsent(wire.to().gear(), gear -> new HashSet<>())
                    .add(wire.to().port());
        }
    }

    void give() {
        gears.values().forEach(this::ports);
        circles();
    }

    private void ports(GearDecl gear) {
        Set<String> outputs = wiredOutputs.getOrDefault(gear.name(), Set.of());
        Set<String> used = gear.factory().outputsUsed(gear.config());
        for (String port : used) {
            Port declared = gear.manifest().output(port);
            // where no wire leads away from a port of a family, that is an error already
            if (!outputs.contains(port) && (declared == null || !declared.family())) {
                warn(gear, port, "its configuration sends to port '" + port + "', which leads nowhere");
            }
        }
        for (Port port : gear.manifest().outputs()) {
            if (!port.family()
                    && !outputs.contains(port.name())
                    && !used.contains(port.name())
                    && matters(gear, port)) {
                warn(gear, port.name(), "its port '" + port.name() + "' leads nowhere: " + port.doc());
            }
        }
        unusedFamilyPorts(gear, outputs, used);
        boolean takes = !gear.manifest().inputs().isEmpty() && !gear.manifest().origin();
        if (takes && !wiredInputs.containsKey(gear.name())) {
            faults.warning(
                    gear.place(),
                    "gears." + gear.name(),
                    "nothing is wired to it",
                    "wire something to it or remove it");
        }
    }

    /** An error port that is used, and any port of a gear that has no other way out. */
    private boolean matters(GearDecl gear, Port port) {
        boolean unused = gear.factory().outputsUnused(gear.config()).contains(port.name());
        return port.name().equals("error") && !unused
                || port.name().equals("out")
                        && gear.manifest().outputs().stream()
                                .noneMatch(other -> wiredOutputs
                                        .getOrDefault(gear.name(), Set.of())
                                        .contains(other.name()));
    }

    private void unusedFamilyPorts(GearDecl gear, Set<String> outputs, Set<String> used) {
        if (used.isEmpty()) {
            return;
        }
        for (WireDecl wire : wires) {
            String port = wire.from().port();
            boolean own = wire.from().gear().equals(gear.name()) && outputs.contains(port);
            boolean family = own && gear.manifest().output(port).family();
            if (family && !used.contains(port) && !namesOrigin(gear, port)) {
                faults.warning(
                        wire.place(),
                        "wires",
                        "no message takes this wire: the configuration of '" + gear.name() + "' never sends to '" + port
                                + "'",
                        "add the port to its configuration or remove the wire");
            }
        }
    }

    /** Whether it is a way back, such as {@code out_response_east}, for a gear or a switch's origin of this scenario. */
    private boolean namesOrigin(GearDecl gear, String port) {
        String family = gear.manifest().output(port).name();
        String origin = port.substring(family.length() - 1);
        return gear.factory().repliesAt(gear.config(), port) == null
                && gears.values().stream()
                        .anyMatch(other -> other.name().equals(origin) || origin.equals(other.origin()));
    }

    private void warn(GearDecl gear, String port, String what) {
        faults.warning(
                gear.place(),
                "gears." + gear.name(),
                what,
                "add a wire { from: " + gear.name() + "." + port + ", to: ... }");
    }

    /** Every circle that passes no I/O gear: a message in it would run through the strip's own call stack. */
    private void circles() {
        Map<String, List<String>> next = new LinkedHashMap<>();
        for (WireDecl wire : wires) {
            boolean carriesOn = !gears.get(wire.from().gear()).manifest().origin();
            boolean answer = wire.to().port().equals("in_reply");
            if (carriesOn && !answer && !betweenPeers(wire)) {
                next.computeIfAbsent(wire.from().gear(), gear -> new ArrayList<>())
                        .add(wire.to().gear());
            }
        }
        Set<String> done = new HashSet<>();
        for (String gear : next.keySet()) {
            walk(gear, next, new ArrayList<>(), done);
        }
    }

    /** A request that a switch sent to another rack's is not sent on to where it may come back: see {@link PeerWires}. */
    private boolean betweenPeers(WireDecl wire) {
        return wire.lane() == Lane.GUARANTEED
                && gears.get(wire.from().gear()).origin() != null
                && gears.get(wire.to().gear()).origin() != null;
    }

    private void walk(String gear, Map<String, List<String>> next, List<String> trail, Set<String> done) {
        int seenAt = trail.indexOf(gear);
        if (seenAt >= 0) {
            List<String> circle = new ArrayList<>(trail.subList(seenAt, trail.size()));
            circle.add(gear);
            faults.warning(
                    gears.get(gear).place(),
                    "wires",
                    "wires run in a circle with no I/O gear in it: "
                            + circle.stream().collect(Collectors.joining(" -> ")),
                    "break it; a message going round is refused after rack.max_hops wires");
            return;
        }
        if (!done.add(gear)) {
            return;
        }
        trail.add(gear);
        next.getOrDefault(gear, List.of()).forEach(to -> walk(to, next, trail, done));
        trail.remove(trail.size() - 1);
    }
}
