package io.fluxrig.engine.strip;

import static io.fluxrig.engine.strip.TestGears.gear;
import static io.fluxrig.engine.strip.TestGears.plan;
import static io.fluxrig.engine.strip.TestGears.settings;
import static io.fluxrig.engine.strip.TestGears.wire;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.ArrayList;
import java.util.List;

/** A strip whose plan changes under a relay and the gear behind it, and notes of what those gears were asked. */
abstract class ChangeRig {
    final List<String> seen = new ArrayList<>();
    final List<LinkView> views = new ArrayList<>();

    final StripPlan first = plan(List.of(relay(), noting("end", "one", 1, 1)), wire(0, 1));
    final StripPlan second = plan(List.of(relay(), noting("end", "two", 2, 2)), wire(0, 1));

    /** Notes what it gets; claims messages of its own number. */
    private final class Noting implements Gear {
        private final String title;
        private final long claims;
        private final LinkReport links;
        private boolean spent;

        Noting(GearContext context, String title, long claims, int up) {
            this.title = title;
            this.claims = claims;
            this.links = context.linkReport();
            links.up(up);
            seen.add(title + " made after " + (context.predecessor() == null ? "nobody" : "another"));
        }

        @Override
        public int onMessage(int inPort, FluxMsg message) {
            seen.add(title + " got " + message.id());
            return Outcome.ACCEPTED;
        }

        @Override
        public void takeOver() {
            seen.add(title + " takes over");
        }

        @Override
        public void retire() {
            seen.add(title + " retires");
        }

        @Override
        public boolean claims(int inPort, FluxMsg message) {
            return message.id() == claims;
        }

        @Override
        public boolean spent() {
            return spent;
        }

        @Override
        public void onSignal(Signal signal) {
            spent = true;
            seen.add(title + " was told");
        }

        @Override
        public void drain() {
            seen.add(title + " drains");
        }

        @Override
        public void stop() {
            seen.add(title + " stops");
        }
    }

    GearPlan noting(String name, String title, long claims, int up) {
        GearPlan plain = gear(name, context -> new Noting(context, title, claims, up));
        return new GearPlan(name, plain.factory(), plain.config(), title, false);
    }

    /** Sends what it gets to its output. */
    GearPlan relay() {
        GearPlan plain = gear("relay", context -> {
            views.add(context.linksOf("out"));
            io.fluxrig.engine.gear.Output out = context.output("out");
            return (inPort, message) -> out.emit(message);
        });
        return new GearPlan("relay", plain.factory(), plain.config(), "relay", false);
    }

    SimStrips start(StripPlan plan) {
        SimStrips sim = new SimStrips(plan, settings(1), TestGears.NO_SPECS, 1);
        sim.start();
        return sim;
    }

    static int emit(SimStrips sim, long id) {
        FluxMsg message = new FluxMsg();
        message.id(id);
        int[] outcome = new int[1];
        sim.on(0, strip -> outcome[0] = strip.inlet(0, 0).emit(message));
        return outcome[0];
    }

    static void prepare(SimStrips sim, PlanChange change) {
        sim.bank().begin(TestGears.NO_SPECS);
        sim.on(0, strip -> {
            try {
                strip.prepare(change);
            } catch (GearStartException e) {
                throw new AssertionError(e.getMessage(), e);
            }
        });
    }

    static void apply(SimStrips sim, PlanChange change) {
        prepare(sim, change);
        sim.on(0, strip -> strip.apply(change));
        sim.bank().applied(change);
    }

    /** Lets an exception out wherever it is asked anything. */
    static GearPlan misbehaving(String name, String title) {
        GearPlan plain = gear(name, context -> new Gear() {
            @Override
            public int onMessage(int inPort, FluxMsg message) {
                throw new IllegalStateException("message");
            }

            @Override
            public boolean claims(int inPort, FluxMsg message) {
                throw new IllegalStateException("claims");
            }

            @Override
            public boolean spent() {
                throw new IllegalStateException("spent");
            }

            @Override
            public int inFlight() {
                throw new IllegalStateException("inFlight");
            }

            @Override
            public void onSignal(Signal signal) {
                throw new IllegalStateException("signal");
            }

            @Override
            public void takeOver() {
                throw new IllegalStateException("takeOver");
            }

            @Override
            public void drain() {
                throw new IllegalStateException("drain");
            }
        });
        return new GearPlan(name, plain.factory(), plain.config(), title, false);
    }
}
