package io.fluxrig.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodeCommandTest {
    private static final String V87 = "fluxrig:v87-ascii";
    /** With an alias for DE 2, and DE 55 in parts. */
    private static final String V87_BINARY = "../../config/specs/v87-binary.yaml";

    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    @Test
    void shouldWriteWhatDecodeRead() {
        String message = DecodeCommandTest.PURCHASE.toUpperCase(Locale.ROOT);
        cli.run("spec", "decode", "--spec", V87, "--json", "--unmasked", message);

        assertThat(cli.run("spec", "encode", "--spec", V87, cli.out().trim())).isZero();
        assertThat(cli.out().trim()).isEqualTo(message);
    }

    @Test
    void shouldWriteEveryPartOfATagThatComesSeveralTimes() throws Exception {
        String spec = Files.writeString(folder.resolve("t.yaml"), """
                        spec:
                          id: t
                          version: 1.0.0
                          wire:
                            source: "fluxrig:v87-ascii"
                            fields:
                              55:
                                type: Composite
                                length: 999
                                prefix: ASCII.LLL
                                subfields: { layout: tlv, unknown_tags: preserve, parts: [ { tag: "82", type: Binary, length: 2 } ] }
                          fields:
                            55: { subfields: { "82": { name: Interchange profile } } }
                        """).toString();
        String tlv = "82022001" + "5A084761739001010119" + "82022002" + "5A084761739001010119";
        String head = "0100" + "0020000000000200" + "000123" + "028";
        String message = HexFormat.of().withUpperCase().formatHex(head.getBytes(StandardCharsets.US_ASCII)) + tlv;

        assertThat(cli.run("spec", "decode", "--spec", spec, "--json", "--unmasked", message))
                .as(cli.out())
                .isZero();
        assertThat(cli.out())
                .contains("\"55.82\":\"2001\",\"55.5A\":\"4761739001010119\",\"55.82#2\":\"2002\",\"55.5A#2\":");
        assertThat(cli.run("spec", "encode", "--spec", spec, cli.out().trim())).isZero();
        assertThat(cli.out().trim()).isEqualTo(message);

        cli.run("spec", "decode", "--spec", spec, "--json", message);
        assertThat(cli.out()).contains("\"55.82#2\":\"2002\"").doesNotContain("4761739001010119");
        cli.run("spec", "decode", "--spec", spec, message);
        assertThat(cli.out()).containsPattern("55.82#2 +Interchange profile +2002");
    }

    @Test
    void shouldCarryTheHeaderAheadOfTheMessageType() throws Exception {
        String spec = Files.writeString(
                        folder.resolve("h.yaml"),
                        "spec: { id: h, version: 1.0.0, wire: { source: 'fluxrig:v87-ascii', header: 5 } }")
                .toString();
        String message = "60000A0001" + "30383030" + "30303230303030303030303030303030" + "303030303031";
        assertThat(cli.run("spec", "decode", "--spec", spec, "--json", "--unmasked", message))
                .as(cli.out())
                .isZero();
        assertThat(cli.out()).startsWith("{\"header\":\"60000A0001\",\"mti\":\"0800\",");

        assertThat(cli.run("spec", "encode", "--spec", spec, cli.out().trim())).isZero();
        assertThat(cli.out().trim()).isEqualTo(message);

        cli.run("spec", "decode", "--spec", spec, "--json", message);
        assertThat(cli.out()).contains("\"header\":\"********\"");
        cli.run("spec", "decode", "--spec", spec, message);
        assertThat(cli.out()).contains("header  Bytes ahead of the message type  ********");
        for (String header : new String[] {"60", "60000A000Z", "60000A000102"}) {
            String json = "{\"mti\":\"0800\",\"header\":\"" + header + "\",\"fields\":{}}";
            assertThat(cli.run("spec", "encode", "--spec", spec, json)).isEqualTo(ExitCode.FAILED);
            assertThat(cli.err()).contains("line 1: header: expected 5 bytes in hex");
        }
        cli.run("spec", "encode", "--spec", spec, "{\"mti\":\"0800\",\"fields\":{\"11\":\"000001\"}}");
        assertThat(cli.out().trim()).isEqualTo("0000000000" + message.substring(10));
        cli.run("spec", "encode", "--spec", V87, "{\"mti\":\"0800\",\"header\":\"60\",\"fields\":{}}");
        assertThat(cli.err()).contains("header: expected none");
    }

    @Test
    void shouldNotWriteMaskedValues() {
        cli.run("spec", "decode", "--spec", V87, "--json", DecodeCommandTest.PURCHASE);

        assertThat(cli.run("spec", "encode", "--spec", V87, cli.out().trim())).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("line 1: DE 2: expected the value itself", "decode with --unmasked");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"mti\":\"0800\",\"fields\":{\"11\":\"12345x\"}}|DE 11 at byte 20: expected characters of class N",
                "{\"mti\":\"0800\",\"fields\":{\"11\":123456}}|DE 11: expected a value in quotes",
                "{\"mti\":\"0800\",\"fields\":{\"190\":\"1\"}}|DE 190: expected a path or an alias of the dialect",
                "{\"mti\":\"0800\",\"fields\":{\"52\":\"zz\"}}|DE 52",
                "{\"mti\":\"080\",\"fields\":{}}|mti",
                "{\"fields\":{}}|mti: expected a value in quotes",
                "{\"mti\":\"0800\",\"fields\":{},\"more\":1}|no other key",
                "{\"mti\":\"0800\"}|expected {",
                "{\"mti\":\"0800\",\"mti\":\"0810\",\"fields\":{}}|each key once",
                "4761739001010119|expected {",
                "{\"mti\":\"0800\",\"fields\":{\"43\":\"\u0142\"}}|ISO-8859-1"
            })
    void shouldSayWhatCannotBeWritten(String json, String words) {
        assertThat(cli.run("spec", "encode", "--spec", V87, json)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("line 1: ", words).doesNotContain("12345x", "4761739001010119");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"0\":\"0200\"|DE 0: expected each value once",
                "\"2\":\"4761739001010119\",\"card.pan\":\"4111111111111111\"|DE 2: expected each value once",
                "\"11\":\"000001\",\"011\":\"000002\"|DE 011: expected each value once",
                "\"55.82\":\"1980\",\"55\":\"82021980\"|DE 55: expected each value once",
                "\"55\":\"\",\"55.82\":\"1980\"|DE 55.82: expected 55 whole or in parts, and not both",
                "\"55\":\"82021980\"|DE 55: expected its parts",
                "\"55.82#2\":\"1981\",\"55.82\":\"1980\"|DE 55.82#2: expected to stand behind the one before it",
                "\"55.82\":\"1980\",\"55.82#3\":\"1981\"|DE 55.82#3: expected to stand behind the one before it",
                "\"55.82\":\"1980\",\"55.82#1\":\"1981\"|DE 55.82: expected each value once"
            })
    void shouldRefuseAValueThatWouldTakeAnothersPlace(String fields, String words) {
        String json = "{\"mti\":\"0100\",\"fields\":{" + fields + "}}";

        assertThat(cli.run("spec", "encode", "--spec", V87_BINARY, json)).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("line 1: " + words).doesNotContain("4761739001010119", "4111111111111111");
    }

    @Test
    void shouldWriteWhatDecodeReadOffASocket() {
        String message = DecodeCommandTest.PURCHASE.toUpperCase(Locale.ROOT);
        String frame = "%04X".formatted(message.length() / 2) + message;
        cli.run("spec", "decode", "--spec", V87, "--frame", "--json", "--unmasked", frame + frame);
        cli.typing(cli.out());

        assertThat(cli.run("spec", "encode", "--spec", V87)).as(cli.err()).isZero();
        assertThat(cli.out().lines()).containsExactly(message, message);
    }

    @Test
    void shouldPassOverAByteOrderMarkAndBlankLines() {
        String json = "{\"mti\":\"0800\",\"fields\":{\"11\":\"000001\"}}";
        cli.typing("\uFEFF" + json + "\r\n\r\n\uFEFF" + json + "\r\n");

        assertThat(cli.run("spec", "encode", "--spec", V87)).as(cli.err()).isZero();
        assertThat(cli.out().lines()).hasSize(2);
    }

    @Test
    void shouldTellScriptsOfEachLine() {
        cli.typing(
                "{\"mti\":\"0800\",\"fields\":{\"11\":\"000001\"}}\n{\"mti\":\"0800\",\"fields\":{\"11\":\"1x\"}}\n");

        assertThat(cli.run("spec", "encode", "--spec", V87, "--json")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out().lines().toList().get(0))
                .isEqualTo("{\"hex\":\"3038303030303230303030303030303030303030303030303031\"}");
        assertThat(cli.out().lines().toList().get(1)).startsWith("{\"error\":{\"path\":\"11\",\"offset\":20,");
    }
}
