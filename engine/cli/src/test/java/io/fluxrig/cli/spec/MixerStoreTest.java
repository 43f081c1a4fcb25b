package io.fluxrig.cli.spec;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about specs where a mixer keeps them. */
class MixerStoreTest {
    private static final String SPEC = "spec:\n  id: acme\n  version: 1.0.0\n  wire: { source: moov:spec87ascii }\n";
    private static final String ACME = "{\"name\":\"acme\",\"tag\":\"v1.0.0\",\"hash\":\"" + "ab".repeat(32)
            + "\",\"added\":\"2026-11-27T00:00:00Z\"}";

    @TempDir
    Path folder;

    private final MixerOfATest mixer = new MixerOfATest(
            422, what -> "{\"detail\":\"does not load\",\"errors\":[{\"detail\":\"line 3: no such key\"}]}");
    private final Map<String, String> answers = mixer.answers();
    private final List<String> asked = mixer.asked();
    private final Cli cli = new Cli();
    private final String url = mixer.url();

    @BeforeEach
    void start() {
        cli.with("FLUXRIG_API_TOKEN", MixerOfATest.TOKEN);
    }

    @AfterEach
    void stop() {
        mixer.close();
    }

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("s.yaml"), SPEC);
    }

    @Test
    void shouldGiveASpecToTheMixer() throws Exception {
        answers.put("POST /api/v1/specs", ACME);

        assertThat(cli.run("spec", "import", file().toString(), "--name", "acme", "--tag", "v1.0.0", "--api", url))
                .as(cli.err())
                .isZero();

        assertThat(cli.out()).isEqualTo("acme:v1.0.0 is sha256:" + "ab".repeat(32) + "\n");
        JsonNode body = new ObjectMapper().readTree(asked.get(0).substring("POST /api/v1/specs ".length()));
        assertThat(body.path("tag").asText()).isEqualTo("v1.0.0");
        assertThat(Base64.getDecoder().decode(body.path("content").asText()))
                .asString()
                .isEqualTo(SPEC);
    }

    @Test
    void shouldSayOfANameWhatTheStoreSaysOfIt() throws Exception {
        assertThat(cli.run("spec", "import", file().toString(), "--name", "../x", "--tag", "v1", "--api", url))
                .isEqualTo(ExitCode.FAILED);

        assertThat(cli.err()).contains("nothing can be named '../x': 1 to 64 of a-z");
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldTellEachFaultThatTheMixerFinds() throws Exception {
        assertThat(cli.run("spec", "import", file().toString(), "--name", "acme", "--tag", "v1.0.0", "--api", url))
                .isEqualTo(ExitCode.FAILED);

        assertThat(cli.err()).contains("does not load\n", "line 3: no such key");
    }

    @Test
    void shouldListExportAndReadWhatTheMixerHas() {
        cli.with("FLUXRIG_API_URL", url);
        String content = Base64.getEncoder().encodeToString(SPEC.getBytes(StandardCharsets.UTF_8));
        answers.put("GET /api/v1/specs?&limit=500", "{\"items\":[" + ACME + "]}");
        answers.put("GET /api/v1/specs?name=acme&limit=500", "{\"items\":[" + ACME + "]}");
        answers.put("GET /api/v1/specs?name=none&limit=500", "{\"items\":[]}");
        answers.put("GET /api/v1/specs/acme%3Alatest", "{\"content\":\"" + content + "\"}");

        assertThat(cli.run("spec", "list")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("acme  v1.0.0  abababababab");
        assertThat(cli.run("spec", "history", "acme", "--json")).as(cli.err()).isZero();
        assertThat(cli.out()).startsWith("[{\"name\":\"acme\"");
        assertThat(cli.run("spec", "history", "none")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.run("spec", "export", "acme:latest")).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo(SPEC);
        assertThat(cli.run("spec", "doc", "acme:latest", "--format", "markdown"))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).contains("acme 1.0.0", "Replacement amounts");
    }

    @Test
    void shouldTakeTheFolderThatIsNamedAndNotBoth() {
        cli.with("FLUXRIG_API_URL", url);
        String store = folder.resolve("store").toString();

        assertThat(cli.run("spec", "list", "--store", store)).as(cli.err()).isZero();
        assertThat(cli.out())
                .startsWith("nothing is kept there; --api names a mixer's store")
                .hasLineCount(1);
        assertThat(cli.run("spec", "list", "--store", store, "--api", url)).isEqualTo(ExitCode.USAGE);
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldTakeNoTokenWhereNoMixerIsNamed() {
        for (String option : List.of("--token-file", "--ca-file")) {
            assertThat(cli.run("spec", "list", option, "any")).isEqualTo(ExitCode.USAGE);
            assertThat(cli.err()).contains(option, "name one with --api");
            assertThat(cli.run("spec", "list", option, "any", "--store", folder.toString()))
                    .isEqualTo(ExitCode.USAGE);
        }
    }
}
