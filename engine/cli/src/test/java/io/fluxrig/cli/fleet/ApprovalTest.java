package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
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

/** Letting in a rack that says hello in a moment, as one whose name was another one's just now. */
class ApprovalTest {
    private static final String RACK = "GET /api/v1/racks/east";
    private static final String APPROVE = "POST /api/v1/racks/east/approve";
    private static final String UNHEARD = "{\"detail\":\"no rack 'east' has said hello\"}";

    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final VirtualClock clock = new VirtualClock();
    private final Console console = new Console(
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            Map.of("FLUXRIG_API_URL", mixer.url(), "FLUXRIG_API_TOKEN", MixerOfATest.TOKEN),
            new Terminal(false, false, 80),
            new Interrupts());

    private String approve(String key) throws Exception {
        NamedRack east = new NamedRack();
        east.name = "east";
        Time time = new Time(clock, ms -> clock.advance(Duration.ofMillis(ms).toNanos()));
        return new Approval(new ApiOptions().client(console), console, time)
                .of(east, key)
                .toString();
    }

    private long asked(String what) {
        return mixer.asked().stream().filter(each -> each.startsWith(what)).count();
    }

    @Test
    void shouldWaitForTheHelloOfARack() throws Exception {
        mixer.answers().put("GET /api/v1/racks?limit=1", "{\"items\":[]}");
        mixer.answerOnce(RACK, 404, UNHEARD);
        mixer.answerOnce(RACK, 404, UNHEARD);
        mixer.answers().put(RACK, MixerOfATest.EAST);
        mixer.answers().put(APPROVE, MixerOfATest.EAST);

        assertThat(approve("00ff")).isEqualTo(MixerOfATest.EAST);

        assertThat(clock.nanoTime())
                .isEqualTo(Duration.ofMillis(2 * Approval.POLL_MS).toNanos());
        assertThat(asked(APPROVE)).isEqualTo(1);
    }

    @Test
    void shouldWaitWhateverKeyItHas() throws Exception {
        mixer.answers().put("GET /api/v1/racks?limit=1", "{\"items\":[]}");
        mixer.answerOnce(APPROVE, 404, UNHEARD);
        mixer.answers().put(APPROVE, MixerOfATest.EAST);

        assertThat(approve(null)).isEqualTo(MixerOfATest.EAST);
    }

    @Test
    void shouldSayThatNobodySaidHelloOnceTheTimeIsOver() {
        mixer.answers().put("GET /api/v1/racks?limit=1", "{\"items\":[]}");
        for (int i = 0; i < 100; i++) {
            mixer.answerOnce(APPROVE, 404, UNHEARD);
        }

        assertThatThrownBy(() -> approve(null))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("no rack 'east' has said hello");

        assertThat(clock.nanoTime()).isEqualTo(Approval.HELLO_MAX.toNanos());
        assertThat(asked(APPROVE)).isEqualTo(1 + Approval.HELLO_MAX.toMillis() / Approval.POLL_MS);
    }

    /** As the window of a rack, or another program on that port. */
    @Test
    void shouldNotWaitWhereNoMixerAnswers() {
        assertThatThrownBy(() -> approve(null)).isInstanceOf(CommandFailure.class);

        assertThat(clock.nanoTime()).isZero();
    }

    @Test
    void shouldNotWaitForAnotherKey() {
        mixer.answers().put(RACK, MixerOfATest.EAST);

        assertThatThrownBy(() -> approve("00fe"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("has key 00ff");
        assertThat(clock.nanoTime()).isZero();
    }
}
