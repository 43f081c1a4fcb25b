package io.fluxrig.bench.jcstress;

import io.fluxrig.bench.engine.TurnedHost;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.Strip;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.msg.FluxMsg;
import java.lang.reflect.Proxy;
import java.util.List;

/** A real strip with one gear that counts signals, on an event loop that turns when it is told to. */
final class HandTurnedStrip implements SpecCatalog {
    private static final StripSettings SMALL = new StripSettings(1, 1 << 12, 1, 1, 1_000_000_000, 1 << 10, 1, 1, 0);
    private static final GearManifest MANIFEST =
            new GearManifest("count", "Counts signals", List.of(), List.of(), List.of());
    private static final GearConfig NO_CONFIG = (GearConfig) Proxy.newProxyInstance(
            GearConfig.class.getClassLoader(), new Class<?>[] {GearConfig.class}, (proxy, method, arguments) -> {
                throw new IllegalArgumentException("this gear has no keys");
            });

    private final TurnedHost host = new TurnedHost(new VirtualClock());
    private final StripBank bank;
    private int signalsSeen;

    HandTurnedStrip() {
        StripPlan plan =
                new StripPlan("test", List.of(new StripPlan.GearPlan("count", new Counting(), NO_CONFIG)), List.of());
        bank = new StripBank(plan, SMALL, this, new RackMetrics());
        Strip strip = bank.open(0, host);
        try {
            strip.build();
        } catch (GearStartException e) {
            throw new IllegalStateException(e);
        }
    }

    StripBank bank() {
        return bank;
    }

    /** Runs the tasks at hand and ends their batch; false if there were none. */
    boolean turn() {
        return host.turn();
    }

    int signalsSeen() {
        return signalsSeen;
    }

    private final class Counting implements GearFactory {
        @Override
        public GearManifest manifest() {
            return MANIFEST;
        }

        @Override
        public Gear create(GearContext context) {
            return new Gear() {
                @Override
                public int onMessage(int inPort, FluxMsg message) {
                    return Outcome.REFUSED;
                }

                @Override
                public void onSignal(Signal signal) {
                    signalsSeen++;
                }
            };
        }
    }

    @Override
    public Spec bySpecPath(String specPath) {
        throw new IllegalArgumentException("this scenario has no specs");
    }

    @Override
    public Spec byHash(String specHash) {
        return null;
    }
}
