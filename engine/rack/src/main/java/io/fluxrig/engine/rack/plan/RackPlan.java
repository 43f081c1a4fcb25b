package io.fluxrig.engine.rack.plan;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.scenario.AskedWires;
import io.fluxrig.engine.scenario.Confirm;
import io.fluxrig.engine.scenario.GearDecl;
import io.fluxrig.engine.scenario.PeerWires;
import io.fluxrig.engine.scenario.PortRef;
import io.fluxrig.engine.scenario.RackDecl;
import io.fluxrig.engine.scenario.Scenario;
import io.fluxrig.engine.scenario.WireDecl;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Arriving;
import io.fluxrig.engine.strip.plan.StripPlan.Carriage;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Leaving;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.snake.Snake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a scenario that one rack runs.
 *
 * @param rack the rack's name
 * @param gears in the order of the plan
 */
public record RackPlan(Scenario scenario, String rack, List<GearDecl> gears, StripPlan strips) {
    /** Name of a rack that neither its configuration nor its scenario names. */
    public static final String RACK_DEFAULT = "rack";

    /**
     * Chooses the rack's part of the scenario.
     *
     * @param configured {@code rack.name}, empty if it is not set
     * @return null if the rack cannot be told or runs nothing; the faults say why
     */
    public static RackPlan of(Scenario scenario, String configured, Faults faults) {
        String rack = name(scenario, configured, faults);
        if (rack == null) {
            return null;
        }
        List<GearDecl> gears = scenario.gearsOn(rack);
        if (gears.isEmpty()) {
            faults.error(
                    Place.ofFile(scenario.file().toString()),
                    "gears",
                    "no gear runs on rack '" + rack + "'",
                    "set rack.name to one of: " + String.join(", ", declared(scenario)));
            return null;
        }
        List<GearPlan> plans = gears.stream()
                .map(gear -> new GearPlan(gear.name(), gear.factory(), gear.config(), gear.fingerprint(), false))
                .toList();
        StripPlan strips = new StripPlan(
                scenario.name(),
                plans,
                wires(scenario.wiresOn(rack), gears),
                leaving(scenario, rack, gears),
                arriving(scenario.wiresArriving(rack), rack, gears, new AskedWires(scenario)));
        return new RackPlan(scenario, rack, gears, strips);
    }

    /** The level that the scenario has this rack log at; empty if it does not say. */
    public String logLevel() {
        return scenario.logLevelOf(rack);
    }

    /**
     * This plan after a change to the wanted one: its gears stand where the change puts them, those that went stay as they were.
     *
     * @param change from this plan's strips to the wanted plan's
     */
    public RackPlan changed(RackPlan wanted, PlanChange change) {
        return new RackPlan(wanted.scenario(), rack, placed(wanted, change), change.after());
    }

    /** This plan after a change to the wanted one was given up: the places of gears that were new are taken. */
    public RackPlan without(RackPlan wanted, PlanChange givenUp) {
        return new RackPlan(scenario, rack, placed(wanted, givenUp), givenUp.after());
    }

    private List<GearDecl> placed(RackPlan wanted, PlanChange change) {
        List<GearDecl> placed = new ArrayList<>();
        for (int ordinal = 0; ordinal < change.origins().size(); ordinal++) {
            int origin = change.origins().get(ordinal);
            placed.add(origin < 0 ? gears.get(ordinal) : wanted.gears().get(origin));
        }
        return List.copyOf(placed);
    }

    /** {@code rack east} for people; only {@code rack} if nobody gave it a name. */
    public String title() {
        return rack.equals(RACK_DEFAULT) ? "rack" : "rack " + rack;
    }

    private static String name(Scenario scenario, String configured, Faults faults) {
        if (!configured.isEmpty()) {
            return configured;
        }
        List<String> declared = declared(scenario);
        if (declared.size() > 1) {
            faults.error(
                    Place.ofFile(scenario.file().toString()),
                    "racks",
                    "the scenario declares " + declared.size() + " racks and this one has no name",
                    "set rack.name (--set rack.name=NAME or FLUXRIG_RACK_NAME) to one of: "
                            + String.join(", ", declared));
            return null;
        }
        return declared.isEmpty() ? RACK_DEFAULT : declared.get(0);
    }

    private static List<String> declared(Scenario scenario) {
        return scenario.racks().stream()
                .filter(rack -> !rack.group())
                .map(RackDecl::name)
                .toList();
    }

    private static List<WirePlan> wires(List<WireDecl> wires, List<GearDecl> gears) {
        List<String> names = gears.stream().map(GearDecl::name).toList();
        List<WirePlan> plans = new ArrayList<>();
        for (WireDecl wire : wires) {
            int to = names.indexOf(wire.to().gear());
            plans.add(new WirePlan(
                    names.indexOf(wire.from().gear()),
                    wire.from().port(),
                    to,
                    input(gears.get(to), wire),
                    wire.sync(),
                    wire.expireAfterNs()));
        }
        return plans;
    }

    private static List<Leaving> leaving(Scenario scenario, String rack, List<GearDecl> gears) {
        List<String> names = gears.stream().map(GearDecl::name).toList();
        Map<WireDecl, Set<String>> closed = PeerWires.of(scenario);
        return scenario.wiresLeaving(rack).stream()
                .map(wire -> new Leaving(
                        names.indexOf(wire.from().gear()),
                        wire.from().port(),
                        carriage(wire.from().gear() + "." + wire.from().port(), wire),
                        closed.getOrDefault(wire, Set.of())))
                .toList();
    }

    /** One for each port that wires lead to, with the strictest promise that one of them asks for. */
    private static List<Arriving> arriving(List<WireDecl> wires, String rack, List<GearDecl> gears, AskedWires asked) {
        List<String> names = gears.stream().map(GearDecl::name).toList();
        Map<String, Arriving> bySubject = new LinkedHashMap<>();
        for (WireDecl wire : wires) {
            int to = names.indexOf(wire.to().gear());
            Arriving end = new Arriving(
                    to,
                    input(gears.get(to), wire),
                    carriage("", wire),
                    asked.leadTo(wire),
                    shared(wire, rack, gears.get(to)));
            bySubject.merge(end.carriage().subject(), end, RackPlan::together);
        }
        return List.copyOf(bySubject.values());
    }

    private static Arriving together(Arriving one, Arriving other) {
        Arriving stricter = one.carriage().sync().compareTo(other.carriage().sync()) >= 0 ? one : other;
        return new Arriving(
                stricter.toGear(),
                stricter.toInput(),
                stricter.carriage(),
                one.asked() || other.asked(),
                one.shared() || other.shared());
    }

    /** Whether the wire goes by the name of a group, or of the first of several racks. */
    private static boolean shared(WireDecl wire, String rack, GearDecl to) {
        return !wire.toRack().equals(rack)
                || wire.to().rack().isEmpty() && to.deploy().size() > 1;
    }

    private static Carriage carriage(String from, WireDecl wire) {
        PortRef to = wire.to();
        return new Carriage(
                from + "->" + wire.toRack() + "." + to.gear() + "." + to.port(),
                Snake.subject(wire.toRack(), to.gear(), to.port()),
                wire.confirm() == Confirm.RECEIVER,
                wire.sync() == null ? SyncMode.OS : wire.sync(),
                wire.expireAfterNs());
    }

    private static int input(GearDecl gear, WireDecl wire) {
        List<String> inputs = gear.manifest().inputs().stream().map(Port::name).toList();
        return inputs.indexOf(wire.to().port());
    }
}
