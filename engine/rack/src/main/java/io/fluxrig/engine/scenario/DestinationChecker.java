package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.GearManifest.Port;
import java.util.List;
import java.util.Map;

/**
 * Reports the destinations that a gear's configuration names and no wire leads away from: what is routed there is lost. Only of
 * ports that a gear has by the configuration's word, {@code out_*}; others are {@link WireAdvice}'s. One use.
 */
final class DestinationChecker {
    private final WireChecker wires;
    private final Faults faults;

    /** @param wires what it has seen of wires, also of those with faults */
    DestinationChecker(WireChecker wires, Faults faults) {
        this.wires = wires;
        this.faults = faults;
    }

    /** @param path of the gear's configuration, which has no fault of its own */
    void check(GearDecl gear, String path) {
        YamlNode.Mapping source = ((CheckedConfig) gear.config()).source();
        for (String port : gear.factory().outputsUsed(gear.config())) {
            Port declared = gear.manifest().output(port);
            if (declared != null && declared.family() && !wires.leaveFrom(gear.name(), port)) {
                Named named = find(source, port, path);
                report(gear, port, named == null ? new Named(path, gear.place()) : named);
            }
        }
    }

    private void report(GearDecl gear, String port, Named named) {
        List<String> wired = wires.portsOf(gear.name()).stream()
                .filter(other -> {
                    Port declared = gear.manifest().output(other);
                    return declared != null && declared.family();
                })
                .toList();
        String nearest = Nearest.find(port, wired);
        String add = "add a wire { from: " + gear.name() + "." + port + ", to: ... }";
        faults.error(
                named.place,
                named.path,
                "no wire leads away from '" + gear.name() + "." + port + "'",
                nearest == null ? add : "did you mean '" + nearest + "'? If not, " + add);
    }

    /** Where a name stands. */
    private record Named(String path, Place place) {}

    /** The first scalar with that text; the tree is as deep as {@link YamlReader#DEPTH_MAX} at most. */
    private static Named find(YamlNode node, String text, String path) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text().equals(text) ? new Named(path, scalar.place()) : null;
        }
        Named found = null;
        if (node instanceof YamlNode.Mapping map) {
            for (Map.Entry<String, YamlNode.Mapping.Entry> entry : map.entries().entrySet()) {
                found = found == null
                        ? find(entry.getValue().value(), text, KeyChecker.join(path, entry.getKey()))
                        : found;
            }
        } else if (node instanceof YamlNode.Sequence list) {
            for (int i = 0; i < list.items().size() && found == null; i++) {
                found = find(list.items().get(i), text, path + "[" + i + "]");
            }
        }
        return found;
    }
}
