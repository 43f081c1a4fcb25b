package io.fluxrig.engine.scenario;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The wires that requests take which switches send to their destinations, up to a socket or the next switch. Only for those does it matter
 * who is connected behind them: what else goes to a socket leads back to whoever asked there, as answers and declines do. Immutable.
 */
public final class AskedWires {
    private final Scenario scenario;
    private final Set<WireDecl> asked = new LinkedHashSet<>();

    /** Of a scenario without faults. */
    public AskedWires(Scenario scenario) {
        this.scenario = scenario;
        for (GearDecl gear : scenario.gears()) {
            if (gear.origin() == null) {
                continue;
            }
            for (String port : gear.factory().outputsUsed(gear.config())) {
                if (gear.factory().repliesAt(gear.config(), port) != null) {
                    asked.addAll(from(
                            scenario.wires().stream()
                                    .filter(wire -> leaves(wire, gear)
                                            && wire.from().port().equals(port))
                                    .toList(),
                            false));
                }
            }
        }
    }

    /** Whether requests of a switch take the wire, or go to what lies behind it. */
    public boolean leadTo(WireDecl wire) {
        return from(List.of(wire), true).stream().anyMatch(asked::contains);
    }

    /** Those wires and all that follow, to the sockets. */
    private Set<WireDecl> from(Collection<WireDecl> first, boolean throughSwitches) {
        Set<WireDecl> taken = new LinkedHashSet<>();
        Deque<WireDecl> open = new ArrayDeque<>(first);
        while (!open.isEmpty()) {
            WireDecl wire = open.remove();
            if (!taken.add(wire)) {
                continue;
            }
            for (GearDecl to : scenario.gears()) {
                boolean goesOn =
                        to.name().equals(wire.to().gear()) && !to.manifest().origin();
                if (goesOn && (throughSwitches || to.origin() == null)) {
                    scenario.wires().stream()
                            .filter(next ->
                                    leaves(next, to) && leadsOn(next.from().port()))
                            .forEach(open::add);
                }
            }
        }
        return taken;
    }

    private static boolean leaves(WireDecl wire, GearDecl gear) {
        return wire.from().gear().equals(gear.name());
    }

    /** Whether what leaves there goes on, and not back. */
    private static boolean leadsOn(String port) {
        return !port.equals("error") && !port.startsWith("error_") && !port.startsWith("out_response");
    }
}
