package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.RisingClock.Moment;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A rack that another run with its key is beside, which has its port. */
class AgentCopyTest extends AgentOfATest {
    private static final long ACTIVATION = 7;

    private void push(int port) {
        String yaml = SCENARIO.replace("version: 1.0.0", "version: 2.0.0").replace("127.0.0.1:0", "127.0.0.1:" + port);
        ScenarioBundle bundle = ScenarioBundle.of("s.yaml", Map.of("s.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        agent.push(new ScenarioPush("east", ACTIVATION, "echo", "2.0.0", bundle.write(), false, 0, 1, 1L));
    }

    private void standing(String word) {
        byte[] asked = new byte[Hello.NONCE_LENGTH];
        agent.standing(
                new Standing("east", new byte[32], word, "", new byte[0], 0, 1, asked, null, null, null), new byte[32]);
        standingsDealtWith();
    }

    private Heartbeat says() {
        return work.heartbeat(keys).at(new Moment(1, 1));
    }

    private void awaitOutcome(String outcome) {
        Awaitility.await(outcome)
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> says().outcome().equals(outcome));
    }

    /** It was sent something as it started, before its mixer knew that there were two; that was refused, for good. */
    @Test
    void shouldTryAgainWhatCameToNothingBesideTheOtherRunOnceItIsAlone() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        start();
        int port;
        try (ServerSocket others = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = others.getLocalPort();
            push(port);
            awaitOutcome("refused");
            standing(Standing.COPIED);
        }

        standing(Standing.ACTIVE);

        assertThat(says().activation()).as("so that it is sent again").isZero();
        push(port);
        awaitOutcome("changed");
    }

    @Test
    void shouldTryNothingAgainWhereItWasAloneAllTheTime() throws Exception {
        AgentMemory.NONE.write(AgentMemory.file(data));
        start();
        try (ServerSocket others = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            push(others.getLocalPort());
            awaitOutcome("refused");

            standing(Standing.ACTIVE);

            assertThat(says().activation()).isEqualTo(ACTIVATION);
            assertThat(says().outcome()).isEqualTo("refused");
        }
    }

    @Test
    void shouldNotTryAgainWhatCameToNothingBeforeTheOtherRunWasThere() throws Exception {
        AgentMemory.NONE.dealtWith(ACTIVATION, "refused", "it was no good").write(AgentMemory.file(data));
        start();
        standing(Standing.COPIED);

        standing(Standing.ACTIVE);

        assertThat(says().activation()).isEqualTo(ACTIVATION);
    }
}
