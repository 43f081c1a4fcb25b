package io.fluxrig.engine.rack.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.RecordingGears;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.wire.RackJournals;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.clock.VirtualClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says where the HTTP window cannot answer. */
class RackApiFaultsTest {
    private static final String SCENARIO = """
            meta: { name: one }
            gears:
              - { name: sink, type: recorded }
            wires: []
            """;

    private final VirtualClock clock = new VirtualClock();
    private final Vertx vertx = Vertx.vertx();
    private final RackMetrics metrics = new RackMetrics();
    private final AtomicInteger asked = new AtomicInteger();
    private final Logger logger = (Logger) LoggerFactory.getLogger(RackApi.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private volatile boolean fails;
    private RackApi api;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        RecordingGears gears = new RecordingGears();
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), SCENARIO.getBytes(StandardCharsets.UTF_8));
        NodeConfig config = NodeConfigLoader.load(null, Map.of(), Map.of("rack.strips", "1"))
                .config();
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        RackSupervisor supervisor =
                new RackSupervisor(vertx, plan, config, metrics, Clock.system(), RackJournals.none());
        metrics.level("some_level", "Some.", this::level);
        api = new RackApi(vertx, supervisor, metrics, clock);
    }

    @AfterEach
    void close() throws Exception {
        logger.detachAppender(lines);
        logger.setLevel(null);
        await(api.close());
        await(vertx.close());
    }

    private double level() {
        asked.incrementAndGet();
        if (fails) {
            throw new NoClassDefFoundError("4111111111111111");
        }
        return 1;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private int status(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + "?token=secret"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** There was an error 500 that sent who read it to the log, which had nothing. */
    @Test
    void shouldSayOnceInAWhileWhyItCannotAnswer() throws Exception {
        port = await(api.listen(new Address("127.0.0.1", 0)));
        fails = true;

        for (String path : new String[] {"/metrics", "/health", "/health"}) {
            assertThat(status(path)).isEqualTo(500);
        }
        assertThat(lines.list).hasSize(1);
        clock.advance(10_000_000_000L);
        assertThat(status("/status")).isEqualTo(500);

        assertThat(lines.list).hasSize(2).allSatisfy(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage())
                    .startsWith("failed on a request to the HTTP window: java.lang.NoClassDefFoundError at "
                            + RackApiFaultsTest.class.getName() + ".level:")
                    .doesNotContain("4111", "secret");
        });
        assertThat(lines.list.get(1).getFormattedMessage()).endsWith("(2 more since the last line)");
    }

    /** The first to ask may be one that asks while no file descriptor is free, to load anything. */
    @Test
    void shouldHaveAskedItselfBeforeAnybodyDoes() throws Exception {
        port = await(api.listen(new Address("127.0.0.1", 0)));

        assertThat(asked).hasValueGreaterThanOrEqualTo(2);
        assertThat(lines.list).isEmpty();
    }

    @Test
    void shouldListenAndSaySoWhereItCannotAnswerYet() throws Exception {
        fails = true;
        port = await(api.listen(new Address("127.0.0.1", 0)));

        assertThat(lines.list).hasSize(1);
        fails = false;
        assertThat(status("/metrics")).isEqualTo(200);
    }
}
