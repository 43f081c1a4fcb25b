package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.packager.GenericPackager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that jPOS wrote with its own classes and files, recorded, which stand outside the repository. */
class JposVectorsTest {
    private static final WireSpec POLICY = SpecLoader.load(
                    "fluxrig:v87-ascii",
                    SpecLoader.baseText("fluxrig:v87-ascii").getBytes(US_ASCII))
            .spec()
            .wire();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class-BASE24Packager",
                "class-Base1Packager",
                "class-EuroPackager",
                "class-ISO87APackager",
                "class-ISO87APackagerBBitmap",
                "class-ISO87BPackager",
                "class-ISO93APackager",
                "class-ISO93BPackager",
                "class-PostPackager",
                "class-X92Packager",
                "cmf",
                "iso87ascii",
                "iso87binary",
                "iso93ascii",
                "iso93binary"
            })
    void shouldReadAndWriteWhatJposWrote(String spec) throws Exception {
        JposCodec codec = codec(spec);
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (JsonNode each : cases("messages.jsonl.gz", spec)) {
            cases++;
            String trouble = compare(codec, each);
            if (trouble != null) {
                wrong.add(each.get("name").asText() + ": " + trouble);
            }
        }
        assertThat(cases).isPositive();
        assertThat(wrong).as("%d of %d", wrong.size(), cases).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso87ascii", "iso87binary", "iso93ascii", "iso93binary", "cmf"})
    void shouldRefuseOrWriteAgainWhatIsDamaged(String spec) throws Exception {
        JposCodec codec = codec(spec);
        IsoMessage message = new IsoMessage();
        for (JsonNode each : cases("malformed.jsonl.gz", spec)) {
            byte[] wire = HexFormat.of().parseHex(each.get("hex").asText());
            int used = codec.decode(wire, 0, wire.length, message);
            if (!each.path("reference_accepts").asBoolean()) {
                assertThat(used).as(each.get("name").asText()).isNegative();
            }
            if (used < 0) {
                assertThat(message.nextField(-1)).isEqualTo(-1);
                assertThat(codec.error().code()).isEqualTo(used);
            }
        }
    }

    private static String compare(JposCodec codec, JsonNode each) {
        byte[] wire = HexFormat.of().parseHex(each.get("hex").asText());
        IsoMessage message = new IsoMessage();
        if (codec.decode(wire, 0, wire.length, message) < 0) {
            return "decode: " + codec.error();
        }
        JsonNode expected = each.get("expected");
        if (!expected.get("mti").asText().equals(message.text(0))) {
            return "mti";
        }
        for (Map.Entry<String, JsonNode> field : expected.get("fields").properties()) {
            if (!field.getValue().asText().equalsIgnoreCase(message.text(FieldPath.parse(field.getKey())))) {
                return "DE " + field.getKey() + " differs";
            }
        }
        byte[] room = new byte[wire.length + 64];
        int written = codec.encode(message, room, 0);
        if (written < 0) {
            return "encode: " + codec.error();
        }
        boolean same = Arrays.equals(wire, Arrays.copyOf(room, written));
        return same || !each.get("repack_identical").asBoolean() ? null : "encodes to other bytes";
    }

    private static JposCodec codec(String spec) throws Exception {
        ISOPackager packager = spec.startsWith("class-")
                ? Class.forName("org.jpos.iso.packager." + spec.substring("class-".length()))
                        .asSubclass(ISOPackager.class)
                        .getConstructor()
                        .newInstance()
                : new GenericPackager("jar:packager/" + spec + ".xml");
        TlvGuard.install(packager);
        return new JposCodec(new JposPackager(packager, spec, new byte[0]), POLICY);
    }

    private static List<JsonNode> cases(String file, String spec) throws IOException {
        Path vectors = vectors().resolve(file);
        Assumptions.assumeTrue(Files.exists(vectors), "shared/vectors is not beside the repository");
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> cases = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(vectors)), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode each = json.readTree(line);
                if (each.get("spec").asText().equals(spec)) {
                    cases.add(each);
                }
            }
        }
        return cases;
    }

    /** {@code -Dfluxrig.vectors=DIR}, or beside the repository or a folder above it; a name that is not there if nowhere. */
    private static Path vectors() {
        String told = System.getProperty("fluxrig.vectors");
        Path at = Path.of("").toAbsolutePath();
        while (told == null && at.getParent() != null && !Files.isDirectory(at.resolve("shared/vectors"))) {
            at = at.getParent();
        }
        return told == null ? at.resolve("shared/vectors") : Path.of(told);
    }
}
