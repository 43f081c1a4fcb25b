package io.fluxrig.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.Cli;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What jPOS wrote, through the commands: the values that it has, and its bytes again of them. */
class RecordedMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cli cli = new Cli();

    @ParameterizedTest
    @CsvSource({
        "iso87ascii, fluxrig:v87-ascii",
        "iso87binary, fluxrig:v87-binary",
        "iso93ascii, fluxrig:v93-ascii",
        "iso93binary, fluxrig:v93-binary"
    })
    void shouldDecodeAndEncodeWhatJposWrote(String packager, String dialect) throws IOException {
        Path vectors = vectors("messages.jsonl.gz");
        assumeTrue(vectors != null, "no shared/vectors beside the repository: nothing to compare with");
        List<JsonNode> cases = cases(vectors, packager);
        StringBuilder lines = new StringBuilder();
        cases.forEach(each -> lines.append(each.get("hex").asText()).append('\n'));

        cli.typing(lines.toString());
        assertThat(cli.run("spec", "decode", "--spec", dialect, "--json", "--unmasked"))
                .isZero();
        String decoded = cli.out();
        cli.typing(decoded);
        assertThat(cli.run("spec", "encode", "--spec", dialect)).as(cli.err()).isZero();

        List<String> values = decoded.lines().toList();
        List<String> bytes = cli.out().lines().toList();
        assertThat(cases).hasSizeGreaterThan(100).hasSameSizeAs(values).hasSameSizeAs(bytes);
        for (int i = 0; i < cases.size(); i++) {
            String name = cases.get(i).get("name").asText();
            assertThat(values(JSON.readTree(values.get(i))))
                    .as(name)
                    .isEqualTo(values(cases.get(i).get("expected")));
            if (cases.get(i).get("repack_identical").asBoolean()) {
                assertThat(bytes.get(i))
                        .as(name)
                        .isEqualTo(cases.get(i).get("hex").asText());
            }
        }
    }

    private static Map<String, String> values(JsonNode message) {
        Map<String, String> values = new TreeMap<>();
        values.put("mti", message.get("mti").asText());
        message.get("fields")
                .properties()
                .forEach(field -> values.put(field.getKey(), field.getValue().asText()));
        return values;
    }

    private static List<JsonNode> cases(Path file, String packager) throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode each = JSON.readTree(line);
                if (each.get("spec").asText().equals(packager)) {
                    cases.add(each);
                }
            }
        }
        return cases;
    }

    private static Path vectors(String file) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/vectors").resolve(file);
            if (Files.exists(found)) {
                return found;
            }
        }
        return null;
    }
}
