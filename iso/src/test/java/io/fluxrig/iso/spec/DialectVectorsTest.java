package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our bases against what jPOS wrote with its packagers of the same dialect: same values, and the same bytes again. */
class DialectVectorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "iso87ascii # moov:spec87ascii #",
                "class-ISO87APackager # moov:spec87ascii #",
                "class-ISO87APackager # v87-ascii.yaml #",
                "iso87ascii # v87-ascii.yaml #",
                "iso87binary # fluxrig:v87-binary #",
                "class-ISO87BPackager # fluxrig:v87-binary # 55: { type: String, enc: ASCII }",
                "iso93ascii # fluxrig:v93-ascii #",
                "class-ISO93APackager # fluxrig:v93-ascii #",
                "iso93binary # fluxrig:v93-binary #",
                "class-ISO93BPackager # fluxrig:v93-binary #"
            })
    void shouldReadAndWriteWhatJposWrote(String packager, String base, String over) throws IOException {
        Path vectors = Deployment.vectors("messages.jsonl.gz");
        Assumptions.assumeTrue(vectors != null, "shared/vectors/messages.jsonl.gz is not beside the repository");
        IsoCodec codec = new IsoCodec(dialect(base, over == null ? "" : over).wire());
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (JsonNode each : read(vectors, packager)) {
            cases++;
            String trouble = compare(codec, each);
            if (trouble != null) {
                wrong.add(each.get("name").asText() + ": " + trouble);
            }
        }
        assertThat(cases).isGreaterThan(100);
        assertThat(wrong).as("%d of %d", wrong.size(), cases).isEmpty();
    }

    private static Spec dialect(String base, String over) {
        return base.endsWith(".yaml")
                ? SpecLoader.load(Deployment.file("config/specs/" + base)).orThrow()
                : SpecLoaderTest.load("spec: { id: a, version: 1.0.0, wire: { source: '" + base + "', fields: { " + over
                                + " } } }")
                        .orThrow();
    }

    private static String compare(IsoCodec codec, JsonNode each) {
        byte[] wire = HexFormat.of().parseHex(each.get("hex").asText());
        IsoMessage message = new IsoMessage();
        int used = codec.decode(wire, 0, wire.length, message);
        if (used != wire.length) {
            return "decode " + used + " " + codec.error();
        }
        JsonNode expected = each.get("expected");
        if (!expected.get("mti").asText().equals(message.text(0))) {
            return "mti";
        }
        for (Map.Entry<String, JsonNode> field : expected.get("fields").properties()) {
            String wanted = field.getValue().asText();
            String is = message.text(FieldPath.parse(field.getKey()));
            if (!wanted.equalsIgnoreCase(is)) {
                return "DE " + field.getKey() + " differs";
            }
        }
        IsoMessage again = new IsoMessage();
        for (int field = message.nextField(-1); field >= 0; field = message.nextField(field)) {
            byte[] value = new byte[message.length(field)];
            message.copyTo(field, value, 0);
            if (message.kind(field) == IsoMessage.BYTES) {
                again.setBytes(field, value, 0, value.length);
            } else {
                again.set(field, value, 0, value.length);
            }
        }
        byte[] dst = new byte[wire.length + 64];
        int written = codec.encode(again, dst, 0);
        if (written < 0) {
            return "encode " + codec.error();
        }
        boolean same = Arrays.equals(wire, Arrays.copyOf(dst, written));
        return same || !each.get("repack_identical").asBoolean() ? null : "encodes to other bytes";
    }

    private static List<JsonNode> read(Path file, String packager) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> cases = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode each = json.readTree(line);
                if (each.get("spec").asText().equals(packager)) {
                    cases.add(each);
                }
            }
        }
        return cases;
    }
}
