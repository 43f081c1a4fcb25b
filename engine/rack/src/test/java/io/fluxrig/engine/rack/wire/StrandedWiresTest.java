package io.fluxrig.engine.rack.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.RecordingGears;
import io.fluxrig.engine.rack.api.RackApi;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.JournalKind;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrandedWiresTest {
    private static final String SCENARIO = """
            meta: { name: advices }
            gears:
              - { name: door, type: io_recorded, config: { bind: "127.0.0.1:0" } }
              - { name: books, type: recorded }
            wires:
              - { from: door.out, to: books.in, lane: durable }
            """;

    private final RecordingGears gears = new RecordingGears();
    private final RackMetrics metrics = new RackMetrics();

    @TempDir
    private Path data;

    private NodeConfig config;

    @BeforeEach
    void configure() {
        config = NodeConfigLoader.load(null, Map.of(), Map.of("base.data_dir", data.toString(), "rack.strips", "1"))
                .config();
    }

    /** The sending rack has taken so many, and nobody has them. */
    private void leave(String wire, int messages) throws Exception {
        RackKeys keys = new RackKeys(config, false, InstantSource.system());
        JournalOpener opener = new JournalOpener(
                RackPlan.RACK_DEFAULT,
                config,
                1,
                new RackMetrics(),
                Clock.system(),
                keys.journals(),
                new WatchedWires());
        try (Journal journal = opener.open(JournalKind.OUTGOING, wire, SyncMode.OS)) {
            JournalSender sender = journal.sender(0, new byte[journal.messageLengthMax()]);
            for (int i = 0; i < messages; i++) {
                FluxMsg message = new FluxMsg();
                message.id(i + 1);
                message.raw(new byte[100], 0, 100);
                assertThat(sender.send(message)).isEqualTo(JournalSender.SENT);
            }
            journal.start(strip -> {});
        }
    }

    private RackPlan plan(String yaml) {
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(load.errors()).isEmpty();
        return RackPlan.of(load.scenario(), "", new Faults());
    }

    private RackJournals open(String yaml) throws Exception {
        return RackJournals.open(plan(yaml), config, 1, metrics, Clock.system());
    }

    private static JsonObject health(RackApi api) throws Exception {
        int port = api.listen(new Address("127.0.0.1", 0))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        URI address = URI.create("http://127.0.0.1:" + port + "/health");
        return new JsonObject(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body());
    }

    @Test
    void shouldNameTheWireThatWasRenamedHowManyWaitAndWhatToDo() throws Exception {
        leave("door.out->books.in", 47);

        try (RackJournals journals = open(SCENARIO.replace("books", "books2"))) {
            assertThat(journals.stranded())
                    .singleElement()
                    .satisfies(wire -> assertThat(wire.line())
                            .isEqualTo(
                                    "47 messages wait for door.out->books.in, which is no wire of the scenario any more; money at risk: nobody"
                                            + " is told of them; type: fluxrig scenario activate with a version that has this wire under its"
                                            + " gears' and ports' old names, they are delivered then; or, once they are settled otherwise, stop"
                                            + " the rack and move away " + wire.folder()));
            assertThat(metrics.prometheus())
                    .contains("fluxrig_durable_stranded_messages{wire=\"door.out->books.in\"} 47");
        }
    }

    /** Gears wait for it. */
    @Test
    void shouldNotCountForLongerThanAStartMayTake() throws Exception {
        leave("door.out->books.in", 47);
        AtomicLong nowNs = new AtomicLong();
        Clock slow = new Clock() {
            @Override
            public long nanoTime() {
                return nowNs.addAndGet(3_000_000_000L);
            }

            @Override
            public long epochNanos() {
                return Clock.system().epochNanos();
            }
        };

        try (RackJournals journals =
                RackJournals.open(plan(SCENARIO.replace(", lane: durable", "")), config, 1, metrics, slow)) {
            assertThat(journals.stranded())
                    .singleElement()
                    .satisfies(wire -> assertThat(wire.because()).contains("a start takes no time"));
        }
    }

    @Test
    void shouldFindThemAlsoWhereNoWireIsDurableAnyMore() throws Exception {
        leave("door.out->books.in", 1);

        try (RackJournals journals = open(SCENARIO.replace(", lane: durable", ""))) {
            Vertx vertx = Vertx.vertx();
            RackSupervisor supervisor = new RackSupervisor(
                    vertx, plan(SCENARIO.replace(", lane: durable", "")), config, metrics, Clock.system(), journals);
            assertThat(supervisor.stranded()).startsWith("1 message waits for door.out->books.in, ");
            RackApi api = new RackApi(vertx, supervisor, metrics);
            assertThat(health(api)
                            .getJsonArray("wires_stranded")
                            .getJsonObject(0)
                            .getMap())
                    .containsEntry("wire", "door.out->books.in")
                    .containsEntry("messages", 1)
                    .containsKeys("folder", "type");
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void shouldSayNothingOfWiresThatAreThereOrHoldNothing() throws Exception {
        leave("door.out->books.in", 5);
        leave("door.out->gone.in", 0);
        Files.createDirectories(config.dataPath("store.dir").resolve("notes"));

        try (RackJournals journals = open(SCENARIO)) {
            assertThat(journals.stranded()).isEmpty();
        }
    }

    @Test
    void shouldNameAlsoWhatCannotBeRead() throws Exception {
        leave("door.out->books.in", 5);
        Path identity = config.dataPath("store.dir").resolve("door.out+books.in/identity");
        byte[] edited = Files.readAllBytes(identity);
        edited[3] ^= 1;
        Files.write(identity, edited);

        try (RackJournals journals = open(SCENARIO.replace("books", "books2"))) {
            assertThat(journals.stranded())
                    .singleElement()
                    .satisfies(wire -> assertThat(wire.summary())
                            .startsWith("an unknown number of messages wait for door.out->books.in")
                            .contains("was made with another key"));
        }
    }
}
