package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.LengthUnit;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoovFileTest {
    /** As moov's own exporter writes it: tabs, words of older versions, composites of every kind. */
    private static final String JSON = """
            {
            \t"name": "Acme Auth",
            \t"fields": {
            \t\t"0": {"type": "String", "length": 4, "description": "MTI", "enc": "ASCII", "prefix": "ASCII.Fixed"},
            \t\t"1": {"type": "Bitmap", "length": 16, "description": "Bitmap", "enc": "HexToASCII", "prefix": "Hex.Fixed"},
            \t\t"2": {"type": "String", "length": 19, "description": "PAN", "enc": "ASCII", "prefix": "ASCII.LL"},
            \t\t"4": {"type": "Numeric", "length": 12, "enc": "BCD", "prefix": "BCD.Fixed",
            \t\t\t"padding": {"type": "Left", "pad": "0"}},
            \t\t"52": {"type": "String", "length": 8, "enc": "HexToASCII", "prefix": "Hex.Fixed"},
            \t\t"55": {"type": "Composite", "length": 255, "prefix": "Binary.LL",
            \t\t\t"tag": {"enc": "BerTLVTag", "sort": "StringsByHex"},
            \t\t\t"subfields": {"9F36": {"type": "Binary", "enc": "Binary", "prefix": "BerTLV"},
            \t\t\t\t"9A": {"type": "String", "length": 6, "enc": "BCD", "prefix": "BerTLV"}}},
            \t\t"60": {"type": "Composite", "length": 255, "prefix": "ASCII.LLL",
            \t\t\t"tag": {"length": 2, "enc": "ASCII", "padding": {"type": "Left", "pad": "0"}, "sort": "StringsByInt"},
            \t\t\t"subfields": {"10": {"type": "String", "length": 9, "enc": "ASCII", "prefix": "ASCII.LL"},
            \t\t\t\t"2": {"type": "String", "length": 9, "enc": "ASCII", "prefix": "ASCII.LL"}}},
            \t\t"61": {"type": "Composite", "length": 9, "prefix": "ASCII.Fixed", "tag": {"sort": "StringsByInt"},
            \t\t\t"subfields": {"10": {"type": "String", "length": 4, "enc": "ASCII", "prefix": "ASCII.Fixed"},
            \t\t\t\t"9": {"type": "String", "length": 5, "enc": "ASCII", "prefix": "ASCII.Fixed"}}},
            \t\t"62": {"type": "Composite", "length": 255, "prefix": "ASCII.LL",
            \t\t\t"bitmap": {"type": "Bitmap", "length": 8, "enc": "HexToASCII", "prefix": "Hex.Fixed",
            \t\t\t\t"disableautoexpand": true},
            \t\t\t"subfields": {"1": {"type": "String", "length": 2, "enc": "ASCII", "prefix": "ASCII.Fixed"}}}
            \t}
            }
            """;

    private final WireSpec wire = SpecLoaderTest.load(JSON).orThrow().wire();

    @Test
    void shouldTakeMoovFileAsItIs() throws Exception {
        Spec spec = SpecLoaderTest.load(JSON).orThrow();

        assertThat(spec.id()).isEqualTo("acme-auth");
        assertThat(spec.name()).isEqualTo("Acme Auth");
        assertThat(spec.hash())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(JSON.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(spec.shortHash()).hasSize(12);
        assertThat(wire.bitmap()).isEqualTo(BitmapSpec.secondary(Encoding.HEX_ASCII));
        assertThat(wire.fields().get(2).prefix()).isEqualTo(Prefix.of(Encoding.ASCII, 2));
        assertThat(wire.fields().get(4).padding()).isEqualTo(Padding.left('0', false));
        assertThat(wire.fields().get(52).type()).isEqualTo(WireType.BINARY);
    }

    @Test
    void shouldReadBerTlvInTheOrderOfItsSort() {
        Composite chip = wire.fields().get(55).composite();

        assertThat(chip.layout()).isEqualTo(Composite.Layout.BER_TLV);
        assertThat(chip.parts().keySet()).containsExactly("9A", "9F36");
        assertThat(chip.tag().ordered()).isTrue();
        assertThat(chip.parts().get("9A").length()).isEqualTo(6);
        assertThat(chip.parts().get("9A").prefix()).isEqualTo(Prefix.BER.counting(LengthUnit.BYTES));
        assertThat(chip.unknownTags()).isEqualTo(UnknownTags.PRESERVE);
    }

    @Test
    void shouldReadTagsAndKeepUnknownOnesOfTheSamePrefix() {
        Composite tagged = wire.fields().get(60).composite();

        assertThat(tagged.layout()).isEqualTo(Composite.Layout.TAGGED);
        assertThat(tagged.parts().keySet()).containsExactly("2", "10");
        assertThat(tagged.tag().length()).isEqualTo(2);
        assertThat(tagged.tag().padding()).isEqualTo(Padding.left('0', false));
        assertThat(tagged.unknownTags()).isEqualTo(UnknownTags.PRESERVE);
        assertThat(tagged.unknownPrefix()).isEqualTo(Prefix.of(Encoding.ASCII, 2));
    }

    @Test
    void shouldReadPositionsAndBitmaps() {
        assertThat(wire.fields().get(61).composite().layout()).isEqualTo(Composite.Layout.POSITIONAL);
        assertThat(wire.fields().get(61).composite().parts().keySet()).containsExactly("9", "10");
        assertThat(wire.fields().get(62).composite().bitmap()).isEqualTo(BitmapSpec.fixed(Encoding.HEX_ASCII, 8));
    }

    @Test
    void shouldMergeFileBesideTheSpec(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("acme.json"), JSON);
        Path file = Files.writeString(directory.resolve("acme.yaml"), """
                spec:
                  id: acme
                  version: 1.2.0
                  x-fluxrig-simulation: { rate: 5 }
                  wire:
                    source: acme.json
                    fields:
                      2: { length: 12 }
                      4: { padding: { type: Right, pad: " " } }
                      62: null
                  fields:
                    2: { alias: card.pan, x-fluxrig-observability: { label: pan } }
                """);

        Spec spec = SpecLoader.load(file).orThrow();

        WireField pan = spec.wire().fields().get(2);
        assertThat(pan.length()).isEqualTo(12);
        assertThat(pan.prefix()).isEqualTo(Prefix.of(Encoding.ASCII, 2));
        assertThat(spec.wire().fields().get(4).padding()).isEqualTo(Padding.right(' ', false));
        assertThat(spec.wire().fields()).doesNotContainKey(62);
        assertThat(spec.extensions()).containsKey("x-fluxrig-simulation");
        assertThat(spec.meaning(2).extensions()).containsKey("x-fluxrig-observability");
        String hash = spec.hash();
        Files.writeString(directory.resolve("acme.json"), JSON + "\n");
        assertThat(SpecLoader.load(file).orThrow().hash()).isNotEqualTo(hash);
    }

    /** The file with blocks of ours at its top, at a field and at parts. */
    private static String withBlocks() {
        return JSON.replace(
                        "\"name\": \"Acme Auth\",", "\"name\": \"Acme Auth\", \"x-fluxrig-simulation\": {\"rate\": 5},")
                .replace(
                        "\"description\": \"PAN\",",
                        "\"description\": \"PAN\", \"x-fluxrig-observability\": {\"label\": \"pan\"},")
                .replace("{\"9F36\": {", "{\"9F36\": {\"x-fluxrig-simulation\": {\"seq\": 1}, ");
    }

    @Test
    void shouldKeepBlocksOfOursInAMoovFile() {
        Spec spec = SpecLoaderTest.load(withBlocks()).orThrow();

        assertThat(spec.extensions()).isEqualTo(Map.of("x-fluxrig-simulation", Map.of("rate", "5")));
        assertThat(spec.meaning(2).extensions()).isEqualTo(Map.of("x-fluxrig-observability", Map.of("label", "pan")));
        assertThat(spec.meaning(FieldPath.parse("55.9F36")).extensions())
                .isEqualTo(Map.of("x-fluxrig-simulation", Map.of("seq", "1")));
        assertThat(spec.wire()).isEqualTo(wire);
        assertThat(spec.sensitivity(2)).isEqualTo(Sensitivity.PAN);
    }

    @Test
    void shouldKeepBlocksOfOursInAMoovFileThatASpecBuildsOn(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("acme.json"), withBlocks());
        Path file = Files.writeString(directory.resolve("acme.yaml"), """
                spec:
                  id: acme
                  version: 1.2.0
                  x-fluxrig-observability: { dimensions: [ stan ] }
                  wire: { source: acme.json }
                  fields:
                    2: { alias: card.pan, x-fluxrig-simulation: { choose: 1 } }
                    55: { sensitivity: sad }
                """);

        Spec spec = SpecLoader.load(file).orThrow();

        assertThat(spec.extensions()).containsOnlyKeys("x-fluxrig-simulation", "x-fluxrig-observability");
        assertThat(spec.meaning(2).alias()).isEqualTo("card.pan");
        assertThat(spec.meaning(2).extensions()).containsOnlyKeys("x-fluxrig-simulation", "x-fluxrig-observability");
        assertThat(spec.sensitivity(FieldPath.parse("55.9F36")))
                .as("a block makes no part less sensitive than the field that it is in")
                .isEqualTo(Sensitivity.SAD);
    }

    @Test
    void shouldNotFollowSourcesInACircle(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("a.yaml"), "spec: { id: a, version: 1.0.0, wire: { source: a.yaml } }");

        assertThat(SpecLoader.load(file).faults()).extracting(SpecFault::fix).contains("break the circle");
    }

    @Test
    void shouldReportMissingFiles(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("a.yaml"), "spec: { id: a, version: 1.0.0, wire: { source: b.yaml } }");

        assertThat(SpecLoader.load(file).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo("spec.wire.source");
            assertThat(fault.fix()).isEqualTo("check path and permissions");
        });
        assertThat(SpecLoader.load(directory.resolve("absent.yaml")).faults()).hasSize(1);
    }

    @Test
    void shouldReadPartsByPlaceAndFillGaps() {
        WireSpec placed = SpecLoaderTest.load("""
                        spec:
                          id: a
                          version: 1.0.0
                          wire:
                            source: moov:spec87ascii
                            fields:
                              43:
                                type: Composite
                                subfields:
                                  layout: position
                                  parts:
                                    - { tag: name, type: String, from: 1, to: 25 }
                                    - { tag: country, type: String, from: 39, to: 40 }
                              48:
                                type: Composite
                                subfields:
                                  layout: position
                                  repeat: 4
                                  parts: [ { type: String, length: 3, enc: ASCII, prefix: ASCII.Fixed } ]
                        """).orThrow().wire();

        Composite name = placed.fields().get(43).composite();
        assertThat(name.parts().keySet()).containsExactly("name", "gap26", "country");
        assertThat(name.parts().get("gap26").length()).isEqualTo(13);
        assertThat(placed.fields().get(48).composite().repeatMax()).isEqualTo(4);
        assertThat(placed.fields().get(48).composite().parts().keySet()).containsExactly("1");
        assertThat(Spec.defines(placed, FieldPath.parse("48.3.1"))).isTrue();
        assertThat(Spec.defines(placed, FieldPath.parse("48.3"))).isTrue();
        assertThat(Spec.defines(placed, FieldPath.parse("48.3.2"))).isFalse();
        assertThat(Spec.defines(placed, FieldPath.parse("43.country"))).isTrue();
        assertThat(Spec.defines(placed, FieldPath.parse("43.county"))).isFalse();
        assertThat(Spec.defines(placed, FieldPath.parse("4.1"))).isFalse();
    }
}
