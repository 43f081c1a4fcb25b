package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.clock.VirtualClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Several strips of one rack on one thread and one virtual clock; a seed decides which strip runs next and how much of what
 * waits for it goes into one batch. Same seed and same calls, same run.
 *
 * <pre>
 *   sim.start();
 *   sim.on(0, strip -> strip.inlet(gear, 0).emit(message));   runs now, as one batch
 *   sim.settle();                                             until nothing waits on any strip
 *   sim.advance(30_000_000_000L);                             time passes tick by tick, settling after each
 * </pre>
 */
public final class SimStrips {
    /** Steps of one {@link #settle()} before it says that the rack goes in circles. */
    private static final int STEPS_MAX = 1_000_000;

    private final VirtualClock clock;
    private final SplittableRandom random;
    private final StripBank bank;
    private final List<Host> hosts = new ArrayList<>();
    private final long tickNs;
    private Host current;

    public SimStrips(StripPlan plan, StripSettings settings, SpecCatalog specs, long seed) {
        this(plan, settings, specs, seed, new VirtualClock());
    }

    public SimStrips(StripPlan plan, StripSettings settings, SpecCatalog specs, long seed, VirtualClock clock) {
        this(plan, settings, specs, seed, clock, WireJournals.NONE);
    }

    /** With durable wires; their journals' threads must wake no strip, for these are nobody's threads. */
    public SimStrips(
            StripPlan plan,
            StripSettings settings,
            SpecCatalog specs,
            long seed,
            VirtualClock clock,
            WireJournals journals) {
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.tickNs = settings.tickNs();
        this.bank = new StripBank(plan, settings, specs, new RackMetrics(), journals);
        for (int i = 0; i < settings.strips(); i++) {
            Host host = new Host();
            hosts.add(host);
            host.strip = bank.open(i, host);
        }
    }

    public VirtualClock clock() {
        return clock;
    }

    public StripBank bank() {
        return bank;
    }

    public RackMetrics metrics() {
        return bank.metrics();
    }

    public Strip strip(int number) {
        return hosts.get(number).strip;
    }

    /** Makes all gears, then starts them, last of the plan first, each on every strip; and settles. */
    public void start() {
        for (Host host : hosts) {
            host.batch(() -> guarded(host.strip::build));
        }
        for (int gear = bank.plan().gears().size() - 1; gear >= 0; gear--) {
            int ordinal = gear;
            for (Host host : hosts) {
                host.batch(() -> guarded(() -> host.strip.start(ordinal)));
            }
        }
        settle();
    }

    /** Drains every gear, first of the plan first. */
    public void drain() {
        each(Strip::drain);
    }

    /** Stops every gear, first of the plan first. */
    public void stop() {
        each(Strip::stop);
    }

    /** What all gears on all strips have in flight. */
    public int inFlight() {
        int[] sum = new int[1];
        each((strip, gear) -> sum[0] += strip.inFlight(gear));
        return sum[0];
    }

    /** Runs something on a strip now, as one batch of its own, as a socket read would. */
    public void on(int strip, Consumer<Strip> action) {
        Host host = hosts.get(strip);
        host.batch(() -> action.accept(host.strip));
    }

    /** Lets a strip stand still, as one whose thread hangs; what it is to do waits until it goes on. */
    public void stall(int strip, boolean stalled) {
        hosts.get(strip).stalled = stalled;
    }

    /** Lets one strip that has something waiting run one batch; false if none has. */
    public boolean step() {
        List<Host> ready = new ArrayList<>();
        for (Host host : hosts) {
            if (!host.tasks.isEmpty() && !host.stalled) {
                ready.add(host);
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        Host next = ready.get(random.nextInt(ready.size()));
        int count = 1 + random.nextInt(next.tasks.size());
        next.batch(() -> {
            for (int i = 0; i < count; i++) {
                next.tasks.remove().run();
            }
        });
        return true;
    }

    /** Steps until nothing waits on any strip. */
    public void settle() {
        for (int steps = 0; step(); steps++) {
            if (steps == STEPS_MAX) {
                throw new AssertionError("still busy after " + STEPS_MAX + " steps");
            }
        }
    }

    /** Lets time pass, each strip ticking on its own, in an order that the seed decides; settles after each tick. */
    public void advance(long durationNs) {
        long untilNs = clock.nanoTime() + durationNs;
        while (clock.nanoTime() < untilNs) {
            clock.advance(Math.min(tickNs, untilNs - clock.nanoTime()));
            for (Host host : hosts) {
                if (!host.stalled) {
                    host.execute(host.strip::onTick);
                }
            }
            settle();
        }
    }

    private interface Verb {
        void on(Strip strip, int gear);
    }

    private interface Starter {
        void run() throws GearStartException;
    }

    private void each(Verb verb) {
        for (int gear = 0; gear < bank.plan().gears().size(); gear++) {
            int ordinal = gear;
            for (Host host : hosts) {
                host.batch(() -> verb.on(host.strip, ordinal));
            }
        }
    }

    private static void guarded(Starter starter) {
        try {
            starter.run();
        } catch (GearStartException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private final class Host implements StripHost {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private final Deque<Runnable> ends = new ArrayDeque<>();
        private Strip strip;
        private boolean stalled;

        private void batch(Runnable action) {
            Host before = current;
            current = this;
            try {
                action.run();
                while (!ends.isEmpty()) {
                    ends.remove().run();
                }
            } finally {
                current = before;
            }
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
            ends.add(task);
        }

        @Override
        public boolean onStrip() {
            return current == this;
        }

        @Override
        public StripSockets sockets() {
            return null;
        }
    }
}
