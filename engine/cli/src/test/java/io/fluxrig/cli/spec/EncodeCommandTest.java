package io.fluxrig.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.ExitCode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodeCommandTest {
    private static final String V87 = "fluxrig:v87-ascii";

    private final Cli cli = new Cli();

    @Test
    void shouldWriteWhatDecodeRead() {
        String message = DecodeCommandTest.PURCHASE.toUpperCase(Locale.ROOT);
        cli.run("spec", "decode", "--spec", V87, "--json", "--unmasked", message);

        assertThat(cli.run("spec", "encode", "--spec", V87, cli.out().trim())).isZero();
        assertThat(cli.out().trim()).isEqualTo(message);
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
