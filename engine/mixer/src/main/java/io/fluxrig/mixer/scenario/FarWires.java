package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.config.Name;
import io.fluxrig.mixer.bus.Carried;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.scenario.ScenarioOutline.Gear;
import io.fluxrig.mixer.scenario.ScenarioOutline.Wire;
import io.fluxrig.transport.snake.Snake;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The wires of a scenario that run between racks, and what racks share, by the rules of {@code engine.scenario}: those whose ends no rack runs both of. Where a
 * gear's {@code deploy} holds variables of the racks, nobody here can tell what they hold: then it may be any rack of the scenario.
 */
final class FarWires {
    private static final String CONFIRM_BROKER = "broker";
    private static final String VARIABLE = "${";

    private final ScenarioOutline outline;
    private final Map<String, Gear> gears = new HashMap<>();

    FarWires(ScenarioOutline outline) {
        this.outline = outline;
        outline.gears().forEach(gear -> gears.putIfAbsent(gear.name(), gear));
    }

    /**
     * One end of a wire.
     *
     * @param racks that run its gear; empty for all
     * @param homes what its subject may call the place
     * @param told whether the racks are known
     */
    private record End(Set<String> racks, Set<String> homes, boolean told, String gear, String port) {}

    /** What a rack has to do with them. */
    WireRights of(String rack) {
        Set<String> sends = new LinkedHashSet<>();
        Set<String> receives = new LinkedHashSet<>();
        Set<String> confirmsTo = new LinkedHashSet<>();
        boolean asks = false;
        for (Wire wire : outline.wires()) {
            End from = end(wire.from());
            End to = end(wire.to());
            if (from == null || to == null || !far(from, to)) {
                continue;
            }
            boolean confirmed = !wire.confirm().equals(CONFIRM_BROKER);
            if (from.racks().contains(rack)) {
                to.homes().forEach(home -> sends.add(Snake.subject(home, to.gear(), to.port())));
                asks |= confirmed;
            }
            if (to.racks().contains(rack)) {
                to.homes().forEach(home -> receives.add(Snake.subject(home, to.gear(), to.port())));
                confirmsTo.addAll(confirmed ? from.racks() : Set.of());
            }
        }
        return new WireRights(sends, asks, receives, confirmsTo, buckets(rack));
    }

    /** What of the scenario goes over NATS. */
    Carried carried() {
        int wires = 0;
        for (Wire wire : outline.wires()) {
            End from = end(wire.from());
            End to = end(wire.to());
            wires += from != null && to != null && far(from, to) ? 1 : 0;
        }
        return new Carried(
                wires, (int) outline.gears().stream().filter(Gear::shares).count());
    }

    private Set<String> buckets(String rack) {
        Set<String> buckets = new LinkedHashSet<>();
        for (Gear gear : outline.gears()) {
            Set<String> racks = racksOf(gear);
            boolean here = racks.isEmpty() || racks.contains(rack) || holdsVariable(gear);
            if (gear.shares() && here && named(outline.name(), gear.name())) {
                buckets.add(Snake.bucket(outline.name(), gear.name()));
            }
        }
        return buckets;
    }

    private Set<String> racksOf(Gear gear) {
        Set<String> racks = new LinkedHashSet<>();
        for (String place : gear.deploy()) {
            racks.add(place);
            racks.addAll(outline.groups().getOrDefault(place, List.of()));
        }
        return racks;
    }

    private static boolean holdsVariable(Gear gear) {
        return gear.deploy().stream().anyMatch(place -> place.contains(VARIABLE));
    }

    private static boolean far(End from, End to) {
        boolean everywhere = from.racks().isEmpty() || to.racks().isEmpty();
        boolean untold = !from.told() || !to.told();
        return !everywhere && (untold || from.racks().stream().noneMatch(to.racks()::contains));
    }

    /** Null for one that names no port of a gear that there is. */
    private End end(String text) {
        String[] parts = text.split("\\.", -1);
        int first = parts.length - 2;
        if (first < 0 || first > 1 || !named(parts)) {
            return null;
        }
        Gear gear = gears.get(parts[first]);
        if (gear == null) {
            return null;
        }
        String port = parts[first + 1];
        if (first == 1) {
            return new End(Set.of(parts[0]), Set.of(parts[0]), true, gear.name(), port);
        }
        if (holdsVariable(gear)) {
            Set<String> any = new LinkedHashSet<>(outline.racks());
            any.addAll(outline.groups().keySet());
            return new End(any, any, false, gear.name(), port);
        }
        Set<String> racks = racksOf(gear);
        boolean sound = racks.stream().allMatch(each -> Name.refusal(each).isEmpty());
        Set<String> homes = racks.isEmpty() ? Set.of() : Set.of(gear.deploy().get(0));
        return sound ? new End(racks, homes, true, gear.name(), port) : null;
    }

    /** What goes into subjects must hold no wildcard. */
    private static boolean named(String... parts) {
        for (String part : parts) {
            if (Name.refusal(part).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
