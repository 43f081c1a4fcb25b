package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.RisingClock.Moment;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.rack.process.RackRun;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A rack in which something breaks that nobody foresaw, as its scenario is read or later. */
class AgentErrorTest extends AgentOfATest {
    private static final long ACTIVATION = 7;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile Supplier<String> door = () -> "127.0.0.1:0";

    @BeforeEach
    void ask() {
        environment = new Environment();
    }

    private ScenarioBundle reading(String version) {
        String yaml = SCENARIO.replace("127.0.0.1:0", "${DOOR}")
                .replace("version: 1.0.0", "version: " + version)
                .replace("39: \"00\"", "39: \"05\"");
        return ScenarioBundle.of("s.yaml", Map.of("s.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private void ranLast(ScenarioBundle bundle) throws Exception {
        String hash = new ScenarioFolder(data.resolve("scenarios")).unpack(bundle, bundle.write());
        AgentMemory.NONE.runs(hash).write(AgentMemory.file(data));
    }

    private void push(String version, long atMs) {
        agent.push(new ScenarioPush(
                "east", ACTIVATION, "echo", version, reading(version).write(), false, 0, atMs, atMs));
    }

    private Heartbeat says() {
        return work.heartbeat(keys).at(new Moment(1, 1));
    }

    private boolean runs(String version) {
        return gears.run() != null
                && gears.run().supervisor().plan().scenario().version().equals(version);
    }

    private void awaitRuns(String version) {
        Awaitility.await(version + " runs").atMost(60, TimeUnit.SECONDS).until(() -> runs(version));
    }

    private void startsOnceThatCanBe(String why) throws Exception {
        ranLast(reading("1.0.0"));
        start();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> asked.get() > 0);
        turns(5);

        assertThat(says().state()).isEqualTo("waiting");
        assertThat(says().reason()).startsWith("it does not start: " + why);
        assertThat(asked).as("not at each turn").hasValue(1);

        door = () -> "127.0.0.1:0";
        nowMs.addAndGet(-3_600_000); // somebody sets the machine's clock: nothing waited for that hour
        pass(10_000);
        awaitRuns("1.0.0");
        assertThat(says().reason()).isEmpty();
    }

    /** The process ended, was started, and ended, and no death was counted. */
    @Test
    void shouldSayWhyWhatRanLastDoesNotStartAtAnError() throws Exception {
        door = () -> {
            throw new NoClassDefFoundError("as a test wants it");
        };
        startsOnceThatCanBe("java.lang.NoClassDefFoundError: as a test wants it");
    }

    /** It was tried ten times a second, and its mixer heard nothing of it. */
    @Test
    void shouldSayWhyWhatRanLastDoesNotStartAtAnException() throws Exception {
        door = () -> {
            throw new IllegalStateException("as a test wants it");
        };
        startsOnceThatCanBe("java.lang.IllegalStateException: as a test wants it");
    }

    /** Classes are not initialised any more as the process ends, and its start was an error with its trace. */
    @Test
    void shouldSayInOneLineThatAStartBreaksSinceTheRackIsAskedToStop() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        door = () -> {
            stopAsked = true;
            agent.stop();
            throw new NoClassDefFoundError("as a test wants it");
        };
        start();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger its = (Logger) LoggerFactory.getLogger(GearsRun.class.getPackageName());
        its.setLevel(Level.INFO);
        its.addAppender(lines);
        try {
            push("2.0.0", 2);
            ended.get(60, TimeUnit.SECONDS);
        } finally {
            its.detachAppender(lines);
            its.setLevel(null);
        }
        assertThat(lines.list)
                .filteredOn(line -> line.getFormattedMessage().contains("is not started: the rack was asked to stop"))
                .hasSize(1);
        assertThat(lines.list).allMatch(line -> line.getLevel().equals(Level.INFO) && line.getThrowableProxy() == null);
        assertThat(AgentMemory.read(AgentMemory.file(data)).activation())
                .as("nothing came of it, so its mixer sends it again")
                .isNotEqualTo(ACTIVATION);
    }

    @Test
    void shouldRefuseAScenarioThatCannotBeReadForAnError() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        door = () -> {
            throw new StackOverflowError("as a test wants it");
        };
        start();
        push("2.0.0", 2);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> asked.get() > 0);
        turns(2);

        assertThat(says().activation()).isEqualTo(ACTIVATION);
        assertThat(says().outcome()).isEqualTo("refused");
        assertThat(says().text()).contains("StackOverflowError", "as a test wants it");
    }

    @Test
    void shouldRefuseAScenarioThatCannotBeCheckedForAnError() throws Exception {
        AgentMemory.NONE.hold("kill").write(AgentMemory.file(data));
        door = () -> {
            throw new StackOverflowError("as a test wants it");
        };
        start();
        push("2.0.0", 2);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> asked.get() > 0);
        turns(2);

        assertThat(says().outcome()).isEqualTo("refused");
        assertThat(says().text()).startsWith("it cannot be checked: java.lang.StackOverflowError");
    }

    /** It stopped the gears that ran, and said nothing. */
    @Test
    void shouldRunOnAfterAnErrorInOneThing() throws Exception {
        start();
        awaitRuns("1.0.0");
        RackRun before = gears.run();

        agent.mustDo(() -> {
            throw new StackOverflowError("as a test wants it");
        });
        turns(3);

        assertThat(ended).isNotDone();
        assertThat(gears.run()).isSameAs(before);
    }

    /** It passed for one that was asked to end. */
    @Test
    void shouldCountAProcessThatEndsUnasked() throws Exception {
        start();
        awaitRuns("1.0.0");
        push("2.0.0", 2);
        awaitRuns("2.0.0");

        agent.mustDo(() -> Thread.currentThread().interrupt());
        assertThatThrownBy(() -> ended.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        letGo();
        start();

        awaitRuns("1.0.0");
        push("2.0.0", 3);
        awaitRuns("2.0.0");
        assertThat(says().text()).startsWith("tried once more, since the rack's process ended");
    }

    /** A start that fails says nothing of what is tried: the next one does. */
    @Test
    void shouldStillTryWhatDidNotStartAfterAStop() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        start();
        push("2.0.0", 2);
        awaitRuns("2.0.0");
        turns(2);
        stop();
        door = () -> {
            throw new IllegalStateException("as a test wants it");
        };
        int before = asked.get();
        start();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> asked.get() > before);
        turns(3);

        door = () -> "127.0.0.1:0";
        pass(10_000);
        awaitRuns("2.0.0");

        assertThat(AgentMemory.read(AgentMemory.file(data)).attempt())
                .isEqualTo(new Attempt(ACTIVATION, "echo 2.0.0", "", 0, true));
    }

    /** Has an address for whatever is asked for. */
    private final class Environment extends AbstractMap<String, String> {
        @Override
        public String get(Object name) {
            asked.incrementAndGet();
            return door.get();
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return Set.of();
        }
    }
}
