package io.fluxrig.engine.gears;

import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A whole rack in this process: a scenario file on real event loops and loopback sockets. */
public final class RackRig implements AutoCloseable {
    public final RackMetrics metrics = new RackMetrics();
    private final Vertx vertx;
    private final RackSupervisor supervisor;

    private RackRig(Vertx vertx, RackPlan plan, Map<String, String> flags) {
        this.vertx = vertx;
        var node = NodeConfigLoader.load(null, Map.of(), flags);
        supervisor = new RackSupervisor(vertx, plan, node.config(), metrics, Clock.system());
    }

    /** Starts a scenario file on so many strips. */
    public static RackRig start(Path file, Map<String, String> environment, int strips) {
        ScenarioLoad load = new ScenarioLoader(GearCatalog.installed(), environment::get).load(file);
        if (!load.ok()) {
            throw new AssertionError(load.faults().toString());
        }
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(strips + 1));
        RackPlan plan = RackPlan.of(load.scenario(), "rack", new Faults());
        RackRig rig = new RackRig(vertx, plan, Map.of("rack.strips", Integer.toString(strips)));
        rig.await(rig.supervisor.start());
        return rig;
    }

    /** Waits until that gear has at least so many connections. */
    public void awaitConnections(String gear, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> sum("connections", "gear", gear) >= count);
    }

    /** A metric added up over strips, of one label value. */
    public long sum(String name, String label, String value) {
        return (long) metrics.snapshot()
                .of(name, label, value)
                .mapToDouble(sample -> sample.value())
                .sum();
    }

    public long sum(String name) {
        return metrics.snapshot().sum(name);
    }

    public int drain() {
        return await(supervisor.drain());
    }

    @Override
    public void close() {
        await(supervisor.stop());
        await(vertx.close());
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
