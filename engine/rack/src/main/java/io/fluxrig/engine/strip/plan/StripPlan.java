package io.fluxrig.engine.strip.plan;

import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.LedgerTerms;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.transport.journal.store.SyncMode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A checked scenario as strips build it: gears in order and the wires between them, names resolved to numbers. Every strip
 * of a rack is built from the same plan. Immutable; the constructor refuses wires that lead nowhere.
 *
 * @param scenario the scenario's name, for logs and status
 * @param gears the rack's gears in scenario order; the position is the gear's ordinal
 * @param wires in scenario order; several from one port fan out, several into one input merge
 * @param leaving what goes to other racks, one at most for an output port that has no durable wire
 * @param arriving what comes from other racks
 */
public record StripPlan(
        String scenario, List<GearPlan> gears, List<WirePlan> wires, List<Leaving> leaving, List<Arriving> arriving) {

    /** Most gears a plan may hold, since a gear's ordinal is one byte of a connection id. */
    public static final int GEARS_MAX = 256;

    public StripPlan {
        Objects.requireNonNull(scenario, "scenario");
        gears = List.copyOf(gears);
        wires = List.copyOf(wires);
        leaving = List.copyOf(leaving);
        arriving = List.copyOf(arriving);
        if (gears.size() > GEARS_MAX) {
            throw new IllegalArgumentException("gears=" + gears.size() + " max=" + GEARS_MAX);
        }
        for (WirePlan wire : wires) {
            checkOrdinal(wire.fromGear(), gears.size());
            checkInput(wire.toGear(), wire.toInput(), gears);
        }
        for (Leaving wire : leaving) {
            checkOrdinal(wire.fromGear(), gears.size());
        }
        for (Arriving wire : arriving) {
            checkInput(wire.toGear(), wire.toInput(), gears);
        }
    }

    /** A plan whose wires all stay in the rack. */
    public StripPlan(String scenario, List<GearPlan> gears, List<WirePlan> wires) {
        this(scenario, gears, wires, List.of(), List.of());
    }

    /**
     * One gear.
     *
     * @param name its name in the scenario
     * @param factory builds one copy for each strip
     * @param config checked, defaults filled in
     * @param fingerprint equal for two plans of one name that come to the same gear
     * @param retired whether a change of the scenario took it out: it keeps its ordinal, has no wires, and ends what it began
     */
    public record GearPlan(String name, GearFactory factory, GearConfig config, String fingerprint, boolean retired) {
        public GearPlan {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(factory, "factory");
            Objects.requireNonNull(config, "config");
            Objects.requireNonNull(fingerprint, "fingerprint");
        }

        /** A gear of a plan that nobody compares. */
        public GearPlan(String name, GearFactory factory, GearConfig config) {
            this(name, factory, config, "", false);
        }

        /** What the gear wants of its ledger; null for a gear without one, and for one that has gone. */
        public LedgerTerms ledger() {
            return retired ? null : factory.ledger(config);
        }

        /** Whether it waits for others to connect, and connects to nobody. */
        boolean accepts() {
            return given("bind") && !given("connect");
        }

        GearPlan taken() {
            return new GearPlan(name, factory, config, fingerprint, true);
        }

        boolean sameKind(GearPlan other) {
            return name.equals(other.name)
                    && factory.manifest().type().equals(other.factory.manifest().type());
        }

        /** Whether the gear's type has that key and the scenario gives it. */
        public boolean given(String key) {
            return factory.manifest().keys().stream()
                            .anyMatch(declared -> declared.name().equals(key))
                    && config.has(key);
        }

        /** The dialect that its {@code spec_path} names; null if it names none. */
        public Spec spec() {
            return given("spec_path") ? config.spec("spec_path") : null;
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
     * @param expireAfterNs age at which a durable wire hands a message over no more, 0 for never
     */
    public record WirePlan(int fromGear, String fromPort, int toGear, int toInput, SyncMode sync, long expireAfterNs) {
        public WirePlan {
            Objects.requireNonNull(fromPort, "fromPort");
        }

        /** A hot wire. */
        public WirePlan(int fromGear, String fromPort, int toGear, int toInput) {
            this(fromGear, fromPort, toGear, toInput, null);
        }

        /** A wire whose messages never expire. */
        public WirePlan(int fromGear, String fromPort, int toGear, int toInput, SyncMode sync) {
            this(fromGear, fromPort, toGear, toInput, sync, 0);
        }

        public boolean durable() {
            return sync != null;
        }

        /** The same wire between gears that have other ordinals. */
        WirePlan between(int from, int to) {
            return new WirePlan(from, fromPort, to, toInput, sync, expireAfterNs);
        }
    }

    /**
     * How a wire between racks is carried.
     *
     * @param name as people know it: {@code decode.out->west.encode.in}; without a beginning where it arrives
     * @param subject of the receiving port
     * @param confirmed whether the sender keeps a message until its receiver has it
     * @param sync when the journals' promise holds, if it is confirmed
     * @param expireAfterNs age at which a message is handed over no more, 0 for never
     */
    public record Carriage(String name, String subject, boolean confirmed, SyncMode sync, long expireAfterNs) {
        private static final String ARROW = "->";

        public Carriage {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(sync, "sync");
        }

        /** The name of a wire as a line for people has it: where it arrives, {@code west.encode.in}, without the arrow that files and metrics have. */
        public static String title(String name) {
            return name.startsWith(ARROW) ? name.substring(ARROW.length()) : name;
        }

        /** Of a wire whose messages never expire. */
        public Carriage(String name, String subject, boolean confirmed, SyncMode sync) {
            this(name, subject, confirmed, sync, 0);
        }
    }

    /**
     * The near end of a wire to another rack.
     *
     * @param closedTo origins of the conductors whose requests may not take it, since they would come back
     */
    public record Leaving(int fromGear, String fromPort, Carriage carriage, Set<String> closedTo) {
        public Leaving {
            closedTo = Set.copyOf(closedTo);
        }

        /** Of a wire that every request may take. */
        public Leaving(int fromGear, String fromPort, Carriage carriage) {
            this(fromGear, fromPort, carriage, Set.of());
        }

        /** The same end at a gear that has another ordinal. */
        Leaving from(int gear) {
            return new Leaving(gear, fromPort, carriage, closedTo);
        }

        /** The wire as it is carried, whoever may take it. */
        Leaving openToAll() {
            return new Leaving(fromGear, fromPort, carriage);
        }
    }

    /**
     * The far end of wires from other racks; all that lead to one port share it.
     *
     * @param asked whether requests of some switch go to what lies behind it: only then does it matter who is connected there
     * @param shared whether other racks take from it, too
     */
    public record Arriving(int toGear, int toInput, Carriage carriage, boolean asked, boolean shared) {
        /** An end of this rack alone that switches ask something of. */
        public Arriving(int toGear, int toInput, Carriage carriage) {
            this(toGear, toInput, carriage, true, false);
        }

        /** The same end at a gear that has another ordinal. */
        Arriving to(int gear) {
            return new Arriving(gear, toInput, carriage, asked, shared);
        }

        /** The end as it is carried, whoever sends there. */
        Arriving whoeverAsks() {
            return new Arriving(toGear, toInput, carriage, true, shared);
        }
    }

    /** The wire as people know it: {@code decode.out->audit.in}. */
    public String nameOf(WirePlan wire) {
        GearPlan to = gears.get(wire.toGear());
        return gears.get(wire.fromGear()).name() + "." + wire.fromPort() + "->" + to.name() + "."
                + to.factory().manifest().inputs().get(wire.toInput()).name();
    }

    /** The number under which a wired output port stands in message paths: its place among the gear's wired ports. */
    public int portNumber(int gear, String port) {
        Stream<String> near =
                wires.stream().filter(wire -> wire.fromGear() == gear).map(WirePlan::fromPort);
        Stream<String> far =
                leaving.stream().filter(wire -> wire.fromGear() == gear).map(Leaving::fromPort);
        return Stream.concat(near, far).distinct().toList().indexOf(port);
    }

    /** The ordinal of the gear that has a name now, -1 if none has. */
    public int ordinalOf(String name) {
        for (int ordinal = 0; ordinal < gears.size(); ordinal++) {
            if (gears.get(ordinal).name().equals(name) && !gears.get(ordinal).retired()) {
                return ordinal;
            }
        }
        return -1;
    }

    /** Whether anything is wired to that output port. */
    public boolean wired(int gear, String port) {
        return portNumber(gear, port) >= 0;
    }

    private static void checkInput(int gear, int input, List<GearPlan> gears) {
        checkOrdinal(gear, gears.size());
        int inputs = gears.get(gear).factory().manifest().inputs().size();
        if (input < 0 || input >= inputs) {
            throw new IllegalArgumentException("wire to gear " + gear + ": input=" + input + " inputs=" + inputs);
        }
    }

    private static void checkOrdinal(int ordinal, int count) {
        if (ordinal < 0 || ordinal >= count) {
            throw new IllegalArgumentException("gear ordinal=" + ordinal + " gears=" + count);
        }
    }
}
