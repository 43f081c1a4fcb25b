package io.fluxrig.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
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
