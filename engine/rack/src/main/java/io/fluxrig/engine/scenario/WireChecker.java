package io.fluxrig.engine.scenario;

import io.fluxrig.engine.config.Name;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.transport.journal.store.SyncMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks wires: both ends exist, the right way round, on racks that meet, on a lane this build has. */
final class WireChecker {
    private final Map<String, GearDecl> gears = new LinkedHashMap<>();
    private final Map<String, GearChecker.Named> named;
    private final RackChecker racks;
    private final Faults faults;
    private final Map<String, Place> durableFrom = new HashMap<>();
    /** Output ports that wires name, by gear; a wire counts whatever else is wrong with it, and so does a gear nobody knows. */
    private final Map<String, Set<String>> leaving = new LinkedHashMap<>();

    private final Map<String, WireDecl> guaranteedTo = new HashMap<>();

    /** @param named all gears, also those whose own faults left them out of {@code sound}: their ports are not known */
    WireChecker(List<GearDecl> sound, Map<String, GearChecker.Named> named, RackChecker racks, Faults faults) {
        sound.forEach(gear -> gears.put(gear.name(), gear));
        this.named = named;
        this.racks = racks;
        this.faults = faults;
    }

    List<WireDecl> check(List<GearConfig> sections) {
        List<WireDecl> wires = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        for (int i = 0; i < sections.size(); i++) {
            CheckedConfig section = (CheckedConfig) sections.get(i);
            String path = "wires[" + i + "]";
            PortRef from = end(section, "from", path);
            PortRef to = end(section, "to", path);
            if (from == null || to == null) {
                continue;
            }
            Place place = section.source().place();
            Place other = seen.putIfAbsent(from + " -> " + to, place);
            if (other != null) {
                faults.error(place, path, "the same wire stands at line " + other.line(), "remove one: each copies");
            }
            Lane lane = lane(section, from, to, path);
            if (lane != Lane.HOT) {
                oneJournal(from, place, path);
            }
            Confirm confirm = confirm(section, lane);
            String toRack = lane == Lane.GUARANTEED ? rackOf(to) : "";
            WireDecl wire = new WireDecl(
                    from, to, lane, sync(section, lane, confirm), confirm, expireAfterNs(section, lane), toRack, place);
            if (lane == Lane.GUARANTEED) {
                oneJournalThere(wire, path);
            }
            wires.add(wire);
        }
        return List.copyOf(wires);
    }

    /** Whether a wire names that output port, or the port of a gear that does not exist and may be meant for this one. */
    boolean leaveFrom(String gear, String port) {
        return leaving.entrySet().stream()
                .anyMatch(entry -> entry.getValue().contains(port)
                        && (entry.getKey().equals(gear) || !named.containsKey(entry.getKey())));
    }

    /** Output ports of a gear that wires name, in their order. */
    Set<String> portsOf(String gear) {
        return leaving.getOrDefault(gear, Set.of());
    }

    private PortRef end(CheckedConfig section, String key, String path) {
        String text = section.text(key);
        if (text == null) {
            return null;
        }
        Place place = section.source().placeOf(key);
        String keyPath = path + "." + key;
        String[] parts = text.split("\\.", -1);
        if (parts.length < 2 || parts.length > 3) {
            faults.error(place, keyPath, "'" + text + "' names no port", "write gear.port or rack.gear.port");
            return null;
        }
        int first = parts.length - 2;
        PortRef ref = new PortRef(first == 1 ? parts[0] : "", parts[first], parts[first + 1]);
        boolean output = key.equals("from");
        if (output) {
            leaving.computeIfAbsent(ref.gear(), gear -> new LinkedHashSet<>()).add(ref.port());
        }
        return exists(ref, output, place, keyPath) ? ref : null;
    }

    private boolean exists(PortRef ref, boolean output, Place place, String path) {
        boolean rackKnown = ref.rack().isEmpty() || racks.isRack(ref.rack());
        if (!rackKnown) {
            faults.error(place, path, "no rack is called '" + ref.rack() + "'", Nearest.fix(ref.rack(), racks.names()));
        }
        GearChecker.Named gear = named.get(ref.gear());
        if (gear == null) {
            faults.error(
                    place, path, "no gear is called '" + ref.gear() + "'", Nearest.fix(ref.gear(), named.keySet()));
            return false;
        }
        boolean elsewhere = !gear.deploy().isEmpty() && !gear.deploy().contains(ref.rack());
        if (rackKnown && !ref.rack().isEmpty() && elsewhere) {
            faults.error(
                    place,
                    path,
                    "gear '" + ref.gear() + "' does not run on rack '" + ref.rack() + "'",
                    "it runs on " + String.join(", ", gear.deploy()));
        }
        GearDecl sound = gears.get(ref.gear());
        if (sound == null) {
            checkPortName(ref, place, path);
            return true;
        }
        return portExists(ref, sound.manifest(), output, place, path);
    }

    private boolean portExists(PortRef ref, GearManifest manifest, boolean output, Place place, String path) {
        Port port = output ? manifest.output(ref.port()) : manifest.input(ref.port());
        boolean family = port != null && port.family();
        if (port != null && (!family || ref.port().length() >= port.name().length())) {
            if (family) {
                checkPortName(ref, place, path);
            }
            return true;
        }
        Port opposite = output ? manifest.input(ref.port()) : manifest.output(ref.port());
        String kind = output ? "output" : "input";
        if (opposite != null) {
            faults.error(
                    place,
                    path,
                    "'" + ref.port() + "' is an " + (output ? "input" : "output") + " port of " + manifest.type(),
                    "a wire runs from an output port to an input port");
            return false;
        }
        List<String> known = (output ? manifest.outputs() : manifest.inputs())
                .stream().map(Port::name).toList();
        faults.error(
                place,
                path,
                "gear '" + ref.gear() + "' (" + manifest.type() + ") has no " + kind + " port '" + ref.port() + "'",
                Nearest.fix(ref.port(), known));
        return false;
    }

    private void checkPortName(PortRef ref, Place place, String path) {
        if (!ref.port().matches(Name.PATTERN)) {
            faults.error(place, path, "'" + ref.port() + "' is no port name", Name.FIX);
        }
    }

    /** Receipts tell a gear of one promise for each of its ports. */
    private void oneJournal(PortRef from, Place place, String path) {
        Place other = durableFrom.putIfAbsent(from.gear() + "." + from.port(), place);
        if (other != null) {
            faults.error(
                    place,
                    path + ".lane",
                    "the output " + from + " has a durable or guaranteed wire already, at line " + other.line(),
                    "let the gear that receives pass the message on, or make this wire hot");
        }
    }

    /** Whoever receives at a port has one journal for all that arrives there, or none. */
    private void oneJournalThere(WireDecl wire, String path) {
        WireDecl other = guaranteedTo.putIfAbsent(
                wire.toRack() + "." + wire.to().gear() + "." + wire.to().port(), wire);
        if (other != null && other.confirm() != wire.confirm()) {
            faults.error(
                    wire.place(),
                    path + ".confirm",
                    "the wire at line " + other.place().line() + " leads to the same port with confirm: "
                            + other.confirm().word(),
                    "give all wires to one port the same confirm");
        }
        if (other != null && other.expireAfterNs() != wire.expireAfterNs()) {
            faults.error(
                    wire.place(),
                    path + ".expire_after",
                    "the wire at line " + other.place().line() + " leads to the same port with another expire_after",
                    "give all wires between racks to one port the same");
        }
    }

    private static long expireAfterNs(CheckedConfig section, Lane lane) {
        return lane == Lane.HOT || !section.has("expire_after") ? 0 : section.durationNs("expire_after");
    }

    private static Confirm confirm(CheckedConfig section, Lane lane) {
        if (lane != Lane.GUARANTEED) {
            return null;
        }
        return Confirm.BROKER.word().equals(section.text("confirm")) ? Confirm.BROKER : Confirm.RECEIVER;
    }

    /** What subjects call the place where the wire ends. */
    private String rackOf(PortRef to) {
        return to.rack().isEmpty() ? named.get(to.gear()).home() : to.rack();
    }

    private static SyncMode sync(CheckedConfig section, Lane lane, Confirm confirm) {
        if (lane == Lane.HOT || confirm == Confirm.BROKER) {
            return null;
        }
        SyncMode asked = SyncMode.of(section.text("sync"));
        return asked == null ? SyncMode.OS : asked;
    }

    private Lane lane(CheckedConfig section, PortRef from, PortRef to, String path) {
        String lane = section.text("lane");
        Place place = section.source().placeOf(lane == null ? "from" : "lane");
        boolean far = !meet(from, to);
        if (far && ("hot".equals(lane) || "durable".equals(lane))) {
            String why = "hot".equals(lane) ? "it is memory" : "it is one rack's disk";
            faults.error(
                    place,
                    path,
                    "a " + lane + " wire cannot run between racks: " + why,
                    "leave lane out, then it is guaranteed, or deploy both gears to one rack");
        } else if (!far && "guaranteed".equals(lane)) {
            faults.error(
                    place,
                    path + ".lane",
                    "a guaranteed wire runs between racks, and some rack runs both these gears",
                    "make it durable, or leave lane out: then it is hot");
        }
        if (!far) {
            arriveEverywhere(from, to, path + ".to", section.source().placeOf("to"));
        }
        Lane near = "durable".equals(lane) ? Lane.DURABLE : Lane.HOT;
        Lane chosen = far ? Lane.GUARANTEED : near;
        boolean misspelt = section.source().get("lane") != null && !Lane.isWord(lane);
        for (String key : misspelt ? List.<String>of() : meaningless(chosen, section)) {
            if (section.has(key)) {
                boolean broker = chosen == Lane.GUARANTEED;
                faults.warning(
                        section.source().placeOf(key),
                        path + "." + key,
                        "means nothing on a " + chosen.word() + " wire" + (broker ? " with confirm: broker" : ""),
                        "remove it");
            }
        }
        return chosen;
    }

    private static List<String> meaningless(Lane lane, CheckedConfig section) {
        return switch (lane) {
            case HOT -> List.of("sync", "confirm", "expire_after");
            case DURABLE -> List.of("confirm");
            case GUARANTEED -> confirm(section, lane) == Confirm.BROKER ? List.of("sync") : List.of();
        };
    }

    /** A rack that runs the sender alone has nobody for what its copy sends, since the wire is memory, or a disk, on the others. */
    private void arriveEverywhere(PortRef from, PortRef to, String path, Place place) {
        Set<String> alone = new TreeSet<>(racksOf(from));
        Set<String> there = racksOf(to);
        if (there.isEmpty() || !alone.removeAll(there) || alone.isEmpty()) {
            return;
        }
        String racks = String.join(", ", alone);
        faults.warning(
                place,
                path,
                "gear '" + from.gear() + "' runs on " + racks + " too, where '" + to.gear()
                        + "' does not: what it sends there arrives nowhere",
                "deploy both to the same racks, or name the rack in front of the gear: one wire for each rack that sends");
    }

    /** Whether some rack runs both ends. */
    private boolean meet(PortRef from, PortRef to) {
        Set<String> left = racksOf(from);
        Set<String> right = racksOf(to);
        return left.isEmpty() || right.isEmpty() || left.stream().anyMatch(right::contains);
    }

    private Set<String> racksOf(PortRef ref) {
        return ref.rack().isEmpty() ? named.get(ref.gear()).deploy() : Set.of(ref.rack());
    }
}
