package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.transport.journal.SyncMode;
import java.util.List;
import java.util.Objects;

/**
 * A checked scenario as strips build it: gears in order and the wires between them, names resolved to numbers. Every strip
 * of a rack is built from the same plan. Immutable; the constructor refuses wires that lead nowhere.
 *
 * @param scenario the scenario's name, for logs and status
 * @param gears the rack's gears in scenario order; the position is the gear's ordinal
 * @param wires in scenario order; several from one port fan out, several into one input merge
 */
public record StripPlan(String scenario, List<GearPlan> gears, List<WirePlan> wires) {

    /** Most gears a plan may hold, since a gear's ordinal is one byte of a connection id. */
    public static final int GEARS_MAX = 256;

    public StripPlan {
        Objects.requireNonNull(scenario, "scenario");
        gears = List.copyOf(gears);
        wires = List.copyOf(wires);
        if (gears.size() > GEARS_MAX) {
            throw new IllegalArgumentException("gears=" + gears.size() + " max=" + GEARS_MAX);
        }
        for (WirePlan wire : wires) {
            checkOrdinal(wire.fromGear(), gears.size());
            checkOrdinal(wire.toGear(), gears.size());
            int inputs = gears.get(wire.toGear()).factory().manifest().inputs().size();
            if (wire.toInput() < 0 || wire.toInput() >= inputs) {
                throw new IllegalArgumentException("wire from gear " + wire.fromGear() + " port " + wire.fromPort()
                        + ": input=" + wire.toInput() + " inputs=" + inputs);
            }
        }
    }

    /**
     * One gear.
     *
     * @param name its name in the scenario
     * @param factory builds one copy for each strip
     * @param config checked, defaults filled in
     */
    public record GearPlan(String name, GearFactory factory, GearConfig config) {
        public GearPlan {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(factory, "factory");
            Objects.requireNonNull(config, "config");
        }

        /** Whether the gear's type has that key and the scenario gives it. */
        public boolean given(String key) {
            return factory.manifest().keys().stream()
                            .anyMatch(declared -> declared.name().equals(key))
                    && config.has(key);
        }
    }

    /**
     * One wire of the hot or the durable lane.
     *
     * @param fromGear ordinal of the sending gear
     * @param fromPort its output port, as written in the scenario
     * @param toGear ordinal of the receiving gear
     * @param toInput index into the receiving gear's {@code manifest().inputs()}
     * @param sync when a durable wire's promise holds; null for a hot wire
     */
    public record WirePlan(int fromGear, String fromPort, int toGear, int toInput, SyncMode sync) {
        public WirePlan {
            Objects.requireNonNull(fromPort, "fromPort");
        }

        /** A hot wire. */
        public WirePlan(int fromGear, String fromPort, int toGear, int toInput) {
            this(fromGear, fromPort, toGear, toInput, null);
        }

        public boolean durable() {
            return sync != null;
        }
    }

    /** The wire as people know it: {@code decode.out->audit.in}. */
    public String nameOf(WirePlan wire) {
        GearPlan to = gears.get(wire.toGear());
        return gears.get(wire.fromGear()).name() + "." + wire.fromPort() + "->" + to.name() + "."
                + to.factory().manifest().inputs().get(wire.toInput()).name();
    }

    /** The number under which a wired output port stands in message paths: its place among the gear's wired ports. */
    int portNumber(int gear, String port) {
        return wires.stream()
                .filter(wire -> wire.fromGear() == gear)
                .map(WirePlan::fromPort)
                .distinct()
                .toList()
                .indexOf(port);
    }

    private static void checkOrdinal(int ordinal, int count) {
        if (ordinal < 0 || ordinal >= count) {
            throw new IllegalArgumentException("gear ordinal=" + ordinal + " gears=" + count);
        }
    }
}
