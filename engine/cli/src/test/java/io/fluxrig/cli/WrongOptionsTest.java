package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.console.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no run could make sense of is refused at once, as wrong usage, with the option's name and what to write instead. */
final class WrongOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rate 0",
                "--rate 0..0",
                "--rate=-5",
                "--rate fast",
                "--rate 99999999999",
                "--rate 100..99999999999",
                "--duration 0",
                "--duration 0s",
                "--duration 10ms",
                "--duration=-5s",
                "--duration 999d",
                "--duration soon"
            })
    void shouldRefuseADemoThatCannotBe(String options) {
        assertRefused("demo", options, List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rate 0",
                "--rate 0..0",
                "--rate=-5",
                "--duration 0s",
                "--duration=-1s",
                "--connections 0",
                "--connections=-1",
                "--connections 1000000",
                "--in-flight 0",
                "--in-flight 9999999",
                "--threads 0",
                "--threads 100000",
                "--ramp 0s",
                "--ramp 5s",
                "--ramp 5s --rate max",
                "--poisson --rate max",
                "--tls-ca ca.pem --tls-insecure",
                "--connect-timeout 0s",
                "--grace=-1s",
                "--warmup 30s",
                "--timeout-codes 9,1",
                "--store here"
            })
    void shouldRefuseALoadThatCannotBe(String options) {
        assertRefused("load", options, List.of("--target", "127.0.0.1:9"));
    }

    private static void assertRefused(String command, String options, List<String> others) {
        Cli cli = new Cli();
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(others);
        arguments.addAll(List.of(options.split(" ", -1)));

        int code = cli.run(arguments.toArray(String[]::new));

        assertThat(code).as(cli.err()).isEqualTo(ExitCode.USAGE);
        String option = options.split("[ =]", -1)[0];
        assertThat(cli.err().lines().findFirst().orElse(""))
                .startsWith("fluxrig: ")
                .contains(option);
        assertThat(cli.err()).doesNotContain("unexpected").doesNotContain("starting");
    }
}
