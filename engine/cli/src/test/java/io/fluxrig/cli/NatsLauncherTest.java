package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/fluxrig mixer} does about its nats-server, on a machine of this folder: its root, its apt-get, no nats-server. */
class NatsLauncherTest extends LaunchedFromAFolder {
    private static final String PATH = "/usr/bin:/bin";
    private static final String PLACES = "/usr/sbin /usr/bin /usr/local/bin /opt/nats";

    @BeforeEach
    void noServer() throws IOException {
        assumeThat(PATH.split(":")).noneMatch(place -> Files.exists(Path.of(place, "nats-server")));
        String toolchain = Files.readString(root.resolve("bin/toolchain.sh"));
        assertThat(toolchain).contains(PLACES);
        write(
                "bin/toolchain.sh",
                toolchain.replace(PLACES, root.resolve("nowhere").toString()));
        write("engine/mixer/target/fluxrig/lib/mixer.jar", "");
        write("path/apt-get", "#!/bin/sh\necho \"$@\" >>" + root.resolve("installed") + "\n");
        user(0);
    }

    private void user(int id) throws IOException {
        write("path/id", "#!/bin/sh\necho " + id + "\n");
    }

    /** What apt-get was asked for, empty for nothing. */
    private String installed(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("bin/fluxrig").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        root.resolve("jdk").toString(),
                        "FLUXRIG_NO_BUILD",
                        "1",
                        "FLUXRIG_ARCHIVE",
                        "0",
                        "PATH",
                        root.resolve("path") + ":" + PATH));
        builder.environment().putAll(environment);
        assertThat(ended(builder.start())).as(err).isZero();
        assertThat(out).contains("io.fluxrig.cli.Fluxrig " + String.join(" ", arguments));
        Path file = root.resolve("installed");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Test
    void shouldInstallOneForAMixerThatHasItsOwn() throws Exception {
        write("config/mixer.toml", Files.readString(Path.of("../../config/mixer.toml")));

        assertThat(installed(Map.of(), "mixer", "--set", "mixer.names=a"))
                .contains("install -y --no-install-recommends nats-server");
        assertThat(err).contains("installing nats-server");
    }

    @Test
    void shouldLeaveItToTheMixerToSayWhatIsMissingWhereItMayNotInstall() throws Exception {
        user(1000);

        assertThat(installed(Map.of(), "mixer")).isEmpty();
        assertThat(err).doesNotContain("nats-server");
    }

    @Test
    void shouldInstallNothingForARack() throws Exception {
        assertThat(installed(Map.of(), "rack", "--set", "rack.name=east")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mixer --set snake.url=nats://a:4222",
                "mixer --set=snake.url=nats://a:4222",
                "mixer --set snake.server=/opt/a/nats-server",
                "mixer --help",
                "mixer --config own.toml",
                "mixer --config=own.toml",
                "mixer --config dotted.toml"
            })
    void shouldInstallNothingWhereAnotherIsNamed(String line) throws Exception {
        write("own.toml", "[api]\nbind = \":1\"\n[snake]\n  url = \"nats://a:4222\"\n");
        write("dotted.toml", "snake.url = 'nats://a:4222'\n");

        assertThat(installed(Map.of(), line.split(" "))).isEmpty();
    }

    @Test
    void shouldInstallNothingWhereAVariableNamesAnother() throws Exception {
        assertThat(installed(Map.of("FLUXRIG_SNAKE_URL", "nats://a:4222"), "mixer"))
                .isEmpty();
    }

    @Test
    void shouldTakeAnotherSectionsUrlForNoServer() throws Exception {
        write("own.toml", "[registry]\nurl = \"postgresql://a\"\n[snake]\nurl = \"\"\n");

        assertThat(installed(Map.of(), "mixer", "--config", "own.toml")).contains("nats-server");
    }
}
