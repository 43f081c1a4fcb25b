package io.fluxrig.engine.simulation;

import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.simulation.Scenarios.Loaded;
import io.fluxrig.engine.simulation.Scenarios.Variant;
import io.fluxrig.engine.strip.SimStrips;
import io.fluxrig.engine.strip.plan.PlanChange;

/**
 * Changes of the scenario while it runs, as a rack makes them: gears configured otherwise, gone and new, and other wires; each strip at a
 * moment of its own, and now and then given up.
 */
final class Reloads {
    private static final long SWEEP_NS = 50_000_000;

    private final World world;
    private final SimStrips strips;
    private final Scenarios scenarios;
    private final int stripCount;
    private Variant running;
    private PlanChange change;
    private int applied;

    Reloads(World world, SimStrips strips, Scenarios scenarios, Variant running, int stripCount) {
        this.world = world;
        this.strips = strips;
        this.scenarios = scenarios;
        this.running = running;
        this.stripCount = stripCount;
    }

    /** Begins a change, unless one is being made. */
    void begin() {
        if (change != null) {
            return;
        }
        Loaded next = scenarios.of(running.other());
        change = PlanChange.between(strips.bank().plan(), next.plan());
        strips.bank().begin(next.scenario().specs());
        for (int strip = 0; strip < stripCount; strip++) {
            strips.on(strip, own -> guarded(() -> own.prepare(change)));
        }
        for (int ordinal : change.made()) {
            for (int strip = 0; strip < stripCount; strip++) {
                strips.on(strip, own -> guarded(() -> own.start(ordinal)));
            }
        }
        if (world.chance(20)) {
            world.after(world.between(0, 50), this::giveUp);
            return;
        }
        applied = 0;
        for (int strip = 0; strip < stripCount; strip++) {
            int number = strip;
            world.after(world.between(0, 60), () -> apply(number));
        }
    }

    /** A strip that stands still comes to it when it moves again; one that never does leaves the change half made. */
    private void apply(int strip) {
        if (world.isStalled(strip)) {
            world.after(5_000_000, () -> apply(strip));
            return;
        }
        world.trace(9, strip, new byte[0]);
        strips.on(strip, own -> own.apply(change));
        if (++applied == stripCount) {
            strips.bank().applied(change);
            running = running.other();
            change = null;
            world.after(SWEEP_NS, this::sweep);
        }
    }

    private void giveUp() {
        for (int strip = 0; strip < stripCount; strip++) {
            strips.on(strip, own -> own.discard(change));
        }
        strips.bank().givenUp(change);
        change = null;
    }

    private void sweep() {
        int left = 0;
        for (int strip = 0; strip < stripCount; strip++) {
            int[] here = {1};
            if (!world.isStalled(strip)) {
                strips.on(strip, own -> here[0] = own.sweep());
            }
            left += here[0];
        }
        if (left > 0) {
            world.after(SWEEP_NS, this::sweep);
        }
    }

    private interface Step {
        void take() throws GearStartException;
    }

    private static void guarded(Step step) {
        try {
            step.take();
        } catch (GearStartException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
