package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorLinesTest {
    private static final String CARD = "4111111111111111";

    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new Any()).setErr(new PrintWriter(err, true));

    @Command(name = "any")
    private static final class Any {}

    private int handle(boolean trace, Exception e) {
        return new ErrorLines(trace).handleExecutionException(e, command, null);
    }

    @Test
    void shouldPrintAFailureAsItIs() {
        assertThat(handle(false, new CommandFailure(ExitCode.CONFIG, "file.yaml:3: no such gear")))
                .isEqualTo(ExitCode.CONFIG);
        assertThat(err).hasToString("fluxrig: file.yaml:3: no such gear\n");
    }

    @Test
    void shouldSayHowToSeeWhereTheUnexpectedCameFrom() {
        assertThat(handle(false, new IllegalStateException("of " + CARD))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .startsWith("fluxrig: unexpected IllegalStateException: of ")
                .contains("FLUXRIG_DEBUG=1")
                .doesNotContain(CARD);
    }

    @Test
    void shouldKeepCardsOutOfStackTraces() {
        Exception e = new IllegalStateException("of " + CARD, new IllegalArgumentException("track " + CARD));

        assertThat(handle(true, e)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("\tat io.fluxrig.cli.ErrorLinesTest.", "Caused by: java.lang.IllegalArgumentException")
                .doesNotContain(CARD);
    }
}
