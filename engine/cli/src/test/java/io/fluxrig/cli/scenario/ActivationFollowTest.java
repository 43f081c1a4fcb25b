package io.fluxrig.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Interrupts;
import io.fluxrig.cli.console.Terminal;
import io.fluxrig.cli.console.Time;
import io.fluxrig.cli.mixer.ApiOptions;
import io.fluxrig.perf.clock.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How long outcomes are waited for, on a clock that a test moves. */
class ActivationFollowTest {
    private static final String RACKS = "GET /api/v1/racks?&limit=500";
    private static final String EAST = "{\"id\":7,\"rack\":\"east\",\"outcome\":\"waiting\"}";
    private static final String LATEST = "GET /api/v1/activations?limit=1&rack=east&before=8";

    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final VirtualClock clock = new VirtualClock();
    private final Time time =
            new Time(clock, ms -> clock.advance(Duration.ofMillis(ms).toNanos()));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            Map.of("FLUXRIG_API_URL", mixer.url(), "FLUXRIG_API_TOKEN", MixerOfATest.TOKEN),
            new Terminal(false, false, 80),
            new Interrupts());

    private int follow(int waitSeconds, boolean json, String... activations) throws Exception {
        mixer.answers().put(RACKS, "{\"items\":[]}");
        JsonNode made = new ObjectMapper().readTree("{\"items\":[" + String.join(",", activations) + "]}");
        return new ActivationFollow(new ApiOptions().client(console), console, time, waitSeconds, json)
                .tell(made, "type this");
    }

    private long asked(String what) {
        return mixer.asked().stream().filter(each -> each.startsWith(what)).count();
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldAskUntilTheTimeIsOver() throws Exception {
        mixer.answers().put(LATEST, "{\"items\":[" + EAST + "]}");

        assertThat(follow(60, false, EAST)).isEqualTo(ExitCode.FAILED);

        assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(60).toNanos());
        assertThat(asked(LATEST)).as("300 ms apart").isEqualTo(200);
    }

    @Test
    void shouldGiveAllRacksTogetherThatLong() throws Exception {
        mixer.answers().put(LATEST, "{\"items\":[" + EAST + "]}");
        String west = EAST.replace("east", "west");

        assertThat(follow(3, false, EAST, west)).isEqualTo(ExitCode.FAILED);

        assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(told()).hasLineCount(2).contains("rack west: waiting");
    }

    @Test
    void shouldEndWithTheOutcome() throws Exception {
        mixer.answerOnce(LATEST, "{\"items\":[" + EAST + "]}");
        mixer.answers().put(LATEST, "{\"items\":[" + EAST.replace("waiting", "changed") + "]}");

        assertThat(follow(60, false, EAST)).isEqualTo(ExitCode.DONE);

        assertThat(clock.nanoTime()).isEqualTo(Duration.ofMillis(600).toNanos());
        assertThat(told()).isEqualTo("rack east: changed\n");
    }

    @Test
    void shouldWaitForNothingWhereItIsToldNotTo() throws Exception {
        assertThat(follow(0, true, EAST)).isEqualTo(ExitCode.DONE);

        assertThat(clock.nanoTime()).isZero();
        assertThat(told()).isEqualTo("[" + EAST + "]\n");
    }
}
