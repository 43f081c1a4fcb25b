package io.fluxrig.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scenario export}, against an API that answers what a test says. */
class ScenarioExportTest {
    private static final String VERSION = "GET /api/v1/scenarios/pay/versions/1.0.0";

    @TempDir
    Path folder;

    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Cli cli = mixer.cli();

    private static String version(String main, String other) {
        return "{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"ab\",\"main\":\"" + main + "\",\"files\":{\"" + main
                + "\":\"" + base64("meta: {}\n") + "\",\"" + other + "\":\"" + base64("bins\n") + "\"}}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private int export(Path to, String... more) {
        return cli.run(
                Stream.concat(Stream.of("scenario", "export", "pay", "1.0.0", "-o", to.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void shouldWriteTheFilesOfAVersionWithTheFoldersBelow() throws Exception {
        mixer.answers().put(VERSION, version("scenarios/pay.yaml", "tables/bins.csv"));
        Path to = folder.resolve("out");

        assertThat(export(to)).as(cli.err()).isZero();

        assertThat(to.resolve("scenarios/pay.yaml")).hasContent("meta: {}\n");
        assertThat(to.resolve("tables/bins.csv")).hasContent("bins\n");
        assertThat(cli.out()).isEqualTo("pay 1.0.0 is " + to.resolve("scenarios/pay.yaml") + " (2 files)\n");
        assertThat(export(folder.resolve("again"), "--json")).isZero();
        assertThat(cli.out()).contains("\"version\":\"1.0.0\"", "\"files\":2");
    }

    @Test
    void shouldOverwriteNothingAndLeaveNothingBehind() throws Exception {
        mixer.answers().put(VERSION, version("a.yaml", "b.csv"));
        Path there = Files.writeString(folder.resolve("b.csv"), "mine");

        assertThat(export(folder)).isEqualTo(ExitCode.FAILED);

        assertThat(cli.err()).contains("b.csv exists, and nothing is overwritten");
        assertThat(there).hasContent("mine");
        assertThat(folder.resolve("a.yaml")).doesNotExist();
    }

    @Test
    void shouldWriteNothingOutsideOfTheFolder() throws Exception {
        for (String name : List.of("../b.csv", "/tmp/b.csv", "x/../../b.csv", ".hidden")) {
            mixer.answers().put(VERSION, version("a.yaml", name));
            Path to = folder.resolve("out");

            assertThat(export(to)).isEqualTo(ExitCode.FAILED);

            assertThat(cli.err()).contains("what the mixer sent is no scenario");
            assertThat(to).doesNotExist();
        }
        assertThat(folder.resolve("b.csv")).doesNotExist();
    }

    @Test
    void shouldSayThatThereIsNoSuchVersion() {
        assertThat(export(folder)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("there is no " + VERSION);
    }
}
