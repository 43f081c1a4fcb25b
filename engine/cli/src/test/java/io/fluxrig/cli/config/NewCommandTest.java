package io.fluxrig.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.iso.spec.SpecLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewCommandTest {
    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldWriteAMixThatPassesStrictCheckAndSayThatItMadeTheFolder() {
        Path made = folder.resolve("made");
        assertThat(cli.run("new", "mix", "mine", "--dir", made.toString())).isZero();
        Path file = made.resolve("mine.yaml");
        assertThat(cli.out()).contains("Made the folder " + made, "Wrote " + file, "--mix " + file);

        assertThat(cli.run("check", "--strict", file.toString())).as(cli.out()).isZero();
    }

    @Test
    void shouldWriteAnIssuerThatPassesStrictCheck() {
        assertThat(cli.run("new", "scenario", "first", "--kind", "issuer", "--dir", folder.toString()))
                .isZero();
        Path file = folder.resolve("first.yaml");
        assertThat(cli.out()).contains("Wrote " + file, "fluxrig run " + file);

        assertThat(cli.run("check", "--strict", file.toString())).as(cli.out()).isZero();
        assertThat(cli.out()).isEqualTo(file + ": good scenario\n");
    }

    @Test
    void shouldWriteASwitchAndItsIssuerUnlessToldOtherwise() throws Exception {
        assertThat(cli.run("new", "scenario", "shop", "--dir", folder.toString()))
                .as(cli.err())
                .isZero();
        Path file = folder.resolve("shop.yaml");
        Path issuer = folder.resolve("shop-issuer.yaml");
        assertThat(cli.out()).contains("fluxrig run " + file, "fluxrig run " + issuer + " --set base.data_dir=");

        assertThat(Files.readString(file)).contains("type: conductor", "meta: { name: \"shop\",");
        assertThat(Files.readString(issuer)).contains("type: sim_responder", "${HOST_ADDRESS:127.0.0.1:9101}");
        assertThat(cli.run("check", "--strict", file.toString(), issuer.toString()))
                .as(cli.out())
                .isZero();
    }

    @Test
    void shouldRefuseAKindThatThereIsNot() {
        assertThat(cli.run("new", "scenario", "shop", "--kind", "swich", "--dir", folder.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).isEqualTo("fluxrig: --kind swich is not known; did you mean 'switch'?\n");
    }

    @Test
    void shouldListTheKindsThatThereAre() {
        assertThat(cli.run("new", "scenario", "shop", "--kind", "foo", "--dir", folder.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).isEqualTo("fluxrig: --kind foo is not known; known: switch, issuer\n");
    }

    @Test
    void shouldWriteASpecOnEveryBuiltInBaseThatPassesStrictCheckAndHasTheAliasesOfASwitch() throws Exception {
        for (String base : SpecLoader.bases()) {
            String name = base.replace(':', '-');
            assertThat(cli.run("new", "spec", name, "--base", base, "--dir", folder.toString()))
                    .as(cli.err())
                    .isZero();
            Path file = folder.resolve(name + ".yaml");
            assertThat(cli.run("check", "--strict", file.toString()))
                    .as(cli.out())
                    .isZero();
            assertThat(SpecLoader.load(file).spec().aliasNames())
                    .contains("card.pan", "stan", "rrn", "resp_code", "terminal.id", "amount");
            assertThat(Files.readString(file)).contains("source: " + base);
        }
    }

    @Test
    void shouldNameTheBaseThatIsMeant() {
        assertThat(cli.run("new", "spec", "mine", "--base", "fluxrig:v87-binry", "--dir", folder.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--base fluxrig:v87-binry is not known; did you mean 'fluxrig:v87-binary'?");
    }

    @Test
    void shouldWriteASpecThatPassesStrictCheck() {
        assertThat(cli.run("new", "spec", "mine", "--dir", folder.toString())).isZero();
        Path file = folder.resolve("mine.yaml");

        assertThat(cli.run("check", "--strict", file.toString())).as(cli.out()).isZero();
        assertThat(cli.out()).isEqualTo(file + ": good spec\n");
    }

    @Test
    void shouldNotOverwriteAFile() throws Exception {
        file("first.yaml", "mine");

        assertThat(create("scenario", "first")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err())
                .isEqualTo("fluxrig: " + folder.resolve("first.yaml")
                        + " exists; choose another name, or another --dir\n");
        assertThat(folder.resolve("first.yaml")).hasContent("mine");
        assertThat(folder.resolve("first-issuer.yaml")).doesNotExist();
    }

    @Test
    void shouldLeaveNoSwitchWhereItsIssuerCannotBeWritten() throws Exception {
        file("shop-issuer.yaml", "mine too");

        assertThat(create("scenario", "shop")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("shop-issuer.yaml exists");
        assertThat(folder.resolve("shop.yaml")).as("both or none").doesNotExist();
        assertThat(folder.resolve("shop-issuer.yaml")).hasContent("mine too");
    }

    @Test
    void shouldNotWriteThroughALinkThatLeadsNowhere() throws Exception {
        Path target = folder.resolve("elsewhere");
        Files.createSymbolicLink(folder.resolve("mine.yaml"), target);

        assertThat(create("spec", "mine")).isEqualTo(ExitCode.FAILED);
        assertThat(target).doesNotExist();
    }

    @Test
    void shouldSayThatAFileIsInTheWayOfTheFolder() throws Exception {
        Path taken = file("taken", "");

        assertThat(cli.run("new", "mix", "mine", "--dir", taken.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err())
                .startsWith("fluxrig: cannot make the folder " + taken + ": a file is in the way")
                .contains("choose another --dir");
    }

    @ParameterizedTest
    @CsvSource({
        "scenario, 2024", "scenario, true", "scenario, -", "scenario, 1e3",
        "spec, 2024", "spec, true", "spec, -", "spec, null",
        "mix, 2024", "mix, true", "mix, -", "mix, 0x10"
    })
    void shouldQuoteNamesThatYamlTakesForSomethingElse(String kind, String name) {
        assertThat(create(kind, name)).as(cli.err()).isZero();

        checkAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenario --kind=issuer", "spec", "mix"})
    void shouldTakeANameOfTheLongestLength(String kind) {
        assertThat(create(kind, "n".repeat(64))).as(cli.err()).isZero();
        checkAll();

        assertThat(create(kind, "n".repeat(65))).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("is too long for a name: length=65 max=64; choose a shorter one");
    }

    @Test
    void shouldTakeANameOfASwitchThatLeavesRoomForItsIssuers() {
        assertThat(create("scenario", "n".repeat(57))).as(cli.err()).isZero();
        checkAll();
    }

    @Test
    void shouldSayThatTheNameOfASwitchLeavesNoRoomForItsIssuers() throws Exception {
        assertThat(create("scenario", "n".repeat(64))).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err()).contains("length=71 max=64").doesNotContain("lower-case");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "Shop", "a b", ""})
    void shouldRefuseWhatIsNoName(String name) {
        assertThat(create("spec", name)).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err())
                .isEqualTo("fluxrig: '" + name + "' is no name; use lower-case letters, digits, '_' and '-'\n");
    }

    /** @param kind with its option, if any */
    private int create(String kind, String name) {
        List<String> arguments = new ArrayList<>(List.of("new"));
        arguments.addAll(List.of(kind.split(" ")));
        arguments.addAll(List.of("--dir", folder.toString(), name));
        return cli.run(arguments.toArray(String[]::new));
    }

    /** Each file that was written is good. */
    private void checkAll() {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> written = files.map(Path::toString).toList();
            assertThat(written).isNotEmpty();
            for (String file : written) {
                assertThat(cli.run("check", "--strict", file)).as(cli.out()).isZero();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
