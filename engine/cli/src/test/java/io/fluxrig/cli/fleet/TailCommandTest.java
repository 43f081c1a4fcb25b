package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TailCommandTest {
    /** Refuses what it has no answer to: that ends a tail. */
    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest(403, what -> "{\"detail\":\"there is no " + what + "\"}");

    private final Map<String, String> answers = mixer.answers();
    private final Cli cli = mixer.cli();

    @Test
    void shouldTellWhatHappensAndGoOnWhereTheMixerEnds() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");
        mixer.answerOnce("GET /api/v1/tail?last=10", """
            {"at":"2026-11-27T00:00:00Z","kind":"state","rack":"east","text":"running pay 1.0.0"}

            {"at":"2026-11-27T00:00:01Z","kind":"audit","text":"api: scenario.import pay 1.0.0"}
            {"kind":"end","text":"this mixer does not lead any more"}
            """);
        mixer.answerOnce("GET /api/v1/tail?last=500", """
            {"at":"2026-11-26T00:00:00Z","kind":"audit","text":"api: scenario.import pay 0.9.0"}
            {"at":"2026-11-27T00:00:01Z","kind":"audit","text":"api: scenario.import pay 1.0.0"}
            {"at":"2026-11-27T00:00:02Z","kind":"audit","text":"api: scenario.import pay 1.0.1"}
            {"at":"2026-11-27T00:00:03Z","kind":"state","rack":"east","text":"running pay 1.0.0"}
            """);

        assertThat(cli.run("tail")).isEqualTo(ExitCode.FAILED);

        assertThat(cli.out()).isEqualTo("""
            2026-11-27T00:00:00Z  state    east      running pay 1.0.0
            2026-11-27T00:00:01Z  audit              api: scenario.import pay 1.0.0
            2026-11-27T00:00:02Z  audit              api: scenario.import pay 1.0.1
            """);
        assertThat(cli.err()).isEqualToNormalizingNewlines("""
            fluxrig: the mixer ends this: this mixer does not lead any more; tail goes on once a mixer leads
            fluxrig: tail goes on: %1$s/ tells
            fluxrig: the mixer has ended; tail goes on once a mixer leads
            fluxrig: there is no GET /api/v1/tail?last=500
            """.formatted(mixer.url()));
    }

    @Test
    void shouldWaitAlsoWhereWhatAnswersIsNoMixerOrIsBusy() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");
        mixer.answerOnce(
                "GET /api/v1/tail?last=10",
                "{\"at\":\"2026-11-27T00:00:00Z\",\"kind\":\"state\",\"rack\":\"east\",\"text\":\"running\"}\n");
        mixer.answerOnce("GET /api/v1/tail?last=500", 502, "<html>Bad Gateway</html>");
        mixer.answerOnce("GET /api/v1/tail?last=500", 409, "{\"detail\":\"readers=32 max=32\"}");
        mixer.answerOnce("GET /api/v1/tail?last=500", 307, "");
        mixer.answerOnce(
                "GET /api/v1/tail?last=500",
                "{\"at\":\"2026-11-27T00:00:09Z\",\"kind\":\"state\",\"rack\":\"east\",\"text\":\"held\"}\n");

        assertThat(cli.run("tail")).isEqualTo(ExitCode.FAILED);

        assertThat(cli.out()).endsWith("east      held\n");
        assertThat(cli.err()).endsWith("fluxrig: there is no GET /api/v1/tail?last=500\n");
    }

    @Test
    void shouldTellWhatHappenedMeanwhileThoughItIsToBeginWithNothing() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");
        mixer.answerOnce(
                "GET /api/v1/tail?last=1",
                "{\"at\":\"2026-11-27T00:05:00Z\",\"kind\":\"audit\",\"text\":\"of before\"}\n\n");
        mixer.answerOnce("GET /api/v1/tail?last=500", """
            {"at":"2026-11-27T00:00:00Z","kind":"audit","text":"long before"}
            {"at":"2026-11-27T00:05:00Z","kind":"audit","text":"of before"}
            {"at":"2026-11-27T00:05:01Z","kind":"audit","text":"meanwhile"}
            """);

        assertThat(cli.run("tail", "-n", "0")).isEqualTo(ExitCode.FAILED);

        assertThat(cli.out()).isEqualTo("2026-11-27T00:05:01Z  audit              meanwhile\n");
    }

    @Test
    void shouldTellWhatComesFirstWhereNothingHasHappened() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");
        mixer.answerOnce(
                "GET /api/v1/tail?last=1",
                "\n{\"at\":\"2026-11-27T00:00:00Z\",\"kind\":\"audit\",\"text\":\"the first thing\"}\n");

        assertThat(cli.run("tail", "-n", "0")).isEqualTo(ExitCode.FAILED);

        assertThat(cli.out()).isEqualTo("2026-11-27T00:00:00Z  audit              the first thing\n");
    }

    @Test
    void shouldTellOfOneRackAsJson() {
        answers.put("GET /api/v1/audit?limit=1", "{\"items\":[]}");
        answers.put("GET /api/v1/racks/east", "{}");
        mixer.answerOnce(
                "GET /api/v1/tail?last=2&rack=east",
                "{\"at\":\"2026-11-27T00:00:00Z\",\"kind\":\"state\",\"rack\":\"east\",\"text\":\"running\"}\n");

        assertThat(cli.run("tail", "--rack", "east", "--last", "2", "--json")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out().lines()).singleElement().asString().startsWith("{\"at\":");
    }

    @Test
    void shouldNotWaitForAMixerThatNeverAnswered() {
        mixer.close();

        assertThat(cli.run("tail")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("no mixer answers at");
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
