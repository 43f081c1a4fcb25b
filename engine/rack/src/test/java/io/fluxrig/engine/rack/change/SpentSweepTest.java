package io.fluxrig.engine.rack.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RecordingGears;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.strips.RackStrips;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.engine.strip.StripSettings;
import io.fluxrig.engine.strip.loop.StripVerticle;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpentSweepTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** A strip whose event loop has ended: every call on it fails. */
    private static StripVerticle ended() throws Exception {
        ScenarioLoad load = new ScenarioLoader(new RecordingGears().catalog(), name -> null)
                .load(Path.of("s.yaml"), """
                        meta: { name: one }
                        gears:
                          - { name: door, type: io_recorded }
                        """.getBytes(StandardCharsets.UTF_8));
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        StripBank bank = new StripBank(
                plan.strips(), StripSettings.defaults(1), load.scenario().specs(), new RackMetrics());
        StripVerticle verticle = new StripVerticle(bank, 0, Clock.system());
        Vertx its = Vertx.vertx();
        await(its.deployVerticle(verticle));
        await(its.close());
        return verticle;
    }

    @Test
    void shouldTryAFailedSweepAgainButNotForEver() throws Exception {
        SpentSweep sweep = new SpentSweep(vertx, new RackStrips(List.of(ended())));
        sweep.begin();
        Awaitility.await().until(() -> sweep.failed() == SpentSweep.FAILURES_MAX);

        sweep.begin();
        Awaitility.await("it tries again for the next change").until(() -> sweep.failed() > SpentSweep.FAILURES_MAX);
        assertThat(sweep.failed()).isLessThan(2L * SpentSweep.FAILURES_MAX);
    }
}
