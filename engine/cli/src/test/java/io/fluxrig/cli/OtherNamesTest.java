package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that go by two names. */
class OtherNamesTest {
    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    @Test
    void shouldCheckAScenarioAsLint() throws Exception {
        Path wrong = Files.writeString(folder.resolve("s.yaml"), "meta: { name: a, versoin: 1 }\ngears: []\n");

        assertThat(cli.run("check", wrong.toString())).isEqualTo(ExitCode.CONFIG);
        String told = cli.out();
        assertThat(cli.run("scenario", "lint", wrong.toString())).isEqualTo(ExitCode.CONFIG);

        assertThat(cli.out()).isEqualTo(told).contains("versoin");
        assertThat(cli.run("scenario", "lint", "--help")).isZero();
        assertThat(cli.out()).startsWith("Usage: fluxrig scenario lint ");
    }

    @Test
    void shouldTurnKeysWithoutAdminToo() {
        try (MixerOfATest mixer = new MixerOfATest()) {
            cli.with("FLUXRIG_API_URL", mixer.url());
            cli.with("FLUXRIG_API_TOKEN", MixerOfATest.TOKEN);
            mixer.answers().put("GET /api/v1/keys?limit=1", "{\"items\":[]}");
            mixer.answers().put("GET /api/v1/keys?&limit=500", "{\"items\":[]}");

            assertThat(cli.run("keys", "list")).as(cli.err()).isZero();

            assertThat(cli.out()).contains("SEALED WITH");
            assertThat(cli.run("--help")).isZero();
            assertThat(cli.out()).doesNotContain("  keys ");
        }
    }
}
