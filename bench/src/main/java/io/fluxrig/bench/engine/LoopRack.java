package io.fluxrig.bench.engine;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.strip.Strip;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.perf.clock.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A scenario on one strip of the benchmark's own thread, with a {@link LoopLine} wherever it has sockets. */
final class LoopRack {
    private static final StripSettings SETTINGS = StripSettings.defaults(1);

    private final Clock clock = Clock.system();
    private final TurnedHost host = new TurnedHost(clock);
    private final LoopLine.Factory lines = new LoopLine.Factory();
    private final Strip strip;
    private long nextTickNs;

    /**
     * @param file as which the scenario is taken
     * @throws GearStartException if a gear cannot be made or started
     */
    LoopRack(Path file, String scenario) throws GearStartException {
        ScenarioLoad load = new ScenarioLoader(GearCatalog.of(gears()), name -> null)
                .load(file, scenario.getBytes(StandardCharsets.UTF_8));
        if (!load.ok()) {
            throw new IllegalStateException(load.faults().toString());
        }
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        StripBank bank = new StripBank(plan.strips(), SETTINGS, load.scenario().specs(), new RackMetrics());
        strip = bank.open(0, host);
        strip.build();
        for (int gear = plan.gears().size() - 1; gear >= 0; gear--) {
            strip.start(gear);
        }
        turn();
    }

    private List<GearFactory> gears() {
        List<GearFactory> gears = new ArrayList<>();
        for (GearFactory gear : ServiceLoader.load(GearFactory.class)) {
            boolean sockets = gear.manifest().type().equals(lines.manifest().type());
            gears.add(sockets ? lines : gear);
        }
        return gears;
    }

    /** The line in the place of that gear. */
    LoopLine line(String gear) {
        return lines.line(gear);
    }

    /** What an event loop does between two waits: tick when it is time, run tasks, end the batch. */
    void turn() {
        long nowNs = clock.nanoTime();
        if (nowNs - nextTickNs >= 0) {
            nextTickNs = nowNs + SETTINGS.tickNs();
            strip.onTick();
        }
        while (host.turn()) {
            continue;
        }
    }
}
