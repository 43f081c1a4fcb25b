package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.RisingClock.Moment;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.ScenarioPush;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A rack whose process dies as it changes or starts: what it has on its disk by then is all that is left. */
class AgentDeathTest extends AgentOfATest {
    private static final long ACTIVATION = 7;
    private long atMs = 1;
    private long activation = ACTIVATION;

    private void push(String version, boolean restart) {
        agent.push(sent(version, restart));
    }

    private ScenarioPush sent(String version, boolean restart) {
        return sent(version, "05", restart);
    }

    private ScenarioPush sent(String version, String code, boolean restart) {
        String yaml =
                SCENARIO.replace("version: 1.0.0", "version: " + version).replace("39: \"00\"", "39: \"" + code + "\"");
        ScenarioBundle bundle = ScenarioBundle.of("s.yaml", Map.of("s.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        atMs++;
        return new ScenarioPush("east", activation, "echo", version, bundle.write(), restart, 0, atMs, atMs);
    }

    private boolean runs(String version) {
        return gears.run() != null
                && gears.run().supervisor().plan().scenario().version().equals(version);
    }

    private void awaitRuns(String version) {
        Awaitility.await(version + " runs").atMost(60, TimeUnit.SECONDS).until(() -> runs(version));
    }

    /** Ends the process and starts another one on the disk that a kill -9 at this moment leaves. */
    private void die() throws Exception {
        byte[] left = Files.readAllBytes(AgentMemory.file(data));
        stop();
        Files.write(AgentMemory.file(data), left);
        start();
    }

    private Heartbeat says() {
        return work.heartbeat(keys).at(new Moment(1, 1));
    }

    @Test
    void shouldTryAVersionOnceMoreAfterTheProcessEndedAndRefuseItAfterTheSecondTime() throws Exception {
        start();
        awaitRuns("1.0.0");
        push("2.0.0", false);
        awaitRuns("2.0.0");

        die();
        awaitRuns("1.0.0");
        turns(2);
        assertThat(says().activation()).as("so that it is sent again").isLessThan(ACTIVATION);
        push("2.0.0", false);
        awaitRuns("2.0.0");
        assertThat(says().outcome()).isEqualTo(Heartbeat.UNDER_WAY);
        assertThat(says().text()).startsWith("tried once more, since the rack's process ended");

        die();
        awaitRuns("1.0.0");
        assertThat(says().activation()).isEqualTo(ACTIVATION);
        assertThat(says().outcome()).isEqualTo("refused");
        assertThat(says().text())
                .startsWith("the rack's process ended twice while it changed to echo 2.0.0")
                .contains("what ran before runs")
                .endsWith("then activate it again");
        push("2.0.0", false);
        turns(5);
        assertThat(runs("1.0.0")).as("it is not tried again").isTrue();
    }

    @Test
    void shouldNotCountAProcessThatWasAskedToEnd() throws Exception {
        start();
        awaitRuns("1.0.0");
        for (int stop = 0; stop <= Attempts.DEATHS_MAX; stop++) {
            push("2.0.0", false);
            awaitRuns("2.0.0");
            stop();
            start();
            awaitRuns("1.0.0");
        }
        assertThat(says().activation()).as("sent again").isLessThan(ACTIVATION);
        push("2.0.0", false);
        awaitRuns("2.0.0");
        assertThat(says().text()).isEmpty();
    }

    /** It was told as changed to, and started again and again. */
    @Test
    void shouldRefuseAFirstScenarioThatEndsTheProcessSoonAfterItsStart() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        start();
        push("2.0.0", true);
        awaitRuns("2.0.0");
        turns(2);
        assertThat(says().outcome()).isEqualTo("changed");

        die();
        turns(5);
        assertThat(gears.run()).isNull();
        assertThat(says().activation()).as("so that it is sent again").isZero();
        push("2.0.0", true);
        awaitRuns("2.0.0");
        turns(2);

        die();
        turns(5);
        assertThat(gears.run()).as("never what ended the process").isNull();
        assertThat(says().outcome()).isEqualTo("refused");
        assertThat(says().reason()).isEqualTo("for a scenario");
    }

    /** A stop soon after its start made it what ran before, which is started for ever. */
    @Test
    void shouldRefuseAFirstScenarioThatEndsTheProcessOnceItWasStoppedAndStartedAgain() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        start();
        push("2.0.0", true);
        awaitRuns("2.0.0");
        turns(2);
        stop();
        start();
        awaitRuns("2.0.0");

        die();
        turns(5);
        assertThat(gears.run()).isNull();
        assertThat(says().activation()).as("so that it is sent again").isZero();
        push("2.0.0", true);
        awaitRuns("2.0.0");
        turns(2);
        stop();
        start();
        awaitRuns("2.0.0");

        die();
        turns(5);
        assertThat(gears.run()).isNull();
        assertThat(says().outcome()).isEqualTo("refused");
        assertThat(says().text()).startsWith("the rack's process ended twice");
    }

    @Test
    void shouldGoBackFromWhatItKeptUntilItRanAgain() throws Exception {
        start();
        awaitRuns("1.0.0");
        agent.mustDo(work::kill);
        push("1.5.0", false);
        Awaitility.await().until(() -> says().outcome().equals(Heartbeat.KEPT));
        activation++;
        push("2.0.0", false);
        Awaitility.await().until(() -> says().activation() == activation);
        turns(2);
        agent.mustDo(work::resume);
        awaitRuns("2.0.0");
        turns(2);
        assertThat(says().outcome()).isEqualTo("changed");

        die();

        awaitRuns("1.0.0");
        assertThat(says().activation()).as("so that it is sent again").isLessThan(ACTIVATION);
    }

    /** At the end of an hour of maintenance there were no gears, and what had run well was not tried. */
    @Test
    void shouldGoBackFromWhatItKeptWhereThatDoesNotStart() throws Exception {
        start();
        awaitRuns("1.0.0");
        agent.mustDo(work::kill);
        try (ServerSocket others = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String yaml = SCENARIO.replace("version: 1.0.0", "version: 2.0.0")
                    .replace("127.0.0.1:0", "127.0.0.1:" + others.getLocalPort());
            ScenarioBundle bundle =
                    ScenarioBundle.of("s.yaml", Map.of("s.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
            agent.push(new ScenarioPush("east", ACTIVATION, "echo", "2.0.0", bundle.write(), false, 0, 1, 1L));
            Awaitility.await().until(() -> says().outcome().equals(Heartbeat.KEPT));

            agent.mustDo(work::resume);

            awaitRuns("1.0.0");
        }
        assertThat(says().activation()).isEqualTo(ACTIVATION);
        assertThat(says().outcome()).isEqualTo("refused");
        assertThat(says().text()).contains("address already in use").endsWith("what ran before runs");
    }

    /** The order is no word on what ran. */
    @Test
    void shouldGoBackFromWhatWasKilledSoonAfterItsStart() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        start();
        push("2.0.0", true);
        awaitRuns("2.0.0");
        agent.mustDo(work::kill);
        turns(2);
        agent.mustDo(work::resume);
        awaitRuns("2.0.0");

        die();
        turns(5);

        assertThat(gears.run()).isNull();
        assertThat(says().activation()).isZero();
    }

    @Test
    void shouldGoBackFromWhatItWasStartedAnewWith() throws Exception {
        String first = AgentMemory.read(AgentMemory.file(data)).scenario();
        start();
        awaitRuns("1.0.0");
        agent.mustDo(() -> {
            gears.stop();
            work.push(sent("2.0.0", true));
        });
        awaitRuns("2.0.0");
        turns(2);
        assertThat(AgentMemory.read(AgentMemory.file(data)).scenario()).isNotEqualTo(first);

        die();

        awaitRuns("1.0.0");
        assertThat(AgentMemory.read(AgentMemory.file(data)).scenario()).isEqualTo(first);
    }

    /** What had started a moment before is what ran before, too. */
    @Test
    void shouldGoBackToWhatHadJustStarted() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        start();
        push("2.0.0", false);
        awaitRuns("2.0.0");
        activation++;
        agent.push(sent("3.0.0", "06", false));
        awaitRuns("3.0.0");

        die();

        awaitRuns("2.0.0");
    }

    /** Where it refuses the other, that is what it runs: the mixer has to hear of it. */
    @Test
    void shouldSayWhatCameOfAScenarioBeforeItGoesOnToWhatOvertookIt() throws Exception {
        start();
        awaitRuns("1.0.0");
        ScenarioPush first = sent("2.0.0", false);
        activation++;
        ScenarioPush second = sent("3.0.0", false);
        Queue<String> said = new ConcurrentLinkedQueue<>();
        agent.mustDo(() -> {
            work.push(first);
            work.push(second);
            work.kill();
            said(said);
        });

        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> says().activation() == activation);

        assertThat(said).anyMatch(each -> each.startsWith(ACTIVATION + " ") && !each.endsWith(Heartbeat.UNDER_WAY));
    }

    /** What a turn would say that comes now, and again at the next one. */
    private void said(Queue<String> said) {
        said.add(says().activation() + " " + says().outcome());
        if (says().activation() < activation) {
            agent.mustDo(() -> said(said));
        }
    }

    @Test
    void shouldWaitBetweenStartsWhereTheProcessEndsAsItsLastScenarioStarts() throws Exception {
        start();
        for (int death = 1; death < Attempts.START_DEATHS_MAX; death++) {
            awaitRuns("1.0.0");
            turns(2);
            die();
        }
        awaitRuns("1.0.0");
        turns(2);

        die();
        turns(5);

        assertThat(gears.run()).isNull();
        assertThat(says().state()).isEqualTo("waiting");
        assertThat(says().reason())
                .startsWith("the rack's process ended 3 times")
                .contains("waits 30 s");
        pass(Attempts.START_PAUSE_MS);
        awaitRuns("1.0.0");
        assertThat(says().reason()).isEmpty();
    }

    @Test
    void shouldRunAnotherVersionAtOnceWhileItsLastOneWaits() throws Exception {
        start();
        for (int death = 1; death <= Attempts.START_DEATHS_MAX; death++) {
            awaitRuns("1.0.0");
            turns(2);
            die();
        }
        turns(2);
        assertThat(gears.run()).isNull();

        push("2.0.0", false);

        awaitRuns("2.0.0");
        turns(2);
        assertThat(says().outcome()).isEqualTo("changed");
    }

    @Test
    void shouldForgetWhatItRanOnceItWasRemoved() throws Exception {
        start();
        awaitRuns("1.0.0");
        push("2.0.0", false);
        awaitRuns("2.0.0");

        agent.mustDo(work::forget);
        turns(1);
        agent.mustDo(work::kill);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> !says().outcome().equals(Heartbeat.UNDER_WAY));
        agent.mustDo(work::resume);
        turns(5);

        assertThat(gears.run()).isNull();
        assertThat(says().reason()).isEqualTo("for a scenario");
        assertThat(AgentMemory.read(AgentMemory.file(data)).scenario()).isEmpty();
        assertThat(says().activation())
                .as("a registry from before sends it again")
                .isZero();
        push("2.0.0", false);
        awaitRuns("2.0.0");
        turns(2);
        assertThat(says().activation()).isEqualTo(ACTIVATION);
    }

    @Test
    void shouldForgetWhatItRefusedOnceItWasRemoved() throws Exception {
        AgentMemory.NONE.dealtWith(ACTIVATION, "refused", "it was no good").write(AgentMemory.file(data));
        start();

        agent.mustDo(work::forget);
        turns(1);

        assertThat(says().activation()).isZero();
        assertThat(says().outcome()).isEmpty();
    }
}
