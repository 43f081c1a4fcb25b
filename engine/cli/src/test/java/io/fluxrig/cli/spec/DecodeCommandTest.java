package io.fluxrig.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeCommandTest {
    private static final String V87 = "fluxrig:v87-ascii";
    /** 0200 with DE 2, 3, 11, 35 and 39. */
    static final String PURCHASE = hex("0200" + "6020000022000000" + "164761739001010119" + "000000" + "123456" + "37"
            + "4761739001010119D26122011143804489732" + "00");
    /** 0800 with DE 7, 11 and 70. */
    private static final String ECHO =
            hex("0800" + "8220000000000000" + "0400000000000000" + "1123082312" + "000001" + "301");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    private static String hex(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    private int decode(String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "spec";
        all[1] = "decode";
        System.arraycopy(more, 0, all, 2, more.length);
        return cli.run(all);
    }

    @Test
    void shouldShowEachFieldWithItsName() {
        assertThat(decode("--spec", V87, ECHO)).isZero();

        assertThat(cli.out()).isEqualTo("""
                PATH  NAME                                 VALUE
                mti   Message type                         0800
                7     Transmission date and time           1123082312
                11    System trace audit number            000001
                70    Network management information code  301
                """);
    }

    @Test
    void shouldMaskCardDataUnlessClearIsAskedFor() throws Exception {
        assertThat(decode("--spec", V87, PURCHASE)).isZero();
        assertThat(cli.out()).contains("476173******0119").doesNotContain("4761739001010119", "D2612");

        assertThat(decode("--spec", V87, "--json", PURCHASE)).isZero();
        JsonNode masked = JSON.readTree(cli.out());
        assertThat(masked.at("/fields/2").asText()).isEqualTo("476173******0119");
        assertThat(masked.at("/fields/35").asText()).isEqualTo("********");

        assertThat(decode("--spec", V87, "--json", "--unmasked", PURCHASE)).isZero();
        JsonNode clear = JSON.readTree(cli.out());
        assertThat(clear.get("mti").asText()).isEqualTo("0200");
        assertThat(clear.at("/fields/2").asText()).isEqualTo("4761739001010119");
        assertThat(clear.at("/fields/35").asText()).isEqualTo("4761739001010119D26122011143804489732");
    }

    @Test
    void shouldPointAtTheByteAndShowWhatCameBeforeIt() {
        String damaged = PURCHASE.replace(hex("123456"), hex("12x456"));

        assertThat(decode("--spec", V87, damaged)).isEqualTo(ExitCode.FAILED);

        assertThat(cli.out())
                .contains("LENGTH", "does not parse: DE 11 at byte 46: expected characters of class N")
                .doesNotContain("476173", "0119", "34 37 36");
        List<String> lines = cli.out().lines().toList();
        int dump = 0;
        while (!lines.get(dump).startsWith("    byte 32")) {
            dump++;
        }
        assertThat(lines.get(dump + 1).indexOf("^^")).isEqualTo("    byte 32  ".length() + 3 * (46 - 32));
    }

    @Test
    void shouldTellScriptsPathOffsetAndExpectation() throws Exception {
        String damaged = PURCHASE.replace(hex("123456"), hex("12x456"));

        assertThat(decode("--spec", V87, "--json", damaged)).isEqualTo(ExitCode.FAILED);

        JsonNode error = JSON.readTree(cli.out()).get("error");
        assertThat(error.get("path").asText()).isEqualTo("11");
        assertThat(error.get("offset").asInt()).isEqualTo(46);
        assertThat(error.get("expected").asText()).isEqualTo("characters of class N");
    }

    @Test
    void shouldReadMessagesFromStandardInputOneALine() {
        cli.typing(ECHO + "\n\n" + "zz\n" + "78" + ECHO.substring(2) + "\n" + ECHO + "\n");

        assertThat(decode("--spec", V87, "--json")).isEqualTo(ExitCode.FAILED);

        assertThat(cli.out().lines()).hasSize(4);
        assertThat(cli.out().lines().toList().get(0)).startsWith("{\"mti\":\"0800\",\"fields\":{\"7\":\"1123082312\"");
        assertThat(cli.out().lines().toList().get(1))
                .isEqualTo(
                        "{\"error\":{\"path\":\"message\",\"offset\":0,\"expected\":\"two hex digits for each byte\"},\"line\":3}");
        assertThat(cli.out().lines().toList().get(2)).startsWith("{\"error\":{\"path\":\"mti\",\"offset\":0");
    }

    @Test
    void shouldReadAFileAndRefuseTwoSources() throws Exception {
        Path file = Files.writeString(folder.resolve("m.hex"), ECHO + "\n" + ECHO);

        assertThat(decode("--spec", V87, "--file", file.toString())).isZero();
        assertThat(cli.out().lines().filter(line -> line.startsWith("mti"))).hasSize(2);

        assertThat(decode("--spec", V87, "--file", file.toString(), ECHO)).isEqualTo(ExitCode.USAGE);
        assertThat(decode("--spec", V87, "--file", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("no such file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0037|a length of 2 binary bytes|frame_length_size: 2, frame_length_encoding: binary",
                "30303535|a length of 4 ASCII digits|frame_length_encoding: ascii",
                "00000037|a length of 4 binary bytes|frame_length_size: 4",
                "0055|a length of 4 BCD digits|frame_length_encoding: bcd",
                "30303337|a length of 4 hex digits in ASCII|frame_length_encoding: hex",
                "F0F0F5F5|a length of 4 EBCDIC digits|frame_length_encoding: ebcdic",
                "000037|a length of 3 binary bytes|frame_length_size: 3",
                "F0F5F5|a length of 3 EBCDIC digits|frame_length_size: 3, frame_length_encoding: ebcdic",
                "000055|a length of 6 BCD digits|frame_length_size: 3, frame_length_encoding: bcd",
                "3700|a length of 2 little-endian bytes|frame_length_encoding: binary, frame_length_endian: little",
                "370000|a length of 3 little-endian bytes|frame_length_size: 3",
                "37000000|a length of 4 little-endian bytes|frame_length_endian: little",
                "3C006000030000|2 little-endian bytes and a TPDU|frame_length_endian: little, tpdu_enabled: true",
                "0039|a length of 2 binary bytes that counts itself|frame_includes_header: true",
                "003C6000030000|a length of 2 binary bytes and a TPDU|tpdu_enabled: true",
                "00370000|2 reserved bytes|frame_length_reserved: 2",
                "0030303637|none|",
                "3030363749534F303136303030303030|a header that begins with ISO|protocol_header_size: 12",
                "004D0000160102004D0000000000000000000000000000000000|a BASE I header|variant: visa"
            })
    void shouldWorkOutTheFraming(String prefix, String words, String keys) {
        if (words.equals("none")) {
            assertThat(decode("--spec", V87, "--frame", prefix + ECHO)).isEqualTo(ExitCode.FAILED);
            assertThat(cli.out()).contains("framing: none that is known fits");
            return;
        }
        assertThat(decode("--spec", V87, "--frame", prefix + ECHO)).isZero();
        assertThat(cli.out()).contains("framing: ", words, keys, "to its last byte", "Network management");
    }

    @Test
    void shouldNotTakeTheBeginningOfAFrameForOneThatIsSeldomMet() {
        assertThat(decode("--spec", V87, "--frame", "4000" + ECHO)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).doesNotContain("little");
        assertThat(decode("--spec", V87, "--frame", hex("091") + PURCHASE)).isZero();
        assertThat(cli.out())
                .contains("a length of 3 ASCII digits", "frame_length_size: 3, frame_length_encoding: ascii");
    }

    @Test
    void shouldReadMessagesThatNothingStandsBetween() {
        assertThat(decode("--spec", V87, "--frame", ECHO + ECHO + ECHO)).isZero();
        assertThat(cli.out()).contains("framing: no length: the 165 bytes are 3 frames of it", "frame_end: message");

        assertThat(decode("--spec", V87, "--frame", "6000030000" + ECHO)).isZero();
        assertThat(cli.out()).contains("framing: no length, but a TPDU", "frame_end: message", "tpdu_enabled: true");
    }

    @Test
    void shouldNotTakeWhatIsLeftBehindAMessageForTheNextOne() {
        assertThat(decode("--spec", V87, "--frame", ECHO + "30")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("framing: none", "message at byte 55: expected the end");

        assertThat(decode("--spec", V87, "--frame", ECHO + ECHO + "30")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("begin with 2 frames of it", "the frame behind is not whole");
    }

    @Test
    void shouldTellFramesWithoutAMessageAndTheFramingThatTheyMayBelongTo() {
        assertThat(decode("--spec", V87, "--frame", "0000".repeat(8) + "0037" + ECHO))
                .isZero();
        assertThat(cli.out())
                .contains("a length of 2 binary bytes: the 73 bytes are one frame of it and 8 without a message")
                .doesNotContain("it may be");

        assertThat(decode("--spec", V87, "--frame", "0000".repeat(7) + "0037" + ECHO))
                .isZero();
        assertThat(cli.out())
                .contains("a length of 4 binary bytes: the 71 bytes are one frame of it and 3 without a message")
                .contains("it may be a length of 2 binary bytes as well (frame_length_size: 2,")
                .contains("with 7 frames without a message");
    }

    @Test
    void shouldSayOfTextInXmlWhatReadsIt() {
        String text =
                hex("<isomsg>\n  <field id=\"0\" value=\"0800\"/>\n  <field id=\"11\" value=\"000001\"/>\n</isomsg>\n");

        assertThat(decode("--spec", V87, "--frame", text)).isEqualTo(ExitCode.FAILED);

        assertThat(cli.out())
                .contains("framing: none that is known fits")
                .contains("an isomsg in XML", "frame_end: isomsg", "XMLPackager");
    }

    @Test
    void shouldReadEveryFrameThatALineHolds() {
        assertThat(decode("--spec", V87, "--frame", "0037" + ECHO + "0037" + ECHO))
                .isZero();
        assertThat(cli.out()).contains("2 frames of it");
        assertThat(cli.out().lines().filter(line -> line.startsWith("mti"))).hasSize(2);

        assertThat(decode("--spec", V87, "--frame", ECHO + "03" + ECHO + "03")).isZero();
        assertThat(cli.out()).contains("an ETX behind the message", "2 frames of it");
    }

    @Test
    void shouldSayThatAFrameIsNotWhole() {
        assertThat(decode("--spec", V87, "--frame", "0050" + ECHO)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("a length of 2 binary bytes", "longer than the 57 bytes that came");
    }

    @Test
    void shouldSayThatAnotherFramingOrDialectFits() {
        assertThat(decode("--spec", V87, "30303535" + ECHO)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("there is probably a length of 4 ASCII digits");

        String binary = "0800" + "8220000000000000" + "0400000000000000" + "1123082312" + "000001" + "0301";
        assertThat(decode("--spec", V87, binary)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("the built-in fluxrig:v87-binary reads it to its last byte");

        assertThat(decode("--spec", V87, "--frame", "00216000030000" + binary)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("with a length of 2 binary bytes and a TPDU: --frame --spec fluxrig:v87-binary");
    }

    @Test
    void shouldNameWhatIsNoDialect() {
        assertThat(decode("--spec", "fluxrig:v87-asci", ECHO)).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("did you mean 'fluxrig:v87-ascii'?");
    }

    @Test
    void shouldNameAndMaskChipDataThatTheDialectOnlyCallsTlv() throws Exception {
        Path spec = Files.writeString(folder.resolve("chip.yaml"), """
            spec:
              id: chip
              version: 1.0.0
              wire:
                source: fluxrig:v87-ascii
                fields:
                  55: { type: Composite, length: 999, prefix: ASCII.LLL, subfields: { layout: tlv } }
              fields:
                55: { subfields: { "9F02": { name: What it costs } } }
            """);
        String track2 = "57134761739001010119D26122011143804489732F";
        String template = "700B" + "5F2403281231" + "82020001" + "00";
        String tlv = "9F0206000000012345" + "500456495341" + track2 + template + "9F7C03AABBCC" + "DF0101EE";
        String message = hex("0200" + "0000000000000200" + String.format("%03d", tlv.length() / 2)) + tlv;

        assertThat(decode("--spec", spec.toString(), message)).as(cli.out()).isZero();
        assertThat(cli.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .contains(
                        "55.9F02|What it costs|000000012345",
                        "55.50|Application label|56495341|(VISA)",
                        "55.57|Track 2 equivalent data|********",
                        "55.70|Record of an application file",
                        "55.70.5F24|Application expiration date|******",
                        "55.70.82|Application interchange profile|0001",
                        "55.9F7C|Customer exclusive data|******",
                        "55.DF01|**");

        assertThat(decode("--spec", spec.toString(), "--json", message)).isZero();
        assertThat(JSON.readTree(cli.out()).at("/fields/55.70").asText()).isEqualTo("********");
        assertThat(decode("--spec", spec.toString(), "--json", "--unmasked", message))
                .isZero();
        String json = cli.out().trim();
        assertThat(cli.run("spec", "encode", "--spec", spec.toString(), json))
                .as(cli.err())
                .isZero();
        assertThat(cli.out().trim()).isEqualToIgnoringCase(message);
    }

    @Test
    void shouldHideATemplateThatIsCalledHarmlessAndHoldsCardData() throws Exception {
        Path spec = Files.writeString(folder.resolve("chip.yaml"), """
            spec:
              id: chip
              version: 1.0.0
              wire:
                source: fluxrig:v87-ascii
                fields:
                  55: { type: Composite, length: 999, prefix: ASCII.LLL, subfields: { layout: tlv } }
              fields:
                55: { subfields: { E1: { sensitivity: none }, E2: { sensitivity: none }, E3: { sensitivity: none } } }
            """);
        String cutShort = "E30B" + "5A084761739001010119" + "FF";
        String tlv = "E10A" + "5A084761739001010119" + "E203820107" + "E203820199" + cutShort;
        String message = hex("0200" + "0000000000000200" + String.format("%03d", tlv.length() / 2)) + tlv;

        assertThat(decode("--spec", spec.toString(), "--json", message)).isZero();

        assertThat(JSON.readTree(cli.out()).at("/fields/55.E1").asText()).isEqualTo("********");
        assertThat(JSON.readTree(cli.out()).at("/fields/55.E2").asText()).isEqualTo("820107");
        assertThat(JSON.readTree(cli.out()).at("/fields/55.E2#2").asText()).isEqualTo("820199");
        assertThat(JSON.readTree(cli.out()).at("/fields/55.E3").asText()).isEqualTo("********");
        assertThat(decode("--spec", spec.toString(), message)).isZero();
        assertThat(cli.out()).contains("55.E1.5A", "476173******0119").doesNotContain("4761739001010119");
    }

    @Test
    void shouldLetNoNameOfADialectWriteToATerminal() throws Exception {
        String spec = Files.writeString(folder.resolve("esc.yaml"), """
                        spec:
                          id: esc
                          version: 1.0.0
                          wire: { source: "fluxrig:v87-ascii" }
                          fields: { 11: { name: "a\\e[31mRED\\nb" } }
                        """).toString();

        cli.run("spec", "decode", "--spec", spec, "3038303030303230303030303030303030303030303030303031");
        assertThat(cli.out()).containsPattern("11 +a \\[31mRED b +000001").doesNotContain("\u001b");

        cli.run("spec", "diff", spec, "fluxrig:v87-ascii");
        assertThat(cli.out()).contains("name: a [31mRED b -> ").doesNotContain("\u001b");
    }

    @Test
    void shouldReadTheWholeFramesOfACaptureThatEndsWithinOne() {
        String frame = "0014" + "30383030" + "30".repeat(16);

        assertThat(cli.run("spec", "decode", "--spec", "fluxrig:v87-ascii", "--frame", frame + frame + "00143038"))
                .as(cli.out())
                .isEqualTo(ExitCode.FAILED);

        assertThat(cli.out())
                .contains("framing: a length of 2 binary bytes: the 48 bytes begin with 2 frames of it")
                .contains("the frame behind is not whole")
                .containsPattern("(?s)mti +Message type +0800.*mti +Message type +0800");
    }
}
