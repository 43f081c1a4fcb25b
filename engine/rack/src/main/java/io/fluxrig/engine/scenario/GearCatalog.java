package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Nearest;
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
    /** Gear packs of fluxrig's own that are not on every class path, by the types that they bring. */
    private static final Map<String, String> PACKS = Map.of("codec_jpos", "jpos");

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

    /** What to do about a type that {@link #find} does not find. */
    public String fix(String type) {
        String pack = PACKS.get(type);
        return pack == null
                ? Nearest.fix(type, byType.keySet())
                : "it comes with the gear pack '" + pack + "': start fluxrig with FLUXRIG_PACKS=" + pack
                        + " in its environment";
    }

    /** All factories, by type. */
    public Map<String, GearFactory> all() {
        return Collections.unmodifiableMap(byType);
    }
}
