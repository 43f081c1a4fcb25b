package io.fluxrig.engine.rack;

import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.transport.msg.FluxMsg;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Gears that write down what the supervisor does to them, and misbehave when their configuration says so. */
public final class RecordingGears {
    /** {@code start NAME}, {@code drain NAME}, {@code stop NAME}, of strip 0 only. */
    public final Queue<String> events = new ConcurrentLinkedQueue<>();

    /** Starts minus stops, by gear, of all strips. */
    public final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();

    /** A message id of each gear on strip 0, as it is made. */
    public final Queue<Long> ids = new ConcurrentLinkedQueue<>();

    /** Copies made, by gear, of all strips. */
    private final Map<String, Integer> made = new ConcurrentHashMap<>();

    /** The thread of each strip. */
    public final Map<Integer, Thread> threads = new ConcurrentHashMap<>();

    /** What a gear with {@code hang} waits for as it is made on the last strip. */
    public final CountDownLatch hung = new CountDownLatch(1);

    /** What every gear called {@code busy} says it has in flight. */
    public final AtomicInteger inFlight = new AtomicInteger();

    public GearCatalog catalog() {
        return GearCatalog.of(List.of(new Factory("io_recorded"), new Factory("recorded"), new Factory("a_source")));
    }

    private final class Factory implements GearFactory {
        private final GearManifest manifest;

        Factory(String type) {
            manifest = new GearManifest(
                    type,
                    "Records.",
                    List.of(new Port("in", "takes")),
                    List.of(new Port("out", "gives"), new Port("side", "gives too")),
                    List.of(
                            ConfigKey.address("bind", "Listens, says it."),
                            ConfigKey.address("connect", "Dials, says it."),
                            ConfigKey.flag("fail_start", false, "Refuses to start on the last strip."),
                            ConfigKey.flag("fail_probe", false, "Finds that somebody has what it needs."),
                            ConfigKey.flag("fail_link", false, "Gets no link."),
                            ConfigKey.flag("fail_make", false, "Cannot be made."),
                            ConfigKey.flag("fail_make_again", false, "Cannot be made once every strip has had one."),
                            ConfigKey.flag("fail_ticks", false, "Lets exceptions out as soon as time passes."),
                            ConfigKey.flag("fail_take_over", false, "Lets an exception out as it takes over."),
                            ConfigKey.flag("break_take_over", false, "Ends the taking over in an error."),
                            ConfigKey.flag("hang", false, "Has the last strip hang as it is made."),
                            ConfigKey.number("version", 0L, 0, 100, "Says nothing."),
                            ConfigKey.flag("destination", false, "Counts like a conductor.")));
        }

        @Override
        public GearManifest manifest() {
            return manifest;
        }

        @Override
        public Gear create(GearContext context) {
            boolean again = made.merge(context.name(), 1, Integer::sum) > context.stripCount();
            if (context.config().flag("fail_make") || again && context.config().flag("fail_make_again")) {
                throw new IllegalStateException("no luck");
            }
            if (context.config().flag("hang") && context.strip() == context.stripCount() - 1) {
                hang();
            }
            return new Recording(context);
        }
    }

    private void hang() {
        try {
            hung.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Recording implements Gear {
        private final GearContext context;
        private final Timers.Source ticks;
        private final Output out;

        Recording(GearContext context) {
            this.context = context;
            this.out = context.output("out");
            if (context.strip() == 0) {
                ids.add(context.ids().next());
            }
            this.ticks = context.timers().source((nowNs, unused) -> failAgain(nowNs));
            if (context.config().flag("destination")) {
                Counter requests = context.metrics()
                        .counter(MetricNames.DESTINATION_REQUESTS, "Requests sent", "destination", "out");
                requests.add(3);
                context.metrics()
                        .level(MetricNames.DESTINATION_BREAKER, "Breaker", "destination", "out")
                        .set(MetricNames.BREAKER_HALF_OPEN);
            }
            if (context.config().has("connect")) {
                boolean up = context.strip() == 0 && !context.config().flag("fail_link");
                context.linkReport().up(up ? 1 : 0);
                context.linkReport().trouble(up ? "" : "connection refused");
            }
        }

        @Override
        public int onMessage(int inPort, FluxMsg message) {
            return out.emit(message);
        }

        @Override
        public void probe() throws GearStartException {
            if (context.config().flag("fail_probe")) {
                throw new GearStartException("somebody has it");
            }
        }

        @Override
        public void start() throws GearStartException {
            if (context.config().flag("fail_start") && context.strip() == context.stripCount() - 1) {
                throw new GearStartException("the address is taken; choose another");
            }
            note("start");
            threads.put(context.strip(), Thread.currentThread());
            counter().incrementAndGet();
            if (context.config().flag("fail_ticks")) {
                ticks.schedule(context.clock().nanoTime(), 0);
            }
        }

        private void failAgain(long nowNs) {
            ticks.schedule(nowNs + 1, 0);
            throw new IllegalStateException("as configured");
        }

        @Override
        public void takeOver() {
            note("take over");
            if (context.config().flag("fail_take_over")) {
                throw new IllegalStateException("as configured");
            }
            if (context.config().flag("break_take_over")) {
                throw new AssertionError("as configured");
            }
        }

        @Override
        public void drain() {
            note("drain");
        }

        @Override
        public int inFlight() {
            return context.name().equals("busy") && context.strip() == 0 ? inFlight.get() : 0;
        }

        @Override
        public void stop() {
            note("stop");
            counter().decrementAndGet();
        }

        private AtomicInteger counter() {
            return running.computeIfAbsent(context.name(), name -> new AtomicInteger());
        }

        private void note(String what) {
            if (context.strip() == 0) {
                events.add(what + " " + context.name());
            }
        }
    }
}
