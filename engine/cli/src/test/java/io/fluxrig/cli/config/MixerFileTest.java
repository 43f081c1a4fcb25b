package io.fluxrig.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mixer's node file, as the commands know it. */
class MixerFileTest {
    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    @Test
    void shouldKnowAMixersFileFromARacks() throws Exception {
        Path file = Files.writeString(folder.resolve("m.toml"), "[api]\nbind = \"127.0.0.1:1\"\nbody_max = \"1KiB\"\n");

        assertThat(cli.run("check", file.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out()).contains("api.body_max");
        assertThat(cli.run("inspect", "config", "--mixer")).isZero();
        assertThat(cli.out()).contains("api.bind");
        assertThat(cli.run("schema", "mixer")).isZero();
        assertThat(cli.out()).contains("schema/mixer.json");
    }
}
