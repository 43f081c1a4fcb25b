package io.fluxrig.engine.scenario;

import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows messages along the wires of a scenario without faults, as far as gear types say what becomes of them: a request goes on to
 * where its gear asks, an answer to where its gear answers. Immutable.
 */
final class WireWalk {
    private final Map<String, GearDecl> gears = new LinkedHashMap<>();
    private final List<WireDecl> wires;

    WireWalk(List<GearDecl> gears, List<WireDecl> wires) {
        gears.forEach(gear -> this.gears.put(gear.name(), gear));
        this.wires = wires;
    }

    GearDecl gear(String name) {
        return gears.get(name);
    }

    /** Output ports of the gear that wires leave from and one of those names, or families, stands for. */
    List<String> wired(GearDecl gear, Set<String> ports) {
        return wires.stream()
                .filter(wire -> wire.from().gear().equals(gear.name()))
                .map(wire -> wire.from().port())
                .filter(port -> isAmong(gear, port, ports))
                .distinct()
                .toList();
    }

    boolean isWiredTo(GearDecl gear, String input) {
        return wires.stream()
                .anyMatch(wire ->
                        wire.to().gear().equals(gear.name()) && wire.to().port().equals(input));
    }

    /**
     * The wires that a message takes from there on.
     *
     * @param throughSockets whether it goes on behind an I/O gear, as its answer does
     */
    Set<WireDecl> onward(GearDecl from, String outputPort, boolean throughSockets) {
        Set<WireDecl> taken = new LinkedHashSet<>();
        Deque<WireDecl> open = new ArrayDeque<>(leaving(from, outputPort));
        while (!open.isEmpty()) {
            WireDecl wire = open.poll();
            GearDecl to = gears.get(wire.to().gear());
            if (!taken.add(wire)
                    || to.name().equals(from.name())
                    || to.manifest().origin() && !throughSockets) {
                continue;
            }
            for (Port port : to.manifest().outputs()) {
                if (goesOn(to, wire.to().port(), port.name())) {
                    wired(to, Set.of(port.name())).forEach(output -> open.addAll(leaving(to, output)));
                }
            }
        }
        return taken;
    }

    /** The wires that a message may have taken to there, from where it came into the rack. */
    Set<WireDecl> back(GearDecl to, String inputPort) {
        Set<WireDecl> taken = new LinkedHashSet<>();
        Deque<WireDecl> open = new ArrayDeque<>(arriving(to, inputPort));
        while (!open.isEmpty()) {
            WireDecl wire = open.poll();
            GearDecl from = gears.get(wire.from().gear());
            if (!taken.add(wire)
                    || from.name().equals(to.name())
                    || from.manifest().origin()) {
                continue;
            }
            for (Port port : from.manifest().inputs()) {
                if (!isReply(from, port.name())) {
                    arriving(from, port.name()).stream()
                            .filter(before ->
                                    !hasOwnWay(before, from, wire.from().port()))
                            .forEach(open::add);
                }
            }
        }
        return taken;
    }

    /**
     * The wires by which answers get there: from the gears that give them, and, where they are awaited, from sockets. What a switch asks, and
     * what is new, goes to others.
     */
    Set<WireDecl> answering(GearDecl to, String inputPort) {
        Set<WireDecl> answering = new LinkedHashSet<>();
        boolean awaited = isReply(to, inputPort);
        Set<WireDecl> looked = new LinkedHashSet<>();
        arriving(to, inputPort).forEach(wire -> brings(wire, awaited, looked, answering));
        return answering;
    }

    private boolean brings(WireDecl wire, boolean awaited, Set<WireDecl> looked, Set<WireDecl> answering) {
        if (!looked.add(wire)) {
            return answering.contains(wire);
        }
        GearDecl from = gears.get(wire.from().gear());
        String port = wire.from().port();
        boolean given = answersOn(from, port) || asks(from) && replies(from, port) == null;
        boolean brings = awaited || given;
        if (!given && !asks(from) && !from.manifest().origin()) {
            for (Port input : from.manifest().inputs()) {
                for (WireDecl before : arriving(from, input.name())) {
                    brings |= brings(before, awaited, looked, answering);
                }
            }
        }
        if (brings) {
            answering.add(wire);
        }
        return brings;
    }

    /** Whether answers to what came in leave there. */
    private static boolean answersOn(GearDecl gear, String port) {
        return gear.manifest().inputs().stream()
                .anyMatch(input -> isAmong(gear, port, gear.factory().answersAt(gear.config(), input.name())));
    }

    /** Whether it awaits answers to what it sends somewhere. */
    private static boolean asks(GearDecl gear) {
        return gear.manifest().outputs().stream().anyMatch(port -> replies(gear, port.name()) != null);
    }

    /** Whether what a switch sent over that wire leaves on a port of that switch's own instead, such as {@code error_east}. */
    private boolean hasOwnWay(WireDecl before, GearDecl gear, String port) {
        String origin = gears.get(before.from().gear()).origin();
        return origin != null && !leaving(gear, port + "_" + origin).isEmpty();
    }

    private List<WireDecl> leaving(GearDecl gear, String port) {
        return wires.stream()
                .filter(wire -> wire.from().gear().equals(gear.name())
                        && wire.from().port().equals(port))
                .toList();
    }

    private List<WireDecl> arriving(GearDecl gear, String port) {
        return wires.stream()
                .filter(wire ->
                        wire.to().gear().equals(gear.name()) && wire.to().port().equals(port))
                .toList();
    }

    /** Answers that a gear awaits leave as its own answers do, requests to where it awaits answers from; all else anywhere. */
    private static boolean goesOn(GearDecl gear, String input, String output) {
        if (!asks(gear)) {
            return true;
        }
        boolean answers = gear.manifest().inputs().stream()
                .anyMatch(port ->
                        gear.factory().answersAt(gear.config(), port.name()).contains(output));
        return isReply(gear, input) == answers;
    }

    /** Whether what comes in there is an answer that the gear awaits. */
    static boolean isReply(GearDecl gear, String input) {
        return gear.manifest().outputs().stream().anyMatch(port -> input.equals(replies(gear, port.name())));
    }

    private static String replies(GearDecl gear, String output) {
        GearFactory factory = gear.factory();
        return factory.repliesAt(gear.config(), output);
    }

    private static boolean isAmong(GearDecl gear, String port, Set<String> names) {
        Port declared = gear.manifest().output(port);
        return declared != null && names.contains(declared.name());
    }
}
