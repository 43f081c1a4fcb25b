package io.fluxrig.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandsTest {
    private static final String FIELDS = """
            <isofield id="0" length="4" name="Type" class="org.jpos.iso.IFA_NUMERIC"/>
            <isofield id="1" length="16" name="Bitmap" class="org.jpos.iso.IFA_BITMAP"/>
            <isofield id="11" length="6" name="Trace" class="org.jpos.iso.IFA_NUMERIC"/>
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    private Path packager(String more) throws IOException {
        return Files.writeString(folder.resolve("p.xml"), "<isopackager>\n" + FIELDS + more + "</isopackager>\n");
    }

    private int spec(String command, String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "spec";
        all[1] = command;
        all[2] = "--store";
        all[3] = folder.resolve("store").toString();
        System.arraycopy(more, 0, all, 4, more.length);
        return cli.run(all);
    }

    private int take(Path file, String tag) {
        return spec("import", file.toString(), "--name", "acme", "--tag", tag);
    }

    @Test
    void shouldDecodeWithAnImportedPackager() throws Exception {
        assertThat(take(packager(""), "v1.0.0")).as(cli.err()).isZero();
        assertThat(cli.out()).contains("acme:v1.0.0 is sha256:");

        String echo = "30383030" + "30303230303030303030303030303030" + "303030303031";
        for (String name : new String[] {"acme:v1.0.0", "acme:latest"}) {
            assertThat(spec("decode", "--spec", name, echo)).as(cli.err()).isZero();
            assertThat(cli.out()).contains("11    Trace  000001");
        }
        assertThat(spec("encode", "--spec", "acme:latest", "{\"mti\":\"0800\",\"fields\":{\"11\":\"000001\"}}"))
                .isZero();
        assertThat(cli.out().trim()).isEqualTo(echo);
    }

    @Test
    void shouldListWhatThereIsAndItsHistory() throws Exception {
        take(packager(""), "v1.0.0");
        take(packager("<isofield id=\"12\" length=\"6\" name=\"Time\" class=\"org.jpos.iso.IFA_NUMERIC\"/>"), "v1.1.0");

        assertThat(spec("list")).isZero();
        assertThat(cli.out().lines()).hasSize(3);
        assertThat(spec("history", "acme", "--json")).isZero();
        JsonNode history = JSON.readTree(cli.out());
        assertThat(history.findValuesAsText("tag")).containsExactly("v1.0.0", "v1.1.0");
        assertThat(history.get(0).get("hash").asText()).hasSize(64);
        assertThat(spec("history", "acne")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("did you mean 'acme'?");
    }

    @Test
    void shouldNotChangeWhatATagNames() throws Exception {
        take(packager(""), "v1.0.0");

        assertThat(take(packager("<isofield id=\"12\" length=\"6\" class=\"org.jpos.iso.IFA_NUMERIC\"/>"), "v1.0.0"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("acme:v1.0.0 is sha256:", "for ever", "another tag");
    }

    @Test
    void shouldRefuseWhatLosesSomethingUnlessForced() throws Exception {
        Path lossy = packager("<isofield id=\"63\" length=\"99\" name=\"Token\" class=\"org.jpos.iso.IF_TCHAR\"/>\n");

        assertThat(take(lossy, "v1.0.0")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("LOST 63 (line 5)");
        assertThat(cli.err()).contains("is not imported: one thing is lost", "--force");
        assertThat(spec("lint", lossy.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).contains("LOST 63", "loads, but something is lost");
        spec("list", "--json");
        assertThat(cli.out().trim()).isEqualTo("[]");

        assertThat(spec("import", lossy.toString(), "--name", "acme", "--tag", "v1.0.0", "--force"))
                .isZero();
        assertThat(spec("lint", "acme:v1.0.0")).isZero();
    }

    @Test
    void shouldNameTheTagThatIsMissing() throws Exception {
        assertThat(take(packager(""), "v1.0.0")).as(cli.err()).isZero();

        assertThat(spec("lint", "acme")).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("lint acme: no such file; did you mean 'acme:latest'?");
        assertThat(spec("lint", "acne")).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).doesNotContain("acne:latest");
    }

    @Test
    void shouldRefuseWhatDoesNotLoad() throws Exception {
        Path broken = packager("<isofield id=\"63\" length=\"99\" class=\"com.example.Own\"/>\n");

        assertThat(take(broken, "v1.0.0")).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.err()).contains("does not load", "p.xml:5:");
        assertThat(spec("lint", broken.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out()).contains("p.xml:5:", "does not load");
    }

    @Test
    void shouldExportWhatWasImported() throws Exception {
        take(packager(""), "v1.0.0");
        assertThat(spec("export", "acme:v1.0.0")).isZero();
        String text = cli.out();
        assertThat(text).contains("Made from p.xml", "spec:");

        Path file = folder.resolve("out.yaml");
        assertThat(spec("export", "acme:latest", "-o", file.toString())).isZero();
        assertThat(file).hasContent(text);
        assertThat(spec("export", "acme:latest", "-o", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("exists");
        assertThat(spec("export", "acme:v9.0.0")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("did you mean 'v1.0.0'?");
    }

    @Test
    void shouldTellDifferencesFieldByField() throws Exception {
        take(packager("<isofield id=\"12\" length=\"6\" name=\"Time\" class=\"org.jpos.iso.IFA_NUMERIC\"/>"), "v1.0.0");
        Path changed = Files.writeString(
                folder.resolve("p.xml"),
                "<isopackager>\n" + FIELDS.replace("length=\"6\"", "length=\"8\"") + "</isopackager>\n");

        assertThat(spec("diff", "acme:v1.0.0", changed.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out())
                .contains("11\n  length: 6 -> 8\n", "12: only in A\n")
                .doesNotContain("mti");
        assertThat(spec("diff", "--json", "acme:v1.0.0", changed.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).startsWith("{\"path\":\"11\",\"property\":\"length\",\"a\":\"6\",\"b\":\"8\"}\n");
        assertThat(spec("diff", "acme:v1.0.0", "acme:latest")).isZero();
        assertThat(cli.out()).isEqualTo("the same\n");
    }

    @Test
    void shouldKeepTheStoreBelowTheDataFolderOfTheNode() throws Exception {
        cli.with("FLUXRIG_BASE_DATA_DIR", folder.resolve("data").toString());

        assertThat(cli.run("spec", "import", packager("").toString(), "--name", "acme", "--tag", "v1.0.0"))
                .as(cli.err())
                .isZero();
        assertThat(folder.resolve("data/artefacts/index.json")).exists();
    }

    @Test
    void shouldCheckAndLoadWithWhatIsInTheStore() throws Exception {
        assertThat(take(packager(""), "v1.0.0")).isZero();
        Path scenario = Files.writeString(folder.resolve("s.yaml"), """
            meta: { name: stored, version: 1.0.0 }
            gears:
              - { name: terminals, type: io_iso8583, config: { mode: server, bind: "127.0.0.1:0" } }
              - { name: decode, type: codec_iso8583, config: { spec_path: "acme:latest", direction: decode, on_error: drop } }
              - { name: encode, type: codec_iso8583, config: { spec_path: "acme:v1.0.0", direction: encode, on_error: drop } }
              - { name: echo, type: responder, config: { default: { set: { 11: "000002" } } } }
            wires:
              - { from: terminals.out, to: decode.in }
              - { from: decode.out, to: echo.in }
              - { from: echo.out, to: encode.in }
              - { from: encode.out, to: terminals.in }
            """);
        String store = folder.resolve("store").toString();

        assertThat(cli.run("check", "--store", store, scenario.toString()))
                .as(cli.out())
                .isZero();
        assertThat(cli.run(
                        "load", "--target", "127.0.0.1:1", "--spec", "acme:latest", "--mix", "spec", "--store", store))
                .isNotZero();
        assertThat(cli.err()).contains("spec p names no request");

        Files.writeString(scenario, Files.readString(scenario).replace("acme:v1.0.0", "acme:v1.0.9"));
        assertThat(cli.run("check", "--store", store, scenario.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(cli.out()).contains("s.yaml:5:", "spec_path: no acme:v1.0.9 in ", "did you mean 'v1.0.0'?");
    }

    @Test
    void shouldRunAScenarioOverTheStoreOfItsNode() throws Exception {
        cli.with("FLUXRIG_BASE_DATA_DIR", folder.resolve("data").toString());
        Path scenario = Files.writeString(
                folder.resolve("s.yaml"),
                "meta: { name: stored, version: 1.0.0 }\ngears:\n  - { name: c, type: codec_iso8583, config: { spec_path: \"acme:latest\" } }\n");

        assertThat(cli.run("run", scenario.toString())).isEqualTo(ExitCode.CONFIG);

        assertThat(cli.err()).contains("nothing is named 'acme' in " + folder.resolve("data/artefacts"));
    }
}
