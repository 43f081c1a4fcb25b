package io.fluxrig.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about versions of scenarios, against an API that answers what a test says. */
class ScenarioCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Map<String, String> answers = mixer.answers();
    private final List<String> asked = mixer.asked();
    private final Cli cli = mixer.cli();

    @Test
    void shouldSendAScenarioWithItsFilesAndNoneOfTheRacksOwn() throws Exception {
        Path scenario = scenario("");
        answers.put("POST /api/v1/scenarios", "{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"ab\"}");

        assertThat(cli.run("scenario", "import", scenario.toString()))
                .as(cli.err())
                .isZero();

        assertThat(cli.out()).isEqualTo("pay 1.0.0 is sha256:ab (3 files)\n");
        JsonNode body = JSON.readTree(asked.get(0).substring("POST /api/v1/scenarios ".length()));
        assertThat(body.path("main").asText()).isEqualTo("scenarios/s.yaml");
        assertThat(body.path("files").fieldNames())
                .toIterable()
                .containsExactly("scenarios/bins.csv", "scenarios/s.yaml", "specs/v87.yaml");
        assertThat(Base64.getDecoder()
                        .decode(body.path("files").path("scenarios/s.yaml").asText()))
                .isEqualTo(Files.readAllBytes(scenario));
    }

    @Test
    void shouldCheckAScenarioAgainstTheMixersSpecs() throws Exception {
        Path scenario = scenario("");
        String spec = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("specs/v87.yaml")));
        Files.writeString(scenario, Files.readString(scenario).replace("../specs/v87.yaml", "acme:v1.0.0"));
        answers.put("GET /api/v1/specs/acme%3Av1.0.0", "{\"content\":\"" + spec + "\"}");
        answers.put("POST /api/v1/scenarios", "{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"ab\"}");

        assertThat(cli.run("scenario", "import", scenario.toString()))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).isEqualTo("pay 1.0.0 is sha256:ab (2 files)\n");

        answers.remove("GET /api/v1/specs/acme%3Av1.0.0");
        assertThat(cli.run("scenario", "import", scenario.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("s.yaml:").contains("there is no GET /api/v1/specs/acme%3Av1.0.0");
    }

    @Test
    void shouldNotImportAScenarioWithFaultsOrWithAPrivateKey() throws Exception {
        Path scenario = scenario("");
        Files.writeString(scenario, Files.readString(scenario).replace("codec_iso8583", "codec_iso"));
        assertThat(cli.run("scenario", "import", scenario.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("is not imported: mend it first");

        Path secret = scenario("");
        Files.writeString(
                folder.resolve("scenarios/bins.csv"),
                "from,to,owner\n411111,411111,host\n# -----BEGIN PRIVATE KEY-----\n");
        assertThat(cli.run("scenario", "import", secret.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(asked).isEmpty();
    }

    private Path scenario(String more) throws IOException {
        Path specs = Files.createDirectories(folder.resolve("specs"));
        Path scenarios = Files.createDirectories(folder.resolve("scenarios"));
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("config/specs/v87-ascii.yaml"))) {
            root = root.getParent();
        }
        Path spec = root.resolve("config/specs/v87-ascii.yaml");
        Files.writeString(specs.resolve("v87.yaml"), Files.readString(spec));
        Files.writeString(scenarios.resolve("bins.csv"), "from,to,owner\n411111,411111,host\n");
        return Files.writeString(scenarios.resolve("s.yaml"), """
            meta: { name: pay, version: 1.0.0 }
            racks: [ { name: east } ]
            gears:
              - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0" } }
              - { name: read, type: codec_iso8583, config: { spec_path: ../specs/v87.yaml, direction: decode, on_error: drop } }
              - name: switch
                type: conductor
                config:
                  correlation_key: [ iso8583.mti_class, stan ]
                  routes:
                    - { name: r, match: { field: card.pan, table: bins.csv, value: host }, destination: out_host, timeout: 9s }
              - { name: host_write, type: codec_iso8583, config: { spec_path: SPEC, direction: encode, on_error: drop } }
              - { name: host, type: io_iso8583, config: { mode: client, connect: "127.0.0.1:1" } }
              - { name: host_read, type: codec_iso8583, config: { spec_path: SPEC, direction: decode, on_error: drop } }
              - { name: no, type: responder, config: { spec_path: SPEC, default: { set: { 39: "$REASON" } } } }
              - { name: write, type: codec_iso8583, config: { spec_path: SPEC, direction: encode, on_error: drop } }
            wires:
              - { from: door.out, to: read.in }
              - { from: read.out, to: switch.in }
              - { from: switch.out_host, to: host_write.in }
              - { from: host_write.out, to: host.in }
              - { from: host.out, to: host_read.in }
              - { from: host_read.out, to: switch.in_reply }
              - { from: switch.out_response, to: write.in }
              - { from: switch.error, to: no.in }
              - { from: no.out, to: write.in }
              - { from: write.out, to: door.in }
            """.replace("SPEC", spec.toString()) + more);
    }

    @Test
    void shouldTellWhatChangedBetweenVersions() {
        answers.put("GET /api/v1/scenarios/pay/versions/1.0.0", files("a\nb\n"));
        answers.put("GET /api/v1/scenarios/pay/versions/1.1.0", files("a\nc\n"));

        assertThat(cli.run("scenario", "diff", "pay", "1.0.0", "1.1.0")).isZero();
        assertThat(cli.out()).isEqualTo("s.yaml\n  -2: b\n  +2: c\n");
        assertThat(cli.run("scenario", "diff", "pay", "1.0.0", "1.1.0", "--json"))
                .isZero();
        assertThat(cli.out()).isEqualTo("[{\"file\":\"s.yaml\",\"changes\":[\"-2: b\",\"+2: c\"]}]\n");
        assertThat(cli.run("scenario", "diff", "pay", "1.1.0", "1.1.0", "--json"))
                .isZero();
        assertThat(cli.out()).isEqualTo("[]\n");
        assertThat(cli.run("scenario", "diff", "pay", "1.1.0", "1.1.0")).isZero();
        assertThat(cli.out()).isEqualTo("no difference between pay 1.1.0 and 1.1.0\n");
    }

    /** Every line of both was told: the file of the next version is often called after it. */
    @Test
    void shouldHoldTheScenariosFileAgainstTheOneBeforeWhateverTheyAreCalled() {
        answers.put("GET /api/v1/scenarios/pay/versions/1.0.0", files("a\nb\n"));
        answers.put("GET /api/v1/scenarios/pay/versions/1.1.0", files("a\nc\n").replace("s.yaml", "t.yaml"));
        answers.put("GET /api/v1/scenarios/pay/versions/1.2.0", files("a\nc\n"));

        assertThat(cli.run("scenario", "diff", "pay", "1.0.0", "1.1.0")).isZero();
        assertThat(cli.out()).isEqualTo("s.yaml, now t.yaml\n  -2: b\n  +2: c\n");
        assertThat(cli.run("scenario", "diff", "pay", "1.0.0", "1.1.0", "--json"))
                .isZero();
        assertThat(cli.out())
                .isEqualTo("[{\"file\":\"t.yaml\",\"was\":\"s.yaml\",\"changes\":[\"-2: b\",\"+2: c\"]}]\n");
        assertThat(cli.run("scenario", "diff", "pay", "1.1.0", "1.2.0")).isZero();
        assertThat(cli.out()).isEqualTo("t.yaml, now s.yaml\n  the same lines\n");
    }

    /** Where what was the scenario's file is another one now, and where no line tells what changed. */
    @Test
    void shouldTellOfFilesByTheirNamesBesideTheScenarios() {
        answers.put("GET /api/v1/scenarios/pay/versions/1.0.0", files("a\nb\n"));
        String more = "\"t.yaml\":\"" + base64("a\nb\n") + "\",\"s.yaml\":\"" + base64("x\n") + "\"";
        answers.put("GET /api/v1/scenarios/pay/versions/1.1.0", "{\"main\":\"t.yaml\",\"files\":{" + more + "}}");
        answers.put("GET /api/v1/scenarios/pay/versions/1.2.0", files("a\r\nb\r\n"));

        assertThat(cli.run("scenario", "diff", "pay", "1.0.0", "1.1.0")).isZero();
        assertThat(cli.out()).isEqualTo("s.yaml, now t.yaml\n  the same lines\ns.yaml\n  +1: x\n");
        assertThat(cli.run("scenario", "diff", "pay", "1.0.0", "1.2.0")).isZero();
        assertThat(cli.out()).isEqualTo("s.yaml\n  the same lines\n");
    }

    private static String files(String text) {
        return "{\"main\":\"s.yaml\",\"files\":{\"s.yaml\":\"" + base64(text) + "\"}}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldListVersionsAndWhichRacksRunThem() {
        answers.put(
                "GET /api/v1/scenarios?&limit=500",
                "{\"items\":[{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"0123456789abcdef\",\"bytes\":5,\"added\":\"-\"}]}");
        answers.put(
                "GET /api/v1/racks?&limit=500",
                "{\"items\":[" + MixerOfATest.EAST + ","
                        + MixerOfATest.EAST.replace("east", "north").replace("1.0.0", "1.1.0") + ","
                        + MixerOfATest.EAST.replace("east", "south").replace("true", "false") + ","
                        + MixerOfATest.EAST.replace("east", "west")
                        + "]}");
        assertThat(cli.run("scenario", "list")).isZero();
        assertThat(cli.out())
                .contains(
                        "ADDED         RUNS ON",
                        "pay       1.0.0    0123456789ab  5      -             east, west\n",
                        "pay       1.1.0    -             -      not imported  north\n");
        assertThat(cli.run("scenario", "list", "pay")).isZero();
        assertThat(cli.out()).contains("pay       1.0.0").doesNotContain("other");
        assertThat(cli.run("scenario", "list", "pray")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("the mixer has no scenario 'pray'", "'fluxrig scenario list'");
        assertThat(cli.run("scenario", "list", "--json")).isZero();
        assertThat(cli.out()).contains("\"racks\":[\"east\",\"west\"]");
        answers.put(
                "GET /api/v1/scenarios?&limit=500",
                "{\"items\":[{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"0123456789abcdef\",\"went_back_on\":[\"west\"]}]}");
        assertThat(cli.run("scenario", "list")).isZero();
        assertThat(cli.out()).contains("RUNS ON     WENT BACK ON\n", "east, west  west\n");
    }
}
