package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.RisingClock.Moment;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.log.RackLog;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A rack whose mixer is away. */
class AgentTest extends AgentOfATest {
    private JsonObject health() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + gears.run().port() + "/health");
        return new JsonObject(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body());
    }

    private String metric() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + gears.run().port() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void shouldSwitchOnWhenItsPassportExpiresAndSaySo() throws Exception {
        start();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        Awaitility.await().until(() -> health().getString("status").equals("up"));
        assertThat(metric()).contains("fluxrig_passport_left_seconds 31536000");

        nowMs.addAndGet(LIFE_MS + 1_000);
        turns(5);

        assertThat(gears.run()).isNotNull();
        assertThat(gears.draining()).as("what runs runs on").isFalse();
        assertThat(health().getString("status")).isEqualTo("degraded");
        assertThat(health().getString("reason")).contains("the passport expired at 2028-01-15T08:00:00Z");
        assertThat(metric()).contains("fluxrig_passport_left_seconds -1");
        assertThat(gears.run().supervisor().condition()).contains("the passport expired at");

        nowMs.set(ISSUED_MS);
        turns(1);
        assertThat(health().getString("status")).as("the clock was ahead").isEqualTo("up");
    }

    @Test
    void shouldNotSayOnATerminalTwiceWhatItPrints() throws Exception {
        start();
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        ((Logger) LoggerFactory.getLogger(Agent.class)).setLevel(Level.INFO);
        ((Logger) LoggerFactory.getLogger(Agent.class)).addAppender(logged);

        agent.standing(
                new Standing(
                        "east", new byte[32], Standing.PENDING, "", new byte[0], 0, 1, new byte[0], null, null, null),
                new byte[32]);
        Awaitility.await().until(() -> printed.toString(StandardCharsets.UTF_8).contains("waits to be approved"));

        assertThat(logged.list)
                .filteredOn(event -> event.getFormattedMessage().contains("waits to be approved"))
                .singleElement()
                .satisfies(event -> assertThat(event.getMarkerList()).containsExactly(RackLog.FILE_ONLY));
        assertThat(printed.toString(StandardCharsets.UTF_8)).containsOnlyOnce("waits to be approved");
    }

    @Test
    void shouldSaySinceWhenNothingWasHeardOfItsMixer() throws Exception {
        start();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        Awaitility.await().until(() -> health().getString("status").equals("up"));
        assertThat(health().containsKey("mixer_away_since")).isFalse();

        pass(MixerWatch.AWAY_MS);
        turns(5);

        assertThat(health().getString("mixer_away_since")).isEqualTo("2027-01-15T08:00:00Z");
        assertThat(health().getString("status"))
                .as("which changes nothing about what is switched")
                .isEqualTo("up");
        assertThat(metric()).contains("fluxrig_mixer_away_seconds 15\n");
    }

    @Test
    void shouldStartNothingWithAPassportThatExpiredAndSayWhy() throws Exception {
        nowMs.addAndGet(LIFE_MS);
        start();
        turns(5);

        assertThat(gears.run()).isNull();
        Heartbeat heartbeat = work.heartbeat(keys).at(new Moment(1, 1));
        assertThat(heartbeat.state()).isEqualTo("waiting");
        assertThat(heartbeat.reason())
                .contains("nothing starts anew until the mixer gives another; start the mixer, look at snake.url");

        nowMs.set(ISSUED_MS);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
    }

    @Test
    void shouldKeepAScenarioThatComesWhileNothingMayStart() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        nowMs.addAndGet(LIFE_MS);
        start();
        turns(2);

        agent.push(new ScenarioPush("east", 7, "echo", "1.0.0", bundle().write(), false, 0, 1, 1L));
        Awaitility.await().until(() -> work.heartbeat(keys).at(new Moment(1, 1)).activation() == 7);

        assertThat(gears.run()).isNull();
        Heartbeat kept = work.heartbeat(keys).at(new Moment(1, 1));
        assertThat(kept.outcome()).isEqualTo(Heartbeat.KEPT);
        assertThat(kept.text()).startsWith("until the rack runs again: the passport expired at");

        nowMs.set(ISSUED_MS);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        turns(2);
        assertThat(work.heartbeat(keys).at(new Moment(2, 2)).outcome()).isEqualTo("changed");
    }

    /** It came after the removal, and was what the rack was to run once it was let in anew. */
    @Test
    void shouldForgetWhatWaitedForKeysWhenItIsRemoved() throws Exception {
        start();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        agent.mustDo(() -> keys.take(standing(Standing.ACTIVE, "others"), false));
        agent.push(new ScenarioPush("east", 7, "echo", "1.0.0", bundle().write(), false, 0, 1, 1L));
        turns(2);
        agent.standing(standing(Standing.REMOVED, ""), new byte[32]);
        turns(2);

        pass(60_000);
        turns(3);

        Heartbeat heartbeat = work.heartbeat(keys).at(new Moment(1, 1));
        assertThat(heartbeat.activation()).isZero();
        assertThat(heartbeat.outcome()).isEmpty();
    }

    private static Standing standing(String word, String keysMark) {
        return new Standing("east", new byte[32], word, "", new byte[0], 0, 1, new byte[0], null, null, keysMark);
    }

    @Test
    void shouldLogAsItsScenarioSaysUntilAnOrderThatOutlivesTheGears() throws Exception {
        String loud = SCENARIO.replace("{ name: east }", "{ name: east, defaults: { log_level: debug } }");
        ScenarioBundle bundle = ScenarioBundle.of("s.yaml", Map.of("s.yaml", loud.getBytes(StandardCharsets.UTF_8)));
        String hash = new ScenarioFolder(data.resolve("scenarios")).unpack(bundle, bundle.write());
        AgentMemory.NONE.runs(hash).write(AgentMemory.file(data));
        org.slf4j.Logger own = RackLog.gear("door");
        start();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        assertThat(own.isDebugEnabled()).isTrue();
        assertThat(own.isTraceEnabled()).isFalse();

        agent.order(new Order("east", Order.LOG_LEVEL, "error", 0, 1), null);
        agent.order(new Order("east", Order.KILL, "", 0, 2), null);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() == null);
        agent.order(new Order("east", Order.RESUME, "", 0, 3), null);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        assertThat(own.isWarnEnabled()).as("as ordered, by a run of its own").isFalse();
    }

    /** Who sees it decline everything stops the rack, which must not count as its having worked. */
    @Test
    void shouldRunWhatRanBeforeAfterAStopThatCutATrialShort() throws Exception {
        start();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        String other = SCENARIO.replace("version: 1.0.0", "version: 2.0.0").replace("39: \"00\"", "39: \"05\"");
        ScenarioBundle bundle = ScenarioBundle.of("s.yaml", Map.of("s.yaml", other.getBytes(StandardCharsets.UTF_8)));
        agent.push(new ScenarioPush("east", 7, "echo", "2.0.0", bundle.write(), false, 0, 1, 1L));
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> "2.0.0"
                        .equals(gears.run().supervisor().plan().scenario().version()));

        agent.mustDo(work::kill);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> work.heartbeat(keys).at(new Moment(2, 2)).activation() == 7
                        && !work.heartbeat(keys).at(new Moment(2, 2)).outcome().equals(Heartbeat.UNDER_WAY));

        Heartbeat ended = work.heartbeat(keys).at(new Moment(3, 3));
        assertThat(ended.outcome()).isEqualTo("unproven");
        assertThat(ended.text()).contains("nothing shows that it works; what ran before runs once the rack may run");
        agent.mustDo(work::resume);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        turns(2);
        assertThat(gears.run().supervisor().plan().scenario().version()).isEqualTo("1.0.0");
    }

    /** As after a change with {@code --restart} that renames a gear. */
    @Test
    void shouldSayWithWhatCameOfAScenarioWhatItsWiresLeaveBehind() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        Path journal =
                Files.createDirectories(config().dataPath(NodeKeys.STORE_DIR).resolve("door.out+books.in"));
        Files.write(journal.resolve("identity"), new byte[48]);
        start();

        agent.push(new ScenarioPush("east", 7, "echo", "1.0.0", bundle().write(), true, 0, 1, 1L));

        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        turns(2);
        Heartbeat heartbeat = work.heartbeat(keys).at(new Moment(1, 1));
        assertThat(heartbeat.outcome()).isEqualTo("changed");
        assertThat(heartbeat.text())
                .startsWith(
                        "echo 1.0.0 runs; an unknown number of messages wait for door.out->books.in, which is no wire of"
                                + " the scenario any more (")
                .contains("type: fluxrig scenario activate with a version that has this wire");
        assertThat(heartbeat.reason()).contains("wait for door.out->books.in");
    }
}
