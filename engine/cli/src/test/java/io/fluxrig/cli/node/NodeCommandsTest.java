package io.fluxrig.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a node from being started. */
class NodeCommandsTest {
    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    @Test
    void shouldSayThatThisIsTheLeanFluxrig() {
        assertThat(cli.run("mixer")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("without the mixer");
    }

    @Test
    void shouldNotStartARackThatHasNoName() {
        assertThat(cli.run("rack", "--set", "base.data_dir=" + folder)).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("rack.name", "snake.url");
    }
}
