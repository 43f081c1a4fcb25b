package io.fluxrig.engine.scenario;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gear.ConfigKey;
import java.util.ArrayList;
import java.util.List;

/** Finds two gears of one rack that would listen on the same address. Looks at every key called {@value #KEY} of their types. */
final class BindChecker {
    private static final String KEY = "bind";

    private final Faults faults;
    private final List<Listener> listeners = new ArrayList<>();

    private record Listener(GearDecl gear, Address address) {

        boolean collides(Listener other) {
            boolean sameHost = address.host().isEmpty()
                    || other.address.host().isEmpty()
                    || address.host().equals(other.address.host());
            boolean sameRack = gear.deploy().isEmpty()
                    || other.gear.deploy().isEmpty()
                    || gear.deploy().stream().anyMatch(other.gear.deploy()::contains);
            return sameHost && sameRack && address.port() != 0 && address.port() == other.address.port();
        }
    }

    BindChecker(Faults faults) {
        this.faults = faults;
    }

    void check(List<GearDecl> gears) {
        for (GearDecl gear : gears) {
            boolean listens = gear.manifest().keys().stream()
                    .anyMatch(key -> key.name().equals(KEY) && key.type() == ConfigKey.Type.ADDRESS);
            if (listens && gear.config().has(KEY)) {
                Address.parse(gear.config().text(KEY)).ifPresent(address -> take(new Listener(gear, address)));
            }
        }
    }

    private void take(Listener one) {
        listeners.stream()
                .filter(one::collides)
                .findFirst()
                .ifPresent(other -> faults.error(
                        NodePath.find(((CheckedConfig) one.gear().config()).source(), KEY),
                        "gears." + one.gear().name() + ".config." + KEY,
                        "'" + other.gear().name() + "' listens on "
                                + one.gear().config().shownAddress(KEY) + " too",
                        "give each its own port"));
        listeners.add(one);
    }
}
