package io.fluxrig.bench.engine;

import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackPlan;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.strip.Strip;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.StripHost;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.perf.clock.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.ServiceLoader;

/** One strip of a scenario on the benchmark's own thread, whose batches end when the benchmark says so. */
final class LoopHost implements StripHost {
    private final Clock clock = Clock.system();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final LoopLine.Factory lines = new LoopLine.Factory();
    private final Strip strip;
    private Runnable batchEnd;
    private long nextTickNs;

    LoopHost(Path file, String scenario) throws GearStartException {
        List<GearFactory> factories = new ArrayList<>();
        for (GearFactory factory : ServiceLoader.load(GearFactory.class)) {
            boolean sockets = factory.manifest().type().equals(lines.manifest().type());
            factories.add(sockets ? lines : factory);
        }
        ScenarioLoad load = new ScenarioLoader(GearCatalog.of(factories), name -> null)
                .load(file, scenario.getBytes(StandardCharsets.UTF_8));
        if (!load.ok()) {
            throw new IllegalStateException(load.faults().toString());
        }
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        StripSettings settings = StripSettings.defaults(1);
        StripBank bank = new StripBank(plan.strips(), settings, load.scenario().specs(), new RackMetrics());
        strip = bank.open(0, this);
        strip.build();
        for (int gear = plan.gears().size() - 1; gear >= 0; gear--) {
            strip.start(gear);
        }
        endBatch();
    }

    LoopLine line(String gear) {
        return lines.line(gear);
    }

    /** What an event loop does between two waits: end the batch, run tasks, tick. */
    void endBatch() {
        long nowNs = clock.nanoTime();
        if (nowNs - nextTickNs >= 0) {
            nextTickNs = nowNs + StripSettings.defaults(1).tickNs();
            strip.onTick();
        }
        do {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            Runnable end = batchEnd;
            batchEnd = null;
            if (end != null) {
                end.run();
            }
        } while (!tasks.isEmpty() || batchEnd != null);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void afterBatch(Runnable task) {
        batchEnd = task;
    }

    @Override
    public boolean onStrip() {
        return true;
    }

    @Override
    public StripSockets sockets() {
        return null;
    }
}
