package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldFitMainHelpOnAScreen() {
        assertThat(cli.run("--help")).isZero();

        assertThat(cli.out().lines().count()).isLessThanOrEqualTo(24);
        assertThat(cli.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(cli.out()).contains("demo", "run", "load", "top", "check", "Begin with 'fluxrig demo'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "demo",
                "load",
                "top",
                "check",
                "new",
                "schema",
                "gears",
                "spec",
                "inspect",
                "completion",
                "version"
            })
    void shouldExplainEachCommandBriefly(String command) {
        assertThat(cli.run(command, "--help")).isZero();

        assertThat(cli.out()).startsWith("Usage: fluxrig " + command);
        assertThat(cli.out().lines().count()).isLessThanOrEqualTo(command.equals("load") ? 50 : 24);
        assertThat(cli.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void shouldShowHelpWithoutArguments() {
        assertThat(cli.run()).isZero();
        assertThat(cli.out()).startsWith("Usage: fluxrig");
    }

    @Test
    void shouldSuggestForUnknownCommandAndOption() {
        assertThat(cli.run("chek", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("'chek'", "check").contains("--help");

        assertThat(cli.run("demo", "--durtion", "5s")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--duration");
    }

    @Test
    void shouldNameTheNearestCommand() {
        assertThat(cli.run("rnu")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).startsWith("fluxrig: unknown command 'rnu'; did you mean 'run'?\n");
        assertThat(cli.run("foo")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).startsWith("fluxrig: unknown command 'foo'; known: run, demo, load,");
        assertThat(cli.run("new", "scenari")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("did you mean 'scenario'?");
        assertThat(cli.run("help", "lod")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("did you mean 'load'?");
    }

    @Test
    void shouldAnswerHelpAndVersionHoweverAsked() {
        assertThat(cli.run("help")).isZero();
        assertThat(cli.out()).startsWith("Usage: fluxrig ");
        assertThat(cli.run("help", "top")).isZero();
        assertThat(cli.out()).startsWith("Usage: fluxrig top");
        for (String option : new String[] {"-V", "--version", "version"}) {
            assertThat(cli.run(option)).isZero();
            assertThat(cli.out()).startsWith("fluxrig ").contains("Java ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --set rack.strips|--set rack.strips: write KEY=VALUE",
                "load --target :1 --seed x|'--seed': 'x' is no whole number",
                "load --target :1 -c x|'--connections': 'x' is no whole number",
                "load --target :99999|a port up to 65535",
                "load --target :1 --variant vsa|did you mean 'visa'?",
                "load --target :1 --length-header 9|frame_length_size: size=9",
                "load --target :1 --spec none|--spec none: no such file; name a spec, a moov spec or a jPOS packager, name:tag",
                "load --target :1 --mix spec|built-in bases have none; give --spec FILE with a catalog",
                "load --target :1 --html /dev/null/a.html|cannot write /dev/null/a.html: ",
                "run none.yaml|no such file"
            })
    void shouldSayWhatIsWrongInWords(String arguments, String words) {
        assertThat(cli.run(arguments.split(" "))).isNotZero();
        assertThat(cli.err()).contains(words).doesNotContain("Exception", "option option", "see --help");
    }

    @Test
    void shouldSayWhatAFileIsThatIsNoScenario() throws Exception {
        Path spec = file("s.yaml", "spec: { id: s, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }\n");

        assertThat(cli.run("run", spec.toString())).isEqualTo(ExitCode.CONFIG);
        String bare = cli.err();
        assertThat(cli.run("run", spec.toString(), "--set=rack.strips=1")).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).as("with and without the parser").isEqualTo(bare);
        assertThat(cli.err()).contains(spec + " is a spec, no scenario; name it as spec_path");
    }

    @Test
    void shouldCheckDialectsOfAnyKind() throws Exception {
        String mti = "\"0\":{\"type\":\"String\",\"length\":4,\"enc\":\"ASCII\",\"prefix\":\"ASCII.Fixed\"}";
        String bitmap = "\"1\":{\"type\":\"Bitmap\",\"enc\":\"HexToASCII\",\"prefix\":\"Hex.Fixed\"}";
        Path moov = file("moov.json", "{\"name\":\"m\",\"fields\":{" + mti + "," + bitmap + "}}");
        Path marked =
                file("marked.yaml", "\uFEFFspec: { id: a, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }\n");
        Path packager = file("packager.xml", """
                <isopackager>
                  <isofield id="0" length="4" name="MTI" class="org.jpos.iso.IFA_NUMERIC"/>
                  <isofield id="1" length="16" name="BITMAP" class="org.jpos.iso.IFA_BITMAP"/>
                </isopackager>
                """);

        assertThat(cli.run("check", moov.toString(), marked.toString(), packager.toString()))
                .as(cli.out())
                .isZero();
        assertThat(cli.out().lines()).hasSize(3).allMatch(line -> line.endsWith(": good spec"));
    }

    @Test
    void shouldReportFaultsOfAMixWithTheirLines() throws Exception {
        Path bad = file("m.yaml", "mix:\n  templats: []\n");

        assertThat(cli.run("check", bad.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out()).contains("m.yaml:2:3: error: mix.templats: is not known; did you mean 'templates'?");
        assertThat(cli.run("load", "--target", ":1", "--mix", bad.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("m.yaml:2:3: error: ");
    }

    @Test
    void shouldRefuseWhatIsNoDuration() {
        assertThat(cli.run("demo", "--duration", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--duration", "'soon' is no duration", "such as 250ms or 5s");
    }

    @Test
    void shouldCompleteTheKindsOfAScenario() {
        assertThat(cli.run("completion", "bash")).isZero();
        assertThat(cli.out()).contains("--kind", "\"switch\" \"issuer\"");
    }

    @Test
    void shouldReportEveryFaultWithItsLine() throws Exception {
        Path bad = file("bad.yaml", """
                meta: { name: bad }
                gears:
                  - { name: a, type: io_iso8538 }
                  - { name: b, type: codec_iso8583, config: { spec_path: "moov:spec87ascii", directon: encode } }
                """);

        assertThat(cli.run("check", bad.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out())
                .contains("bad.yaml:3:", "did you mean 'io_iso8583'?")
                .contains("bad.yaml:4:", "did you mean 'direction'?")
                .containsPattern("bad.yaml: \\d+ errors?");
    }

    @Test
    void shouldReportFaultsAsJson() throws Exception {
        Path bad = file("bad.toml", "[rack]\nstrips = -1\n");
        assertThat(cli.run("check", "--json", bad.toString())).isEqualTo(ExitCode.CONFIG);

        JsonNode root = JSON.readTree(cli.out());
        assertThat(root.get("good").asBoolean()).isFalse();
        JsonNode file = root.get("files").get(0);
        assertThat(file.get("kind").asText()).isEqualTo("node");
        assertThat(file.get("faults").get(0).get("key").asText()).isEqualTo("rack.strips");
        assertThat(file.get("faults").get(0).get("line").asInt()).isEqualTo(2);
    }

    @Test
    void shouldTellWarningsFromErrors() throws Exception {
        Path warned = file("warned.yaml", """
                meta: { name: warned, version: 1.0.0 }
                gears:
                  - { name: a, type: responder, config: { default: { set: { 39: "00" } } } }
                """);

        assertThat(cli.run("check", warned.toString())).as(cli.out()).isZero();
        assertThat(cli.out()).contains("warning: ");
        assertThat(cli.run("check", "--strict", warned.toString())).isEqualTo(ExitCode.CONFIG);
    }

    @Test
    void shouldCheckMixesAndSayWhatIsUnknown() throws Exception {
        Path mix = file("m.yaml", "mix: { templates: [ { mti: '0100', fields: { 11: '$STAN' } } ] }");
        Path other = file("o.yaml", "hello: world\n");

        assertThat(cli.run("check", mix.toString())).isZero();
        assertThat(cli.out()).isEqualTo(mix + ": good load mix\n");
        assertThat(cli.run("check", other.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out()).contains("none of the files known here");
        assertThat(cli.run("check", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out()).contains("no such file");
    }

    @Test
    void shouldListAndDocumentGears() throws Exception {
        assertThat(cli.run("gears", "list")).isZero();
        assertThat(cli.out()).startsWith("TYPE").contains("io_iso8583", "codec_iso8583", "responder");

        assertThat(cli.run("gears", "list", "--json")).isZero();
        assertThat(JSON.readTree(cli.out()).isArray()).isTrue();

        assertThat(cli.run("gears", "doc", "io_iso8583")).isZero();
        assertThat(cli.out()).contains("KEY", "(required)", "server|client", "reconnect_wait");

        assertThat(cli.run("gears", "manifest", "responder")).isZero();
        assertThat(JSON.readTree(cli.out()).get("keys").isArray()).isTrue();

        assertThat(cli.run("gears", "doc", "respnder")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("did you mean 'responder'?");
    }

    @Test
    void shouldShowWhichDialectEachGearOfAScenarioWouldRun() throws Exception {
        Path scenario = file("s.yaml", """
                meta: { name: dialects, version: 1.0.0 }
                gears:
                  - { name: door, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0" } }
                  - { name: turn, type: codec_iso8583, config: { spec_path: "fluxrig:v87-binary", direction: decode, on_error: drop } }
                  - { name: answer, type: responder, config: { default: { set: { 39: "00" } } } }
                  - { name: back, type: codec_iso8583, config: { spec_path: "fluxrig:v87-ascii", direction: encode, on_error: drop } }
                wires:
                  - { from: door.out, to: turn.in }
                  - { from: turn.out, to: answer.in }
                  - { from: answer.out, to: back.in }
                  - { from: back.out, to: door.in }
                """);

        assertThat(cli.run("inspect", "config", scenario.toString())).isZero();
        assertThat(cli.out())
                .containsPattern("GEAR +DIALECT +ID +VERSION +HASH")
                .containsPattern("turn +fluxrig:v87-binary +\\S+ +\\S+ +[0-9a-f]{12}\\n");

        assertThat(cli.run("inspect", "config", "--json", scenario.toString())).isZero();
        JsonNode dialect = JSON.readTree(cli.out()).get("dialects").get(0);
        assertThat(dialect.get("gear").asText()).isEqualTo("turn");
        assertThat(dialect.get("hash").asText()).hasSize(64);

        Path wrong = file("wrong.yaml", Files.readString(scenario).replace("v87-binary", "v87-binry"));
        assertThat(cli.run("inspect", "config", wrong.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("did you mean 'fluxrig:v87-binary'?");
    }

    @Test
    void shouldNameThePackOfAGearThatIsNotThere() {
        assertThat(cli.run("gears", "doc", "codec_jpos")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("FLUXRIG_PACKS=jpos");
    }

    @Test
    void shouldShowWhereEachValueComesFrom() throws Exception {
        Path node = file("rack.toml", "[rack]\nstrips = 2\n");
        cli.with("FLUXRIG_LOGGING_LEVEL", "debug");

        assertThat(cli.run("inspect", "config", "--config", node.toString(), "--set", "rack.max_hops=9"))
                .isZero();
        assertThat(cli.out())
                .containsPattern("rack.strips +2 +file " + node + ":2")
                .containsPattern("logging.level +debug +environment FLUXRIG_LOGGING_LEVEL")
                .containsPattern("rack.max_hops +9 +flag")
                .containsPattern("base.data_dir +data +default");

        assertThat(cli.run("inspect", "config", "--config", node.toString(), "--json"))
                .isZero();
        assertThat(JSON.readTree(cli.out()).get("rack.strips").get("value").asText())
                .isEqualTo("2");

        assertThat(cli.run("inspect", "config", "--config", node.toString(), "--set", "rack.strip=2"))
                .isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("did you mean 'rack.strips'?");
    }

    @Test
    void shouldPrintSchemaVersionAndCompletion() throws Exception {
        for (String kind : new String[] {"scenario", "spec", "mix", "rack"}) {
            assertThat(cli.run("schema", kind)).isZero();
            assertThat(JSON.readTree(cli.out()).get("$schema").asText()).contains("2020-12");
        }

        assertThat(cli.run("version", "--json")).isZero();
        assertThat(JSON.readTree(cli.out()).get("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");

        assertThat(cli.run("completion", "bash")).isZero();
        assertThat(cli.out())
                .startsWith("#!/usr/bin/env bash\n# Made by 'fluxrig completion bash'.\n")
                .contains("complete -F", "demo")
                .doesNotContain("picocli.AutoComplete", "Installation");
        assertThat(cli.run("completion", "zsh")).isZero();
        assertThat(cli.out()).startsWith("#compdef fluxrig");
    }

    @Test
    void shouldRefuseToRunABadScenario() throws Exception {
        Path bad = file("bad.yaml", "meta: { name: bad }\ngears: [ { name: a, type: nothing } ]\n");

        assertThat(cli.run("run", bad.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("bad.yaml:2:");
    }

    @Test
    void shouldSayThatNoRackAnswers() {
        assertThat(cli.run("top", "http://127.0.0.1:1")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("no rack answers at http://127.0.0.1:1", "fluxrig run");
        assertThat(cli.run("top", "not a url")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldReportFaultsOfASpec() throws Exception {
        Path bad = file("s.yaml", "spec: { id: s, version: 1.0.0, wire: { source: 'moov:spec87asci' } }\n");

        assertThat(cli.run("check", bad.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out()).contains("s.yaml:1:", "moov:spec87asci");
    }

    @Test
    void shouldRefuseFramingThatMakesNoSense() {
        assertThat(cli.run("load", "--target", ":1", "--length-encoding", "octal"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err())
                .isEqualTo("fluxrig: --length-encoding octal is not known; known: binary, ascii, bcd, ebcdic, hex\n");
        assertThat(cli.run("load", "--target", ":1", "--tpdu", "6x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).startsWith("fluxrig: --tpdu 6x: ");
        assertThat(cli.run("load", "--target", ":1", "--length-header", "9", "--length-inclusive"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).startsWith("fluxrig: framing: ").contains("9");
    }

    @Test
    void shouldRefuseLoadThatMakesNoSense() {
        assertThat(cli.run("load", "--target", "nowhere")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--target nowhere", "host:port");
        assertThat(cli.run("load", "--target", ":1", "--rate", "fast")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--rate");
        assertThat(cli.run("load", "--target", ":1", "--connections", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("load", "--target", ":1", "--variant", "visum")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("load", "--target", ":1", "--tpdu", "6")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("load", "--target", ":1", "--tls-cert", "c.pem")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("load", "--target", ":1", "--spec", "none.yaml")).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("moov:spec87ascii");
        assertThat(cli.run("load", "--target", ":1", "--mix", "none.yaml")).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.run("load", "--target", "127.0.0.1:1", "--connect-timeout", "2s"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("cannot connect to 127.0.0.1:1");
    }

    @Test
    void shouldWarnOfANodesFoldersThatCannotBeWrittenHere() throws Exception {
        Path taken = file("taken", "");
        Path node = file("rack.toml", "[base]\ndata_dir = \"" + taken + "\"\n");

        assertThat(cli.run("check", node.toString())).isZero();
        assertThat(cli.out())
                .startsWith(node + ":2:1: warning: base.data_dir: cannot write to " + taken + ": a file is in the way")
                .contains(node + ": 0 errors, 1 warning");
        assertThat(cli.run("check", "--strict", node.toString())).isEqualTo(ExitCode.CONFIG);
    }
}
