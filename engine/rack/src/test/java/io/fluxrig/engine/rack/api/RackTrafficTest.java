package io.fluxrig.engine.rack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.control.Traffic;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.RecordingGears;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a heartbeat says of traffic, from counters as a conductor has them. */
class RackTrafficTest {
    private static final String SWITCH = """
            meta: { name: whole }
            gears:
              - { name: door, type: io_recorded, config: { bind: "127.0.0.1:0" } }
              - { name: busy, type: recorded, config: { destination: true } }
              - { name: host, type: io_recorded, config: { connect: "127.0.0.1:1" } }
            wires:
              - { from: door.out, to: busy.in }
              - { from: busy.out, to: host.in }
              - { from: busy.side, to: door.in }
              - { from: host.out, to: busy.in }
            """;
    private static final long MS = 1_000_000;

    private final RecordingGears gears = new RecordingGears();
    private final RackMetrics metrics = new RackMetrics();
    private final AtomicLong nowNs = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();
    private RackSupervisor supervisor;
    private RackTraffic traffic;

    @BeforeEach
    void start() throws Exception {
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), SWITCH.getBytes(StandardCharsets.UTF_8));
        supervisor = new RackSupervisor(
                vertx,
                RackPlan.of(load.scenario(), "", new Faults()),
                NodeConfigLoader.load(null, Map.of(), Map.of("rack.strips", "1"))
                        .config(),
                metrics,
                new Clock() {
                    @Override
                    public long nanoTime() {
                        return nowNs.get();
                    }

                    @Override
                    public long epochNanos() {
                        return nowNs.get();
                    }
                });
        traffic = new RackTraffic(supervisor, metrics);
        await(supervisor.start());
    }

    @AfterEach
    void stop() throws Exception {
        await(supervisor.stop());
        await(vertx.close());
    }

    private static <T> void await(Future<T> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void counts(String name, long count, String... labels) {
        metrics.gear("busy", 0).counter(name, "Counted.", labels).add(count);
    }

    private Traffic after(long ms) {
        nowNs.addAndGet(ms * MS);
        return traffic.now();
    }

    @Test
    void shouldSayNothingWithoutASwitch() {
        assertThat(after(5_000)).isNull();
    }

    @Test
    void shouldSayTotalsAndDestinations() {
        counts(MetricNames.REQUESTS, 100);
        counts(MetricNames.ANSWERS, 80, "result", "approved");
        counts(MetricNames.ANSWERS, 7, "result", "declined");
        counts(MetricNames.ANSWERS, 1, "result", "other");
        counts(MetricNames.ERRORS, 5, "reason", "timeout");
        counts(MetricNames.ERRORS, 3, "reason", "no_destination");
        counts(MetricNames.ERRORS, 2, "reason", "overload");
        counts(MetricNames.ERRORS, 4, "reason", "unmatched_reply");

        assertThat(after(1_500))
                .as("one destination, down for its breaker, which is half-open, though its link is up")
                .isEqualTo(new Traffic(1_500, 100, 80, 8, 5, 5, 4, null, null, 1, 0, 1, "busy.out (breaker open)"));
    }

    @Test
    void shouldNotCountADestinationOfAGearThatIsNotInThePlanYet() {
        counts(MetricNames.REQUESTS, 1);
        metrics.gear("coming", 0).counter(MetricNames.DESTINATION_REQUESTS, "Requests sent", "destination", "out");

        assertThat(after(1_500).destinations()).isEqualTo(1);
    }

    @Test
    void shouldSayPercentilesOfTheLastIntervalAndKeepThemWhereAskedAgainAtOnce() {
        counts(MetricNames.REQUESTS, 1);
        metrics.gear("busy", 0).latency(MetricNames.LATENCY, "Time.").record(5 * MS);
        metrics.tick();
        assertThat(after(5_000).p50Us()).isBetween(4_990L, 5_010L);

        assertThat(after(100).p99Us()).as("a moment ago").isBetween(4_990L, 5_010L);

        metrics.gear("busy", 0).latency(MetricNames.LATENCY, "Time.").record(MS);
        metrics.tick();
        assertThat(after(5_000).p99Us()).as("the earlier one is past").isBetween(999L, 1_001L);
        assertThat(after(5_000).p99Us()).as("nothing was answered").isNull();
    }
}
