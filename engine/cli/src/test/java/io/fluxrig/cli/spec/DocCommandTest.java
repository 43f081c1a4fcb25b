package io.fluxrig.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocCommandTest {
    private static final String EVIL = "<script>alert(1)</script> | `x` [y](javascript:z) ' \\\"";
    private static final Pattern ID = Pattern.compile("id=['\"]?([a-z0-9-]+)");

    @TempDir
    Path folder;

    private final Cli cli = new Cli();

    private Path spec() throws IOException {
        return Files.writeString(folder.resolve("s.yaml"), """
            spec:
              id: acme
              version: 1.2.0
              name: "Acme EVIL"
              wire:
                source: moov:spec87ascii
                fields:
                  48:
                    type: Composite
                    length: 999
                    prefix: ASCII.LLL
                    subfields:
                      layout: position
                      parts:
                        - { tag: "1", type: String, enc: ASCII, prefix: ASCII.Fixed, length: 2 }
                        - { tag: "2", type: Composite, length: 99, prefix: ASCII.LL, subfields: { layout: tlv } }
                  55: { type: Composite, length: 999, prefix: ASCII.LLL, subfields: { layout: tlv } }
              messages:
                catalog:
                  "0100": { name: Request, flow: request, pairs_with: "0110", response_timeout: 1500ms, note: "EVIL" }
                  "0110": { name: Answer, flow: response, pairs_with: "0100" }
              enums:
                code: { closed: true, values: { "00": { name: "Good EVIL", category: approved } } }
                inner: { values: { "77": { name: Hush } } }
              fields:
                3: { name: Kind, messages: [ { usage: mandatory, response_value: echo } ] }
                22: { name: Mode, messages: [ { mti: ["0100"], usage: mandatory, when: "present(62)" } ] }
                39:
                  name: Response code
                  alias: resp_code
                  values_ref: code
                  messages: [ { mti: ["0110"], usage: mandatory, response_value: new }, { mti: ["0100"], usage: forbidden } ]
                48: { name: More, subfields: { "1": { name: First, meaning: Tells apart }, "2": { scope: private, name: Hushed } } }
                55: { name: Chip, subfields: { 9F02: { name: What it costs, meaning: In small units } } }
                62: { name: Secret handshake, scope: private, values_ref: inner, note: "Do not tell" }
              checks:
                - { mti: ["0100"], name: Known mode, assert: "present(22) || present(3)", severity: reject }
                - { mti: ["0100"], name: Hidden rule, assert: "present(62)", severity: warn }
            """.replace("EVIL", EVIL));
    }

    private String doc(String... more) throws IOException {
        String[] all = new String[more.length + 3];
        all[0] = "spec";
        all[1] = "doc";
        all[2] = spec().toString();
        System.arraycopy(more, 0, all, 3, more.length);
        assertThat(cli.run(all)).as(cli.err()).isZero();
        return cli.out();
    }

    @Test
    void shouldTellMessagesFieldsValuesAndChecks() throws Exception {
        String page = doc("--format", "markdown", "--scope", "complete");

        assertThat(page)
                .contains("acme 1.2.0", "| [0100](#mti-0100) | Request", "| [0110](#mti-0110) | 1500 ms |")
                .contains(
                        "| [3](#de-3) Kind | M | M= |",
                        "| [22](#de-22) Mode | C |  |",
                        "| [39](#de-39) Response code | – | M |")
                .contains("| [39](#de-39) Response code | mandatory |  | new |", "`present(62)`")
                .contains("| [39](#de-39) | Response code<br>`resp_code` | ans 2 | ASCII")
                .contains("| 48.1 | First | any 2 | ASCII | cardholder data |")
                .contains("Tells apart", "| 55.9F02 | What it costs | b | as it comes |  |", "In small units")
                .contains("Parts are BER-TLV elements. Tags that are not listed are passed on as they came.")
                .contains("| `00` | Good", "There are no other values.", "Secret handshake", "Hush")
                .contains("| Known mode | 0100 | `present(22) \\|\\| present(3)` | is refused |", "Hidden rule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "markdown"})
    void shouldLeaveOutWhatIsPrivate(String format) throws Exception {
        assertThat(doc("--format", format))
                .contains("Known mode", "on a condition that is not public", "48.1")
                .doesNotContain("handshake", "Hush", "Hidden rule", "present(62)", "48.2", "Do not tell", "inner")
                .doesNotContain("de-62", ">62<", "| 62 ");
        assertThat(doc("--format", format, "--scope", "complete"))
                .contains("handshake", "Hushed", "Hidden rule", "present(62)", "48.2", "Do not tell");
    }

    @Test
    void shouldWriteOnePageThatNeedsNothingElse() throws Exception {
        String page = doc();

        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("default-src 'none'", "@media print", "prefers-color-scheme:dark")
                .doesNotContain("http:", "https:", "src=", "<link", "@import", "url(");
        assertLeadSomewhere(page, "href='#([a-z0-9-]+)'");
    }

    @Test
    void shouldLeadToWhatIsThereInMarkdown() throws Exception {
        assertLeadSomewhere(doc("--format", "markdown"), "\\]\\(#([a-z0-9-]+)\\)");
    }

    private static void assertLeadSomewhere(String page, String link) {
        List<String> ids = ID.matcher(page).results().map(DocCommandTest::first).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(Pattern.compile(link).matcher(page).results().map(DocCommandTest::first))
                .isNotEmpty()
                .allMatch(ids::contains);
    }

    private static String first(MatchResult match) {
        return match.group(1);
    }

    @Test
    void shouldTakeWhatStandsInAFileForText() throws Exception {
        assertThat(doc()).contains("&lt;script&gt;alert(1)").doesNotContain("<script");
        assertThat(doc("--format", "markdown"))
                .contains("\\<script\\>alert(1)", "\\[y\\](javascript:z)", "\\| \\`x\\`")
                .doesNotContain(" <script", "![", " [y]");
    }

    @Test
    void shouldKeepColumnsToWhatFitsASheet() throws Exception {
        StringBuilder catalog = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            catalog.append("      \"%04d\": { name: m, flow: request }\n".formatted(1000 + i));
        }
        Path wide = Files.writeString(
                folder.resolve("wide.yaml"),
                "spec:\n  id: wide\n  version: 1.0.0\n  wire: { source: 'moov:spec87ascii' }\n  messages:\n    catalog:\n"
                        + catalog + "  fields: { 3: { messages: [ { usage: optional } ] } }\n");

        assertThat(cli.run("spec", "doc", wide.toString())).as(cli.err()).isZero();

        assertThat(Pattern.compile("<table class=matrix>").matcher(cli.out()).results())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "markdown"})
    void shouldWriteOverAnEarlierReferenceAndOverNothingElse(String format) throws Exception {
        Path file = folder.resolve("acme");
        doc("--format", format, "--out", file.toString());
        doc("--format", format, "--scope", "complete", "--out", file.toString());
        assertThat(file).content().contains("Do not tell");

        String text = Files.readString(spec());
        assertThat(cli.run("spec", "doc", spec().toString(), "--format", format, "--out", spec().toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("s.yaml exists and is no such page; choose another --out, or remove it");
        assertThat(spec()).hasContent(text);
    }

    @Test
    void shouldWriteIntoAFileAndSayWhereThatCannotBe() throws Exception {
        Path file = folder.resolve("acme.html");
        assertThat(doc("--out", file.toString())).isEmpty();
        assertThat(file).content().contains("<title>Acme ");

        assertThat(cli.run("spec", "doc", spec().toString(), "--out", folder.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("cannot write " + folder, "choose another --out");
        assertThat(cli.run("spec", "doc", "fluxrig:v93-binary", "--format", "pdf"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("spec", "doc", "fluxrig:v93-binary")).isZero();
    }
}
