package io.fluxrig.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Waiting for what comes of an activation, against an API that answers what a test says. */
class ActivationCommandsTest {
    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Map<String, String> answers = mixer.answers();
    private final List<String> asked = mixer.asked();
    private final Cli cli = mixer.cli();

    @Test
    void shouldWaitForWhatComesOfAnActivation() {
        String waiting =
                "{\"id\":7,\"rack\":\"east\",\"scenario\":\"pay\",\"version\":\"1.0.0\",\"outcome\":\"waiting\"}";
        answers.put("GET /api/v1/racks?&limit=500", "{\"items\":[]}");
        answers.put("POST /api/v1/scenarios/pay/activations", "{\"items\":[" + waiting + "]}");
        answers.put("POST /api/v1/scenarios/pay/rollback", "{\"items\":[" + waiting + "]}");
        String latest = "GET /api/v1/activations?limit=1&rack=east&before=8";
        answers.put(latest, "{\"items\":[" + waiting.replace("waiting", "changed") + "]}");

        assertThat(cli.run("scenario", "activate", "pay", "1.0.0", "--rack", "east"))
                .isZero();
        assertThat(cli.out()).isEqualTo("rack east: changed\n");
        assertThat(asked.get(1)).endsWith("{\"version\":\"1.0.0\",\"restart\":false,\"racks\":[\"east\"]}");

        answers.put(latest, "{\"items\":[" + waiting.replace("waiting", "refused") + "]}");
        assertThat(cli.run("scenario", "rollback", "pay", "--restart")).isEqualTo(ExitCode.FAILED);
        assertThat(asked).anyMatch(each -> each.endsWith("/rollback {\"restart\":true}"));
        assertThat(cli.run("scenario", "activate", "pay", "1.0.0", "--wait", "0"))
                .isZero();
        assertThat(cli.out()).contains("it gets the scenario once it is there");
    }

    @Test
    void shouldSayThatRacksRunDifferentVersionsAndWhatToType() {
        String east = "{\"id\":7,\"rack\":\"east\",\"scenario\":\"pay\",\"version\":\"1.1.0\",\"outcome\":\"changed\"}";
        String west = east.replace("east", "west").replace("changed", "rolled_back");
        String both = "{\"items\":[" + east + "," + west + "]}";
        answers.put("POST /api/v1/scenarios/pay/activations", both);
        answers.put("POST /api/v1/scenarios/pay/rollback", both.replace("1.1.0", "0.9.0"));
        String now = "{\"items\":[" + MixerOfATest.EAST.replace("1.0.0", "1.1.0") + ","
                + MixerOfATest.EAST.replace("east", "west") + "]}";
        answers.put("GET /api/v1/racks?&limit=500", now);
        String apart = "racks run different versions now: east 1.1.0, west 1.0.0; type";

        assertThat(cli.run("scenario", "activate", "pay", "1.1.0")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).isEqualTo(apart + ": fluxrig scenario rollback pay\n");

        assertThat(cli.run("scenario", "rollback", "pay", "--rack", "east", "--rack", "west"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(cli.err())
                .isEqualTo("rack east: pay 1.1.0 -> pay 0.9.0\nrack west: pay 1.0.0 -> pay 0.9.0\n" + apart
                        + " what all are to run: fluxrig scenario activate pay VERSION --rack east --rack west\n");

        assertThat(cli.run("scenario", "rollback", "pay", "--dry-run")).isZero();
        assertThat(cli.out()).isEqualTo("rack east: pay 1.1.0 -> pay 0.9.0\nrack west: pay 1.0.0 -> pay 0.9.0\n");
        assertThat(cli.err()).isEmpty();
        assertThat(asked).last().asString().endsWith("{\"restart\":false,\"dry_run\":true}");

        answers.put("GET /api/v1/racks?&limit=500", now.replace("1.1.0", "1.0.0"));
        assertThat(cli.run("scenario", "activate", "pay", "1.1.0")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).as("all went back").isEmpty();
    }

    @Test
    void shouldSayAtOnceWhatAnActivationWaitsFor() {
        String waiting =
                "{\"id\":7,\"rack\":\"east\",\"scenario\":\"pay\",\"version\":\"1.1.0\",\"outcome\":\"waiting\",\"text\":\"NATS is away\"}";
        answers.put("GET /api/v1/racks?&limit=500", "{\"items\":[" + MixerOfATest.EAST + "]}");
        answers.put(
                "POST /api/v1/scenarios/pay/activations",
                "{\"items\":[" + waiting + "],\"warnings\":[\"2 wires go\"]}");
        answers.put(
                "GET /api/v1/activations?limit=1&rack=east&before=8",
                "{\"items\":["
                        + waiting.replace("waiting", "changed")
                                .replace("NATS is away", "pay 1.1.0 runs; one gear is new")
                        + "]}");

        assertThat(cli.run("scenario", "activate", "pay", "1.0.0", "--rack", "east", "--wait", "9"))
                .isZero();

        assertThat(cli.err()).isEqualTo("fluxrig: 2 wires go\nrack east: waiting: NATS is away (for up to 9 s)\n");
        assertThat(cli.out()).isEqualTo("rack east: changed: pay 1.1.0 runs (before: pay 1.0.0); one gear is new\n");
    }

    @Test
    void shouldSayWhatItWaitsForOnceASecondHasPassedAndLeaveStandardOutputAlone() {
        String waiting = "{\"id\":7,\"rack\":\"east\",\"outcome\":\"waiting\"}";
        answers.put("GET /api/v1/racks?&limit=500", "{\"items\":[]}");
        answers.put("POST /api/v1/scenarios/pay/activations", "{\"items\":[" + waiting + "]}");
        answers.put("GET /api/v1/activations?limit=1&rack=east&before=8", "{\"items\":[" + waiting + "]}");

        assertThat(cli.run("scenario", "activate", "pay", "1.1.0", "--rack", "east", "--wait", "2"))
                .isEqualTo(ExitCode.FAILED);

        assertThat(cli.err())
                .isEqualTo("fluxrig: waiting for rack east to say what came of it, up to 2 s;"
                        + " Ctrl-C ends no more than this wait\n");
        assertThat(cli.out()).isEqualTo("rack east: waiting: it gets the scenario once it is there and admitted\n");
    }
}
