package io.fluxrig.engine.gears;

import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.GearDecl;
import io.fluxrig.engine.scenario.Scenario;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.scenario.WireDecl;
import io.fluxrig.engine.strip.plan.StripPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Scenarios of tests: YAML through the real loader, with {@link Probe} among the gears. */
public final class TestPlans {
    /** The repository's own scenarios' folder; tests run in their module's. */
    public static final Path SCENARIOS = Path.of("..", "..", "config", "scenarios");

    private TestPlans() {}

    /** What the loader makes of the gears and wires below {@code meta}. */
    public static ScenarioLoad load(String gearsAndWires) {
        List<GearFactory> factories = new ArrayList<>();
        ServiceLoader.load(GearFactory.class).forEach(factories::add);
        factories.add(new Probe.Factory());
        String yaml = "meta: { name: test, version: 1.0.0 }\n" + gearsAndWires;
        return new ScenarioLoader(GearCatalog.of(factories), name -> null)
                .load(SCENARIOS.resolve("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, which must be sound. */
    public static Scenario scenario(String gearsAndWires) {
        ScenarioLoad load = load(gearsAndWires);
        if (!load.ok()) {
            throw new AssertionError(load.faults().toString());
        }
        return load.scenario();
    }

    public static StripPlan plan(Scenario scenario) {
        List<StripPlan.GearPlan> gears = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (GearDecl gear : scenario.gears()) {
            gears.add(new StripPlan.GearPlan(gear.name(), gear.factory(), gear.config()));
            names.add(gear.name());
        }
        List<StripPlan.WirePlan> wires = new ArrayList<>();
        for (WireDecl wire : scenario.wires()) {
            int to = names.indexOf(wire.to().gear());
            wires.add(new StripPlan.WirePlan(
                    names.indexOf(wire.from().gear()),
                    wire.from().port(),
                    to,
                    input(gears.get(to), wire.to().port())));
        }
        return new StripPlan(scenario.name(), gears, wires);
    }

    private static int input(StripPlan.GearPlan gear, String port) {
        var inputs = gear.factory().manifest().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(port)) {
                return i;
            }
        }
        throw new AssertionError(gear.name() + " has no input " + port);
    }
}
