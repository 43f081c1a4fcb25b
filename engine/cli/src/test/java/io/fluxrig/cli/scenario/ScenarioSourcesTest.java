package io.fluxrig.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario with a dialect of somebody else's, who would like to have a file of this machine. */
class ScenarioSourcesTest {
    private static final String SCENARIO = """
            meta: { name: pay, version: 1.0.0 }
            gears:
              - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0" } }
              - { name: read, type: codec_iso8583, config: { spec_path: ../specs/own.yaml, direction: decode, on_error: drop } }
              - { name: encode, type: codec_iso8583, config: { spec_path: ../specs/own.yaml, direction: encode, on_error: drop } }
              - { name: echo, type: responder, config: { default: { set: { 11: "000002" } } } }
            wires:
              - { from: door.out, to: read.in }
              - { from: read.out, to: echo.in }
              - { from: echo.out, to: encode.in }
              - { from: encode.out, to: door.in }
            """;
    private static final String SECRET = "source: moov:spec87ascii\n";

    @TempDir
    Path folder;

    private final MixerOfATest mixer = new MixerOfATest();
    private final Cli cli = new Cli();
    private Path scenario;
    private Path secret;

    @BeforeEach
    void write() throws IOException {
        cli.with("FLUXRIG_API_URL", mixer.url());
        cli.with("FLUXRIG_API_TOKEN", MixerOfATest.TOKEN);
        mixer.answers().put("POST /api/v1/scenarios", "{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"ab\"}");
        Files.createDirectories(folder.resolve("scenarios"));
        Files.createDirectories(folder.resolve("specs/base"));
        scenario = Files.writeString(folder.resolve("scenarios/s.yaml"), SCENARIO);
        secret = Files.writeString(folder.resolve("secret.yaml"), SECRET);
    }

    @AfterEach
    void stop() {
        mixer.close();
    }

    private int bring(String source, String name) throws IOException {
        Files.writeString(folder.resolve("specs/own.yaml"), """
                spec:
                  id: own
                  version: 1.0.0
                  name: %s
                  wire:
                    source: %s
                """.formatted(name, source));
        return cli.run("scenario", "import", scenario.toString());
    }

    private void shouldSendNothing(String source) throws IOException {
        assertThat(bring(source, "own")).isEqualTo(ExitCode.CONFIG);

        assertThat(cli.err())
                .contains(
                        "specs/own.yaml is made from ",
                        ", which is not sent: put it into the folder of own.yaml or of the"
                                + " scenario, and name it by a relative path");
        assertThat(mixer.asked()).isEmpty();
    }

    @Test
    void shouldSendNoFileThatADialectNamesElsewhere() throws Exception {
        shouldSendNothing("../secret.yaml");
    }

    @Test
    void shouldSendNoFileThatADialectNamesByAnAbsolutePath() throws Exception {
        shouldSendNothing(secret.toString());
        Path beside = Files.writeString(folder.resolve("specs/base/base.yaml"), SECRET);
        shouldSendNothing(beside.toString());
    }

    @Test
    void shouldSendNoFileThatALinkBesideADialectLeadsTo() throws Exception {
        Files.createSymbolicLink(folder.resolve("specs/base.yaml"), secret);
        shouldSendNothing("base.yaml");
    }

    @Test
    void shouldSendNoFileThatADialectOnlySpeaksOf() throws Exception {
        Files.writeString(folder.resolve("secret.txt"), "secret");

        assertThat(bring("moov:spec87ascii", "|\n    as of\n    source: ../secret.txt"))
                .as(cli.err())
                .isZero();

        assertThat(cli.err()).isEqualTo("sends scenarios/s.yaml\nsends specs/own.yaml\n");
        assertThat(mixer.asked()).singleElement().asString().doesNotContain("secret.txt");
    }

    @Test
    void shouldSendWhatADialectIsMadeFromBesideItAndBelow() throws Exception {
        Files.writeString(folder.resolve("specs/base/base.yaml"), "source: first.yaml\n");
        Files.writeString(folder.resolve("specs/base/first.yaml"), SECRET);

        assertThat(bring("base/base.yaml", "own")).as(cli.err()).isZero();

        assertThat(cli.err()).isEqualTo("""
                sends scenarios/s.yaml
                sends specs/base/base.yaml
                sends specs/base/first.yaml
                sends specs/own.yaml
                """);
    }
}
