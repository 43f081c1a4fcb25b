package io.fluxrig.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.BundledArtefacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario exported from one mixer and imported by another, which knows other specs. */
class ScenarioMoveTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] OLD =
            bytes("spec: { id: acme, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }\n");
    private static final String HASH = ArtefactStore.hash(OLD);
    private static final String SCENARIO = """
            meta: { name: pay, version: 1.0.0 }
            gears:
              - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0" } }
              - { name: read, type: codec_iso8583, config: { spec_path: "acme:latest", direction: decode, on_error: drop } }
              - { name: encode, type: codec_iso8583, config: { spec_path: "acme:v1.0.0", direction: encode, on_error: drop } }
              - { name: echo, type: responder, config: { default: { set: { 11: "000002" } } } }
            wires:
              - { from: door.out, to: read.in }
              - { from: read.out, to: echo.in }
              - { from: echo.out, to: encode.in }
              - { from: encode.out, to: door.in }
            """;

    @TempDir
    Path folder;

    private final MixerOfATest one = new MixerOfATest();
    private final MixerOfATest other = new MixerOfATest();
    private final Cli cli = new Cli();
    private Path scenario;

    @BeforeEach
    void export() {
        cli.with("FLUXRIG_API_TOKEN", MixerOfATest.TOKEN);
        cli.with("FLUXRIG_BASE_DATA_DIR", folder.resolve("data").toString());
        ObjectNode shown = JSON.createObjectNode()
                .put("name", "pay")
                .put("version", "1.0.0")
                .put("main", "s/pay.yaml");
        ObjectNode files = shown.putObject("files").put("s/pay.yaml", base64(bytes(SCENARIO)));
        BundledArtefacts.files(Map.of(new Artefact("acme", "v1.0.0", HASH, Instant.EPOCH), OLD))
                .forEach((name, bytes) -> files.put("s/bundled-artefacts/" + name, base64(bytes)));
        one.answers().put("GET /api/v1/scenarios/pay/versions/1.0.0", shown.toString());
        other.answers().put("POST /api/v1/scenarios", "{\"name\":\"pay\",\"version\":\"1.0.0\",\"hash\":\"ab\"}");
        assertThat(cli.run("scenario", "export", "pay", "1.0.0", "-o", folder.toString(), "--api", one.url()))
                .as(cli.err())
                .isZero();
        scenario = folder.resolve("s/pay.yaml");
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String kept(String tag, String hash) {
        return "{\"name\":\"acme\",\"tag\":\"" + tag + "\",\"hash\":\"" + hash
                + "\",\"added\":\"2026-11-27T00:00:00Z\"}";
    }

    private void otherHas(String... specs) {
        other.answers().put("GET /api/v1/specs?name=acme&limit=500", "{\"items\":[" + String.join(",", specs) + "]}");
    }

    private int bring() {
        return cli.run("scenario", "import", scenario.toString(), "--api", other.url());
    }

    private JsonNode given() throws Exception {
        String asked = other.asked().get(other.asked().size() - 1);
        return JSON.readTree(asked.substring("POST /api/v1/scenarios ".length()));
    }

    @Test
    void shouldBringTheSpecsThatTheOtherMixerLacks() throws Exception {
        otherHas(kept("v2.0.0", "cd".repeat(32)));
        other.answers().put("POST /api/v1/specs", kept("v1.0.0", HASH));

        assertThat(bring()).as(cli.err()).isZero();

        JsonNode spec = JSON.readTree(other.asked().get(1).substring("POST /api/v1/specs ".length()));
        assertThat(spec.path("name").asText() + ":" + spec.path("tag").asText()).isEqualTo("acme:v1.0.0");
        assertThat(spec.path("content").asText()).isEqualTo(base64(OLD));
        assertThat(given().path("files").path("s/bundled-artefacts/index.json").isMissingNode())
                .isTrue(); // beside the file that is imported, which is the only one
        assertThat(given().path("files").fieldNames())
                .toIterable()
                .containsExactly(
                        "bundled-artefacts/blobs/" + HASH.substring(0, 2) + "/" + HASH.substring(2),
                        "bundled-artefacts/index.json",
                        "pay.yaml");
        assertThat(cli.err())
                .isEqualTo("specs from " + folder.resolve("s/bundled-artefacts") + ": acme:v1.0.0; without that folder"
                        + " the mixer's store says what names stand for\nsends bundled-artefacts/blobs/"
                        + HASH.substring(0, 2) + "/" + HASH.substring(2)
                        + "\nsends bundled-artefacts/index.json\nsends pay.yaml\n");
    }

    @Test
    void shouldSayWhatTheOtherMixerKeepsWhereItDoesNotTakeTheScenario() {
        otherHas();
        other.answers().put("POST /api/v1/specs", kept("v1.0.0", HASH));
        other.answerOnce("POST /api/v1/scenarios", 409, "{\"detail\":\"pay 1.0.0 is another one there\"}");

        assertThat(bring()).isEqualTo(ExitCode.FAILED);

        assertThat(cli.err())
                .contains("pay 1.0.0 is another one there")
                .contains("the mixer's store has acme:v1.0.0 now, and keeps them without the scenario");
    }

    @Test
    void shouldBringNoSpecThatIsThere() throws Exception {
        otherHas(kept("v1.0.0", HASH));

        assertThat(bring()).as(cli.err()).isZero();

        assertThat(other.asked()).hasSize(2);
        assertThat(given().path("main").asText()).isEqualTo("pay.yaml");
    }

    @Test
    void shouldRefuseATagThatNamesAnotherThere() {
        String there = "cd".repeat(32);
        otherHas(kept("v1.0.0", there));

        assertThat(bring()).isEqualTo(ExitCode.FAILED);

        assertThat(cli.err())
                .contains("acme:v1.0.0 in bundled-artefacts is sha256:" + HASH + ", and the mixer's store has sha256:"
                        + there + " under that name, for ever");
        assertThat(other.asked()).hasSize(1);
    }

    @Test
    void shouldRefuseASpecThatWasChanged() throws Exception {
        Path blob = folder.resolve("s/bundled-artefacts/blobs/" + HASH.substring(0, 2) + "/" + HASH.substring(2));
        Files.writeString(blob, "other");

        assertThat(bring()).isEqualTo(ExitCode.FAILED);

        assertThat(cli.err()).contains("was changed");
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void shouldCheckAgainstTheSpecsBesideTheScenario() {
        assertThat(cli.run("check", scenario.toString())).as(cli.out()).isZero();
    }
}
