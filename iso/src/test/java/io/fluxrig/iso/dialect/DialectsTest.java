package io.fluxrig.iso.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.spec.Sensitivity;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoad;
import io.fluxrig.iso.spec.SpecLoader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectsTest {
    static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE isopackager PUBLIC "-//jPOS/jPOS Generic Packager DTD 1.0//EN" "http://jpos.org/dtd/generic-packager-1.0.dtd">
            <isopackager>
              <isofield id="0" length="4" name="MTI" class="org.jpos.iso.IFA_NUMERIC"/>
              <isofield id="1" length="16" name="BIT MAP" class="org.jpos.iso.IFB_BITMAP"/>
              <isofield
                  id="2"
                  length="19"
                  name="PAN: &lt;primary&gt; &quot;number&quot;, # 1"
                  class="org.jpos.iso.IFA_LLNUM"/>
              <isofield id="35" length="37" name="true" class="org.jpos.iso.IFA_LLNUM"/>
              <isofield id="48" length="10" name="0800" class="org.jpos.iso.IFA_LLCHAR"/>
              <isofield id="63" length="9" name="terminator" token="1C" class="org.jpos.iso.IF_TCHAR"/>
            </isopackager>
            """;

    private static Dialect read(String text) {
        return Dialects.read("acme net.xml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadAPackagerIntoASpecOfOurs() {
        Dialect dialect = read(XML);
        Spec spec = dialect.load().orThrow();

        assertThat(dialect.kind()).isEqualTo(DialectKind.JPOS_XML);
        assertThat(spec.id()).isEqualTo("acme-net");
        assertThat(spec.meaning(2).name()).isEqualTo("PAN: <primary> \"number\", # 1");
        assertThat(spec.meaning(35).name()).isEqualTo("true");
        assertThat(spec.meaning(48).name()).isEqualTo("0800");
        assertThat(spec.sensitivity(2)).isEqualTo(Sensitivity.PAN);
        assertThat(spec.sensitivity(35)).isEqualTo(Sensitivity.SAD);
    }

    @Test
    void shouldSayWhatIsLostAndWhere() {
        Dialect dialect = read(XML);

        assertThat(dialect.whole()).isFalse();
        assertThat(dialect.notes())
                .filteredOn(note -> note.severity() == ImportNote.Severity.LOST)
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.path()).isEqualTo("63");
                    assertThat(note.line()).isEqualTo(13);
                    assertThat(note.what()).contains("IF_TCHAR");
                });
        assertThat(dialect.load().orThrow().wire().fields()).doesNotContainKey(63);
        assertThat(dialect.yaml()).contains("# LOST 63 (line 13): IF_TCHAR");
    }

    @Test
    void shouldTellTheLineWhereAnElementBegins() {
        Dialect dialect =
                read(XML.replace("IFA_LLNUM\"/>\n  <isofield id=\"35\"", "IFX_MINE\"/>\n  <isofield id=\"35\""));

        assertThat(dialect.load().ok()).isFalse();
        assertThat(dialect.load().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(6);
            assertThat(fault.path()).isEqualTo("2");
            assertThat(fault.toString()).contains("IFX_MINE").contains("under wire.fields");
        });
    }

    @Test
    void shouldComeToTheSameWhenItsYamlIsReadAgain() {
        Dialect dialect = read(XML);
        Dialect again = read(dialect.yaml());

        assertThat(again.kind()).isEqualTo(DialectKind.FLUXRIG_YAML);
        assertThat(again.yaml()).isEqualTo(dialect.yaml());
        assertThat(again.notes()).isEmpty();
        assertThat(again.load().orThrow().wire())
                .isEqualTo(dialect.load().orThrow().wire());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "ISO-8859-1"})
    void shouldReadXmlAsItSaysItIsEncoded(String charset) {
        String xml = XML.replace("UTF-8", charset.equals("UTF-16LE") ? "UTF-16" : charset)
                .replace("BIT MAP", "Zahl");

        Dialect dialect =
                Dialects.read("latin.xml", xml.replace("0800", "Gebühr").getBytes(Charset.forName(charset)));

        assertThat(dialect.kind()).isEqualTo(DialectKind.JPOS_XML);
        assertThat(dialect.load().orThrow().meaning(48).name()).isEqualTo("Gebühr");
    }

    @Test
    void shouldPutMoovWordsIntoASpecAndSayWhichAreNotRead() {
        Dialect dialect = read("""
                {
                  "name": "Acme Auth",
                  "fields": {
                    "0": {"type": "String", "length": 4, "enc": "ASCII", "prefix": "ASCII.Fixed"},
                    "1": {"type": "Bitmap", "enc": "Binary", "prefix": "Hex.Fixed"},
                    "4": {"type": "Numeric", "length": 12, "description": "true", "enc": "ASCII", "prefix": "ASCII.Fixed",
                      "padding": {"type": "Left", "pad": "0"}, "unheard": {"of": 1}}
                  }
                }
                """);

        assertThat(dialect.kind()).isEqualTo(DialectKind.MOOV);
        assertThat(dialect.whole()).isFalse();
        assertThat(dialect.notes().toString())
                .contains("LOST fields.4.unheard (line 7)")
                .contains("CHANGED fields.4 (line 6): moov takes filling off");
        Spec spec = dialect.load().orThrow();
        assertThat(spec.id()).isEqualTo("acme-auth");
        assertThat(spec.wire().fields().get(4).description()).isEqualTo("true");
        assertThat(read(dialect.yaml()).load().orThrow().wire()).isEqualTo(spec.wire());
    }

    @Test
    void shouldMergeTheFilesThatASpecNames(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("packager.xml"), XML);
        Path file = Files.writeString(directory.resolve("acme.yaml"), """
                spec:
                  id: acme
                  version: 1.2.0
                  wire:
                    source: jpos:packager.xml
                    fields:
                      2: { length: 16 }
                      63: null
                  fields:
                    2: { name: PAN, alias: card.pan }
                """);

        Dialect dialect = Dialects.read(file);
        Dialect alone = read(dialect.yaml());

        assertThat(dialect.kind()).isEqualTo(DialectKind.FLUXRIG_YAML);
        assertThat(dialect.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.instead()).contains("merged"));
        assertThat(dialect.yaml()).doesNotContain("source:");
        assertThat(alone.load().orThrow().wire())
                .isEqualTo(dialect.load().orThrow().wire());
        assertThat(alone.load().orThrow().wire().fields().get(2).length()).isEqualTo(16);
        assertThat(alone.load().orThrow().resolve("card.pan")).hasToString("2");
    }

    @Test
    void shouldTakeALossForAFaultUnlessTheSpecDescribesTheField(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("packager.xml"), XML);
        String spec = "spec: { id: a, version: 1.0.0, wire: { source: 'jpos:packager.xml' } }";
        Path bare = Files.writeString(directory.resolve("bare.yaml"), spec);
        Path settled = Files.writeString(
                directory.resolve("settled.yaml"),
                spec.replace(
                        "packager.xml'",
                        "packager.xml', fields: { 63: { type: String, length: 9, enc: ASCII, prefix: ASCII.LL } }"));

        assertThat(SpecLoader.load(bare).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).endsWith("packager.xml");
            assertThat(fault.line()).isEqualTo(13);
            assertThat(fault.fix()).contains("63: null");
        });
        Spec loaded = SpecLoader.load(settled).orThrow();
        assertThat(loaded.wire().fields().get(63).length()).isEqualTo(9);
        assertThat(loaded.wire().fields().get(48).description()).isEqualTo("0800");
    }

    @Test
    void shouldLoadAPackagerAsASpecWhereNothingIsLost() {
        String whole = XML.replaceFirst("<isofield id=\"63\"[^>]*>", "");
        SpecLoad lost = SpecLoader.load("nets/acme.xml", XML.getBytes(StandardCharsets.UTF_8));
        Spec spec = SpecLoader.load("nets/acme.xml", whole.getBytes(StandardCharsets.UTF_8))
                .orThrow();

        assertThat(spec.id()).isEqualTo("acme");
        assertThat(spec.wire().fields().get(48).description()).isEqualTo("0800");
        assertThat(spec.sensitivity(2)).isEqualTo(Sensitivity.PAN);
        assertThat(lost.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString()).startsWith("nets/acme.xml:13:1: 63: IF_TCHAR"));
    }

    @Test
    void shouldSayOfAFileThatIsNotThereThatItIsNotThere(@TempDir Path directory) {
        Dialect dialect = Dialects.read(directory.resolve("absent.xml"));

        assertThat(dialect.load().ok()).isFalse();
        assertThat(dialect.load().faults().get(0).message()).isEqualTo("no such file");
        assertThat(dialect.yaml()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "spec:", "[1, 2]", "{}", "hello", "fields:", "<", "<a/>", "<isopackager/>"})
    void shouldAnswerAnythingElseWithFaults(String text) {
        Dialect dialect = read(text);

        assertThat(dialect.load().ok()).isFalse();
        assertThat(dialect.load().faults()).isNotEmpty();
    }

    @Test
    void shouldKeepBlocksOfOursInAMoovFile() {
        Dialect dialect = read("""
                { "name": "Acme", "x-fluxrig-simulation": { "rate": 5 },
                  "fields": {
                    "0": { "type": "String", "length": 4, "enc": "ASCII", "prefix": "ASCII.Fixed" },
                    "1": { "type": "Bitmap", "enc": "Binary", "prefix": "Binary.Fixed" },
                    "2": { "type": "String", "length": 19, "enc": "ASCII", "prefix": "ASCII.LL",
                           "x-fluxrig-observability": { "label": "pan" } } } }
                """);

        assertThat(dialect.whole()).isTrue();
        assertThat(dialect.load().orThrow().extensions()).containsOnlyKeys("x-fluxrig-simulation");
        assertThat(dialect.load().orThrow().meaning(2).extensions()).containsOnlyKeys("x-fluxrig-observability");
    }
}
