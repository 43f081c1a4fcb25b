package io.fluxrig.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptsTest {
    private final Interrupts interrupts = new Interrupts();

    @Test
    void shouldWaitLongerThanAnyWaitForAnswers() {
        interrupts.onSignal(() -> {});

        assertThat(interrupts.patienceSeconds()).isEqualTo(90);
    }

    @Test
    void shouldSayThatItEndsACommandByForce() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int code = interrupts.awaitCode(0, new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "fluxrig: not at its end 0 s after it was asked to end, and ended now by force: what was in flight"
                                + " has no outcome" + System.lineSeparator());
    }

    @Test
    void shouldSayNothingOfACommandThatEnds() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        interrupts.done(ExitCode.DONE);

        assertThat(interrupts.awaitCode(1, new PrintStream(said, true, StandardCharsets.UTF_8)))
                .isEqualTo(ExitCode.DONE);
        assertThat(said.size()).isZero();
    }

    @Test
    void shouldWaitLongerThanACommandDoes() {
        interrupts.onSignal(() -> {}, () -> TimeUnit.HOURS.toNanos(1));

        assertThat(interrupts.patienceSeconds()).isEqualTo(3_655);
    }

    @Test
    void shouldWaitLongerThanARackDrains(@TempDir Path folder) {
        for (String[] command :
                new String[][] {{"run", folder.resolve("absent.yaml").toString()}, {"rack", "--set", "snake.url=none"}
                }) {
            Cli cli = new Cli().with("FLUXRIG_RACK_DRAIN_TIMEOUT", "10m");
            assertThat(cli.run(command)).as(cli.err()).isEqualTo(ExitCode.CONFIG);

            assertThat(cli.interrupts().patienceSeconds()).isEqualTo(655);
        }
    }
}
