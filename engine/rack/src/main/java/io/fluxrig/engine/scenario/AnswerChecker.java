package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds switches that would never answer: gears whose answers leave nowhere or reach nobody who asked, and destinations whose
 * answers do not come back. Of a scenario without other faults.
 */
final class AnswerChecker {
    private final List<GearDecl> gears;
    private final WireWalk walk;
    private final Faults faults;

    AnswerChecker(List<GearDecl> gears, WireWalk walk, Faults faults) {
        this.gears = gears;
        this.walk = walk;
        this.faults = faults;
    }

    void check() {
        for (GearDecl gear : gears) {
            for (Port input : gear.manifest().inputs()) {
                Set<String> answers = gear.factory().answersAt(gear.config(), input.name());
                if (!answers.isEmpty() && walk.isWiredTo(gear, input.name())) {
                    answers(gear, input.name(), answers);
                }
            }
            gear.factory().outputsUsed(gear.config()).forEach(output -> replies(gear, output));
        }
    }

    private void answers(GearDecl gear, String input, Set<String> ports) {
        Set<String> asking = sockets(walk.back(gear, input), true);
        List<String> wired = walk.wired(gear, ports);
        if (wired.isEmpty()) {
            String port = ports.stream().min(String::compareTo).orElseThrow();
            String nobody = asking.isEmpty() ? "" : ": " + String.join(", ", asking) + " would never get one";
            error(
                    gear,
                    "its answers leave on " + ports.stream().sorted().collect(Collectors.joining(" or "))
                            + ", where no wire is" + nobody,
                    "add a wire { from: " + gear.name() + "." + port + ", to: ... }");
            return;
        }
        Set<String> answered = new LinkedHashSet<>();
        wired.forEach(port -> answered.addAll(sockets(walk.onward(gear, port, false), false)));
        if (asking.isEmpty() || answered.isEmpty()) {
            return;
        }
        Set<String> left = new LinkedHashSet<>(asking);
        left.removeAll(answered);
        if (left.size() == asking.size()) {
            error(
                    gear,
                    "its answers go to " + String.join(", ", answered) + ", and its requests come from "
                            + String.join(", ", asking) + ": nobody who asks is answered",
                    "wire the encoder behind " + gear.name() + "." + wired.get(0) + " to "
                            + asking.iterator().next() + ".in");
        } else if (!left.isEmpty()) {
            faults.warning(
                    gear.place(),
                    "gears." + gear.name(),
                    "requests come from " + String.join(", ", left) + " too, and no answer gets there",
                    "wire the encoder behind " + gear.name() + "." + wired.get(0) + " there as well");
        }
    }

    private void replies(GearDecl gear, String output) {
        String input = gear.factory().repliesAt(gear.config(), output);
        if (input == null) {
            return;
        }
        Set<WireDecl> taken = walk.onward(gear, output, true);
        Set<String> sockets = sockets(taken, false);
        Set<String> arrivesAt = taken.stream()
                .filter(wire -> wire.to().gear().equals(gear.name()))
                .map(wire -> wire.to().port())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (sockets.isEmpty() || arrivesAt.contains(input)) {
            return;
        }
        String where = gear.name() + "." + input;
        error(
                gear,
                "no answer of " + String.join(", ", sockets) + " comes back to " + where
                        + (arrivesAt.isEmpty()
                                ? ""
                                : ": they arrive at " + gear.name() + "." + String.join(", ", arrivesAt)),
                "wire the decoder behind " + sockets.iterator().next() + ".out to " + where);
    }

    /** The I/O gears at one end of those wires. */
    private Set<String> sockets(Set<WireDecl> wires, boolean from) {
        Stream<PortRef> ends = wires.stream().map(wire -> from ? wire.from() : wire.to());
        return ends.map(PortRef::gear)
                .filter(name -> walk.gear(name).manifest().io())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void error(GearDecl gear, String what, String fix) {
        faults.error(gear.place(), "gears." + gear.name(), what, fix);
    }
}
