package io.fluxrig.engine.rack.wire;

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
import io.fluxrig.engine.rack.api.RackApi;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.wire.StoppedWire.Role;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.ends.Shortage.Cause;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What {@code /health} says of wires that take nothing. */
class StoppedWiresTest {
    private static final String SCENARIO = """
            meta: { name: one }
            gears:
              - { name: sink, type: recorded }
            wires: []
            """;
    private static final Path FOLDER = Path.of("/data/journal/decode.out+books.in");
    private static final long SINCE_NS = 1_795_748_400_000_000_000L;

    private final RecordingGears gears = new RecordingGears();
    private final RackMetrics metrics = new RackMetrics();
    private final Vertx vertx = Vertx.vertx();
    private final RackJournals journals = RackJournals.none();
    private volatile Shortage shortage;
    private RackSupervisor supervisor;
    private RackApi api;
    private int port;

    @BeforeEach
    void start() throws Exception {
        ScenarioLoad load = new ScenarioLoader(gears.catalog(), name -> null)
                .load(Path.of("s.yaml"), SCENARIO.getBytes(StandardCharsets.UTF_8));
        assertThat(load.errors()).isEmpty();
        NodeConfig config = NodeConfigLoader.load(null, Map.of(), Map.of("rack.strips", "1"))
                .config();
        RackPlan plan = RackPlan.of(load.scenario(), "", new Faults());
        supervisor = new RackSupervisor(vertx, plan, config, metrics, Clock.system(), journals);
        api = new RackApi(vertx, supervisor, metrics);
        port = await(api.listen(new Address("127.0.0.1", 0)));
        await(supervisor.start());
    }

    @AfterEach
    void stop() throws Exception {
        await(supervisor.stop());
        await(api.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private JsonObject health() throws Exception {
        return new JsonObject(body("/health"));
    }

    private String body(String path) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as("it switches on").isEqualTo(200);
        return response.body();
    }

    @Test
    void shouldNameTheWireWhyItTakesNothingSinceWhenWhatIsAtRiskAndWhatToType() throws Exception {
        journals.watched().add("decode.out->books.in", Role.WIRE, FOLDER, () -> shortage);
        assertThat(health().getString("status")).isEqualTo("up");
        assertThat(supervisor.condition()).isEmpty();

        shortage = new Shortage(Cause.DISK_FULL, SINCE_NS, false);
        JsonObject health = health();

        assertThat(health.getString("status")).isEqualTo("degraded");
        assertThat(health.getString("reason"))
                .isEqualTo(
                        "decode.out->books.in takes nothing since 2026-11-27T03:00:00Z: disk full, senders are held back; money at"
                                + " risk: what it took is safe and delivered; what is refused is kept nowhere: its sender is told overload if"
                                + " error is wired, and must repeat an advice or reversal; of an answer that may be money this rack's log has a line;"
                                + " type: df -h /data/journal/decode.out+books.in ; free space there, it goes on by itself");
        assertThat(health.getJsonArray("wires_stopped").getJsonObject(0).getMap())
                .containsEntry("wire", "decode.out->books.in")
                .containsEntry("because", "disk full")
                .containsEntry("since", "2026-11-27T03:00:00Z")
                .containsEntry("senders", "held back")
                .containsKeys("money_at_risk", "type");
        assertThat(supervisor.condition())
                .isEqualTo(
                        "decode.out->books.in takes nothing since 2026-11-27T03:00:00Z: disk full, senders are held back");

        assertThat(new JsonObject(body("/status")).getJsonArray("wires_stopped"))
                .as("for fluxrig top")
                .isEqualTo(health.getJsonArray("wires_stopped"));

        shortage = null;
        assertThat(health().getString("status")).isEqualTo("up");
        assertThat(new JsonObject(body("/status")).getJsonArray("wires_stopped"))
                .isEmpty();
    }

    @Test
    void shouldSayWhatTheDiskSaysWhereItIsNotFull() throws Exception {
        journals.watched().add("decode.out->books.in", Role.WIRE, FOLDER, () -> shortage);

        shortage =
                new Shortage(Cause.NO_FILE, SINCE_NS, true, "java.nio.file.FileSystemException: Read-only file system");

        assertThat(supervisor.condition())
                .endsWith(
                        ": no file can be made (java.nio.file.FileSystemException: Read-only file system), senders are refused");
        assertThat(typed()).startsWith("dmesg -T | tail ; findmnt -T /data/journal/decode.out+books.in ; ");

        shortage =
                new Shortage(Cause.NO_FILE, SINCE_NS, true, "java.nio.file.FileSystemException: Too many open files");
        assertThat(typed()).startsWith("ulimit -n ; ");

        shortage = new Shortage(Cause.NO_FILE, SINCE_NS, true, "java.nio.file.AccessDeniedException: spare");
        assertThat(typed()).startsWith("ls -ld /data/journal/decode.out+books.in ; df -hi ");

        shortage = new Shortage(Cause.FREE_MIN, SINCE_NS, true, "free on the disk of /data: 40 MiB");
        assertThat(supervisor.condition())
                .endsWith(": store.free_min_bytes reached (free on the disk of /data: 40 MiB), senders are refused");
        assertThat(typed())
                .startsWith("df -h /data/journal/decode.out+books.in ; ")
                .endsWith("or lower store.free_min_bytes and restart the rack");
    }

    @Test
    void shouldSayOfADiskThatDoesNotAnswerWhatItsOwnThreadCannot() throws Exception {
        List<Role> roles = List.of(Role.WIRE, Role.LEAVING, Role.ARRIVING, Role.TICKETS); // with a disk of their own
        for (Role role : roles) {
            journals.watched().add("a wire of " + role, role, FOLDER, () -> shortage);
        }
        Logger log = (Logger) LoggerFactory.getLogger(WatchedWires.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
        try {
            shortage = new Shortage(Cause.DISK_FULL, SINCE_NS, true);
            journals.look();
            assertThat(lines.list).as("the journal says that itself").isEmpty();
            shortage = new Shortage(Cause.NO_ANSWER, SINCE_NS, true);
            journals.look();
            journals.look();
            assertThat(lines.list)
                    .hasSize(roles.size())
                    .allSatisfy(line -> assertThat(line.getLevel()).isEqualTo(Level.ERROR))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .allSatisfy(
                            line -> assertThat(line)
                                    .contains(
                                            " takes nothing since 2026-11-27T03:00:00Z: the disk does not answer, senders are refused"
                                                    + " once its ring is full; money at risk: ",
                                            "; type: dmesg -T | tail ; findmnt -T /data/journal/decode.out+books.in ; mend the disk"))
                    .satisfiesExactly(
                            wire -> assertThat(wire).contains("lost if the rack is killed before the disk answers"),
                            leaving -> assertThat(leaving).contains("lost if the rack is killed before"),
                            arriving -> assertThat(arriving).contains("none: what is meant for it waits in the stream"),
                            tickets -> assertThat(tickets).contains("written down once the disk answers"));
            assertThat(health().getString("status")).isEqualTo("degraded");

            lines.list.clear();
            shortage = null;
            journals.look();
            journals.look();
            assertThat(lines.list)
                    .hasSize(roles.size())
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("a wire of TICKETS: its disk answers again");
        } finally {
            log.detachAppender(lines);
            log.setLevel(null);
        }
    }

    private String typed() throws Exception {
        return health().getJsonArray("wires_stopped").getJsonObject(0).getString("type");
    }

    @Test
    void shouldSayNothingOfOtherRacksWhereNoneIsNeeded() throws Exception {
        assertThat(health().getString("status")).isEqualTo("up");
        assertThat(health().getJsonArray("ends_down")).isEmpty();
        assertThat(health().getJsonArray("tickets_unshared")).isEmpty();
        assertThat(health().containsKey("nats_connected")).isFalse();
    }

    @Test
    void shouldSayOfAMessageThatIsTooLongForNatsThatThoseBehindItGoOnForAWhile() throws Exception {
        journals.watched().add("a.out->b.in", Role.LEAVING, null, () -> new Shortage(Cause.TOO_LONG, SINCE_NS, false));

        JsonObject wire = health().getJsonArray("wires_stopped").getJsonObject(0);
        assertThat(wire.getString("because")).isEqualTo("a message is longer than NATS takes");
        assertThat(wire.getString("senders")).isEqualTo("held back once snake.in_flight messages wait behind it");
        assertThat(wire.getString("type")).contains("raise max_payload");
    }

    /** It was told to repeat what the journal had, and had it twice. */
    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"FAILED", "TOO_LONG"})
    void shouldSayOfAWireWithAJournalThatNothingIsLostWhereItsCarrierHasFailed(Cause cause) throws Exception {
        journals.watched().add("a.out->b.in", Role.KEPT, null, () -> new Shortage(cause, SINCE_NS, false));

        JsonObject wire = health().getJsonArray("wires_stopped").getJsonObject(0);
        assertThat(wire.getString("senders")).isEqualTo("kept in its journal");
        assertThat(wire.getBoolean("kept")).isTrue();
        assertThat(wire.getString("money_at_risk")).startsWith("none: ").doesNotContain("must repeat");
        assertThat(supervisor.condition())
                .isEqualTo("a.out->b.in is held up since 2026-11-27T03:00:00Z: " + cause.words()
                        + ", what is sent is kept in its journal");
    }

    @Test
    void shouldSayForEachCauseAndRoleWhatIsAtRiskAndWhatToType() throws Exception {
        journals.watched()
                .add("switch.tickets", Role.TICKETS, FOLDER, () -> new Shortage(Cause.BACKLOG, SINCE_NS, true));
        journals.watched()
                .add("a.out->b.in", Role.LEAVING, null, () -> new Shortage(Cause.NOTHING_LEAVES, SINCE_NS, true));
        journals.watched().add("->c.in", Role.ARRIVING, FOLDER, () -> new Shortage(Cause.BACKLOG, SINCE_NS, true));
        journals.watched().add("b.out->f.in", Role.LEAVING, FOLDER, () -> new Shortage(Cause.BACKLOG, SINCE_NS, true));
        journals.watched().add("d.out->e.in", Role.WIRE, FOLDER, () -> Shortage.failed(SINCE_NS));

        assertThat(health().getString("reason").split("; (?=switch|[ab]\\.out|->c|d\\.out)"))
                .satisfiesExactly(
                        tickets -> assertThat(tickets)
                                .startsWith(
                                        "switch.tickets takes nothing since 2026-11-27T03:00:00Z:"
                                                + " store.backlog_bytes reached, senders are refused; money at risk: of what is new none: ")
                                .contains("type: raise store.backlog_bytes and restart the rack: "),
                        leaving -> assertThat(leaving)
                                .contains(": nothing gets away, ", "type: nats stream info flux-msg ; if ")
                                .contains("unless", "'insufficient storage resources'", "max_file_store"),
                        arriving -> assertThat(arriving)
                                .contains("money at risk: none: what is meant for it waits", "type: fluxrig top ; "),
                        full -> assertThat(full)
                                .contains("type: nats stream info flux-msg ; see why the receiving rack"),
                        failed -> assertThat(failed)
                                .contains(
                                        ": failed, senders are refused", "type: grep 'has failed' in the rack's log"));
    }
}
