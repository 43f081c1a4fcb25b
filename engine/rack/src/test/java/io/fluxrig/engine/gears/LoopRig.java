package io.fluxrig.engine.gears;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.scenario.Scenario;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.engine.strip.WireJournals;
import io.fluxrig.engine.strip.loop.StripVerticle;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.id.IdCeiling;
import io.fluxrig.transport.msg.FluxMsg;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Gears on real event loops and sockets, but on a clock that only the test moves; timers look at it every 5 ms. */
public final class LoopRig implements AutoCloseable {
    public final VirtualClock clock = new VirtualClock();
    public final RackMetrics metrics = new RackMetrics();
    private final Vertx vertx;
    private final StripPlan plan;
    private final List<StripVerticle> strips = new ArrayList<>();

    public LoopRig(String gearsAndWires) {
        this(gearsAndWires, 1, true);
    }

    public LoopRig(String gearsAndWires, int count, boolean nativeTransport) {
        this(gearsAndWires, StripSettings.defaults(count), nativeTransport);
    }

    /** With strips whose timer wheels hold no more than so many timers. */
    public LoopRig(String gearsAndWires, int count, boolean nativeTransport, int timersMax) {
        this(gearsAndWires, withTimers(StripSettings.defaults(count), timersMax), nativeTransport);
    }

    /** On one strip, whose ids are between those ticks. */
    public LoopRig(String gearsAndWires, IdCeiling ids) {
        this(gearsAndWires, StripSettings.defaults(1), true, ids);
    }

    private LoopRig(String gearsAndWires, StripSettings settings, boolean nativeTransport) {
        this(gearsAndWires, settings, nativeTransport, IdCeiling.none());
    }

    private LoopRig(String gearsAndWires, StripSettings settings, boolean nativeTransport, IdCeiling ids) {
        int count = settings.strips();
        Scenario scenario = TestPlans.scenario(gearsAndWires);
        plan = TestPlans.plan(scenario);
        vertx = Vertx.vertx(
                new VertxOptions().setPreferNativeTransport(nativeTransport).setEventLoopPoolSize(count));
        StripBank bank = new StripBank(plan, settings, scenario.specs(), metrics, WireJournals.NONE, ids);
        for (int strip = 0; strip < count; strip++) {
            strips.add(new StripVerticle(bank, strip, clock));
            await(vertx.deployVerticle(strips.get(strip)));
        }
        for (int gear = plan.gears().size() - 1; gear >= 0; gear--) {
            int ordinal = gear;
            strips.forEach(strip -> call(strip, on -> {
                on.start(ordinal);
                return 0;
            }));
        }
    }

    private static StripSettings withTimers(StripSettings of, int timersMax) {
        return new StripSettings(
                of.strips(),
                of.ringBytes(),
                of.hopsMax(),
                timersMax,
                of.tickNs(),
                of.windowBytes(),
                of.pollMax(),
                of.failuresMax(),
                of.machineId());
    }

    public Probe probe(String name) {
        return probe(name, 0);
    }

    public Probe probe(String name, int strip) {
        return (Probe) gear(name, strip);
    }

    public Gear gear(String name, int strip) {
        int ordinal = ordinal(name);
        return call(strips.get(strip), on -> on.gear(ordinal));
    }

    /** Emits on a probe's {@code out}; the outcome. */
    public int send(String probe, int strip, FluxMsg message) {
        Probe from = probe(probe, strip);
        return call(strips.get(strip), on -> from.context.output("out").emit(message));
    }

    public void drain(String name) {
        int ordinal = ordinal(name);
        strips.forEach(strip -> call(strip, on -> {
            on.drain(ordinal);
            return 0;
        }));
    }

    public long sum(String metric, String label, String value) {
        return (long) metrics.snapshot()
                .of(metric, label, value)
                .mapToDouble(sample -> sample.value())
                .sum();
    }

    public long sum(String metric) {
        return metrics.snapshot().sum(metric);
    }

    /** Lets virtual time pass in steps that timers see one by one. */
    public void advance(Duration duration) {
        clock.advance(duration.toNanos());
    }

    public static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private int ordinal(String name) {
        for (int i = 0; i < plan.gears().size(); i++) {
            if (plan.gears().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no gear " + name);
    }

    private static <T> T call(StripVerticle strip, StripVerticle.StripCall<T> call) {
        return await(strip.call(call));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
