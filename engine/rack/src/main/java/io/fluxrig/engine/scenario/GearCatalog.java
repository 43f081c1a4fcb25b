package io.fluxrig.engine.scenario;

import io.fluxrig.engine.gear.GearFactory;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The gear types this process can build, by name. Immutable. */
public final class GearCatalog {
    private final SortedMap<String, GearFactory> byType = new TreeMap<>();

    private GearCatalog(Iterable<GearFactory> factories) {
        for (GearFactory factory : factories) {
            GearFactory other = byType.put(factory.manifest().type(), factory);
            if (other != null) {
                throw new IllegalStateException(
                        "gear type " + factory.manifest().type() + " is offered twice: by "
                                + other.getClass().getName() + " and "
                                + factory.getClass().getName());
            }
        }
    }

    /** Everything found on the class path: the built-in gears and the gear packs. */
    public static GearCatalog installed() {
        return new GearCatalog(ServiceLoader.load(GearFactory.class));
    }

    public static GearCatalog of(Collection<? extends GearFactory> factories) {
        return new GearCatalog(List.copyOf(factories));
    }

    /** The factory of that type, null if there is none. */
    public GearFactory find(String type) {
        return byType.get(type);
    }

    /** All factories, by type. */
    public Map<String, GearFactory> all() {
        return Collections.unmodifiableMap(byType);
    }
}
