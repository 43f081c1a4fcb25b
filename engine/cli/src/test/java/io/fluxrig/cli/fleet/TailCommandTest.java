package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.ExitCode;
import io.fluxrig.cli.MixerOfATest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailCommandTest {
    private final MixerOfATest mixer = new MixerOfATest();
    private final Map<String, String> answers = mixer.answers();
    private final Cli cli = new Cli();

    @BeforeEach
    void start() {
        cli.with("FLUXRIG_API_URL", mixer.url());
        cli.with("FLUXRIG_API_TOKEN", MixerOfATest.TOKEN);
    }

    @AfterEach
    void stop() {
        mixer.close();
    }

    @Test
    void shouldTellWhatHappensUntilTheMixerEndsItAndSayWhy() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");
        String lines = """
            {"at":"2026-11-27T00:00:00Z","kind":"state","rack":"east","text":"running pay 1.0.0"}

            {"at":"2026-11-27T00:00:01Z","kind":"audit","text":"api: scenario.import pay 1.0.0"}
            {"kind":"end","text":"cut off: read faster"}
            """;
        answers.put("GET /api/v1/tail?last=10", lines);
        answers.put("GET /api/v1/tail?last=2&rack=east", lines);
        answers.put("GET /api/v1/racks/east", "{}");

        assertThat(cli.run("tail")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).isEqualTo("""
            2026-11-27T00:00:00Z  state  east  running pay 1.0.0
            2026-11-27T00:00:01Z  audit  api: scenario.import pay 1.0.0
            """);
        assertThat(cli.err()).contains("tail ends: cut off: read faster");
        assertThat(cli.run("tail", "--rack", "east", "--last", "2", "--json")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"at\":"));
    }

    @Test
    void shouldNotWaitForWhatIsToldOfARackThatNobodyKnows() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");
        answers.put("GET /api/v1/tail?last=10&rack=eats", "{\"kind\":\"end\",\"text\":\"nothing\"}");

        assertThat(cli.run("tail", "--rack", "eats")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("there is no GET /api/v1/racks/eats");
    }

    @Test
    void shouldSayWhyNothingIsTold() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");

        assertThat(cli.run("tail")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("there is no GET /api/v1/tail");
    }
}
