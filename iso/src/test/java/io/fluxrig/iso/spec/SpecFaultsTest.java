package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecFaultsTest {
    private static final String HEAD = "spec:\n  id: a\n  version: 1.0.0\n  wire: { source: moov:spec87ascii }\n";

    @Test
    void shouldReportEverythingAtOnceInTheOrderOfTheFile() {
        SpecLoad load = SpecLoaderTest.load("""
                spec:
                  id: a b
                  version: one
                  wire:
                    source: moov:spec87ascii
                    fields:
                      48: { enc: ASCI }
                      60: { lenght: 3 }
                  messages:
                    catalog:
                      "0100": { name: Authorization, pairs_with: "0119" }
                  fields:
                    2: { alias: card.pan, sensitivity: none }
                    4: { alias: amount, prefix: ASCII.LL }
                    39: { alias: amount, values_ref: response_codes }
                    41: { messages: [ { mti: ["0200"], usage: sometimes, when: "field(4" } ] }
                  checks:
                    - { name: Amount, assert: "amuont > 5" }
                """);

        assertThat(load.ok()).isFalse();
        assertThat(load.faults())
                .extracting(fault -> fault.line() + ":" + fault.path() + ": " + fault.fix())
                .containsExactly(
                        "2:spec.id: write something like acme-auth",
                        "3:spec.version: write something like 1.0.0",
                        "7:spec.wire.fields.48.enc: did you mean ASCII?",
                        "8:spec.wire.fields.60.lenght: did you mean length?",
                        "11:spec.messages.catalog.0100.pairs_with: add it to spec.messages.catalog",
                        "13:spec.fields.2.sensitivity: write sensitivity: pan, or leave it out",
                        "14:spec.fields.4.prefix: move it to spec.wire.fields",
                        "15:spec.fields.39.alias: choose another name",
                        "15:spec.fields.39.values_ref: declare it under spec.enums",
                        "16:spec.fields.41.messages[0].mti: add it to spec.messages.catalog",
                        "16:spec.fields.41.messages[0].usage: use one of mandatory, optional, forbidden",
                        "16:spec.fields.41.messages[0].when: correct the condition",
                        "18:spec.checks[0].assert: correct the condition");
        assertThat(load.faults().get(12).message()).contains("character 1", "a known name such as amount");
        assertThat(load.faults().get(2).column()).isEqualTo(18);
        assertThat(load.faults().get(2).file()).isEqualTo("test.yaml");
    }

    @Test
    void shouldSayOfAFileOfSomethingElseThatItDescribesNoDialectInOneLine() {
        String keys =
                IntStream.range(0, 5_000).mapToObj(i -> "\"k" + i + "\": 1").collect(Collectors.joining(","));

        for (String text : List.of("{" + keys + "}", "{}", "meta: { name: a }\ngears: []\nwires: []\n")) {
            assertThat(SpecLoaderTest.load(text).faults())
                    .extracting(SpecFault::toString)
                    .containsExactly("test.yaml:1:1: describes no dialect: neither spec: nor fields: is in it;"
                            + " name a spec (spec:), a moov spec (fields:) or a jPOS packager (<isopackager>)");
        }
    }

    @Test
    void shouldReadNoFurtherThanWhatMayStandInAFile() {
        String what = " keys and values; simplify";

        assertThat(only("spec: [" + "a,".repeat(2_000_000) + "]"))
                .isEqualTo("test.yaml:1:400002: more than 200000" + what);
        assertThat(only("spec: {" + "a,".repeat(2_000_000) + "}")).endsWith("more than 200000" + what);
        assertThat(only("spec:\n" + "- \n".repeat(1_000_000))).endsWith("more than 200000" + what);
        for (String opening : List.of("[", "{a: ", "- ", "? ")) {
            assertThat(only("spec:\n  " + opening.repeat(500_000))).endsWith("nested deeper than 64 levels; simplify");
        }
    }

    private static String only(String text) {
        List<SpecFault> faults = SpecLoaderTest.load(text).faults();
        assertThat(faults).hasSize(1);
        return faults.get(0).toString();
    }

    @Test
    void shouldTellTheKeyThatIsMeantForSpec() {
        assertThat(SpecLoaderTest.load("a: 1\nspecs: { id: a }\n").faults())
                .extracting(SpecFault::toString)
                .containsExactly("test.yaml:2:1: specs: unknown key; did you mean spec?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "fields: { 193: { name: x } } # spec.fields.193 # use 2 to 192, or the key of a part",
                "fields: { 55: { subfields: { 9F02: { name: x } } } }"
                        + " # spec.fields.55.subfields.9F02 # add it to spec.wire.fields, or remove this",
                "fields: { 3: { alias: mti } } # spec.fields.3.alias # choose another name",
                "fields: { 4: { format: { kind: amount, currency_field: 150 } } }"
                        + " # spec.fields.4.format.currency_field # name a field of the wire layer",
                "fields: { 60: { crypto: { role: pin_block }, sensitivity: none } }"
                        + " # spec.fields.60.sensitivity # write sensitivity: sad, or leave it out",
                "fields: { 60: { format: { kind: pan }, sensitivity: none } }"
                        + " # spec.fields.60.sensitivity # write sensitivity: pan, or leave it out",
                "fields: { 35: { sensitivity: pan } }"
                        + " # spec.fields.35.sensitivity # write sensitivity: sad, or leave it out",
                "fields: { 39: { validValues: [ \"00\" ], messages: [ { mti: [\"0110\"], usage: mandatory, when: \"field(150) == '1'\" } ] } }"
                        + " # spec.fields.39.messages[0].when # correct the condition",
                "fields: { 39: { messages: [ { usage: mandatory, when: \"amount > 0\" } ] } }"
                        + " # spec.fields.39.messages[0].when # correct the condition",
                "checks: [ { name: x, assert: \"present(55.9F02)\" } ] # spec.checks[0].assert # correct the condition",
                "checks: [ { name: x, assert: \"true\", severity: fatal } ]"
                        + " # spec.checks[0].severity # use one of reject, warn",
                "fields: { 39: { values_ref: codes } } # spec.fields.39.values_ref # declare it under spec.enums",
                "fields: { 39: { messages: [ { usage: optional, response_value: copied } ] } }"
                        + " # spec.fields.39.messages[0].response_value # use one of echo, new, modified",
                "fields: { 12: { format: { kind: time, layout: hhmmss } } }"
                        + " # spec.fields.12.format.layout # write one such as MMdd, HHmmss or MMddHHmmss",
                "fields: { 12: { format: { kind: time, layout: HHmm } } }"
                        + " # spec.fields.12.format.layout # correct the layout, or the length in spec.wire.fields",
                "fields: { 48: { format: { kind: date } } }"
                        + " # spec.fields.48.format.layout # add layout: such as MMdd, HHmmss or MMddHHmmss",
                "fields: { 4: { format: { kind: amount, layout: MMdd } } }"
                        + " # spec.fields.4.format.layout # write kind: date, time or datetime, or remove layout",
                "fields: { 4: { format: { kind: amount, luhn: true } } }"
                        + " # spec.fields.4.format.luhn # write kind: pan, or remove luhn",
                "fields: { 39: { messages: [ { usage: optional }, { mti: [\"0110\"], usage: mandatory } ] } }"
                        + " # spec.fields.39.messages[1] # put it above that entry, or remove it",
                "enums: { a: { closed: maybe, values: {} } } # spec.enums.a.closed # use true or false",
                "messages: { catalog: { \"0100\": { response_timeout: 30 } } }"
                        + " # spec.messages.catalog.0100.response_timeout # use a time such as 500ms, 30s or 2m",
                "checks: { name: x } # spec.checks # write [a, b], or - lines below it",
                "fields: [ 2 ] # spec.fields # indent key: value lines below it",
                "fields: { 60: { name: true } } # spec.fields.60.name # put it in quotes if it is a text",
                "filds: { } # spec.filds # did you mean fields?"
            })
    void shouldSayWhereAndWhatToDo(String line, String path, String fix) {
        SpecLoad load = SpecLoaderTest.load(HEAD + "  " + line + "\n");

        assertThat(load.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.fix()).isEqualTo(fix);
            assertThat(fault.line()).isEqualTo(5);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "wire: { source: moov:spec87asci } # spec.wire.source # did you mean moov:spec87ascii?",
                "wire: { source: jpos:iso87ascii.xml } # spec.wire.source # use a built-in base",
                "wire: { source: other.json } # spec.wire.source # use a built-in base",
                "wire: { source: moov:spec87ascii, over_long: truncate } # spec.wire.over_long # use one of refuse, accept",
                "wire: { source: moov:spec87ascii, unknown_fields: preserve }"
                        + " # spec.wire.unknown_prefix # add unknown_prefix: ASCII.LLL, BCD.LLL, Binary.L ...",
                "wire: { source: moov:spec87ascii, unknown_fields: preserve, unknown_prefix: ASCII.Fixed }"
                        + " # spec.wire.unknown_prefix # write something like ASCII.LLL",
                "wire: { } # spec.wire.fields # add fields, or source: with a base",
                "wire: { fields: { 0: { type: String, length: 4, enc: ASCII, prefix: ASCII.Fixed } } }"
                        + " # spec.wire.fields.1 # add field 1 with type: Bitmap",
                "wire: { source: moov:spec87ascii, fields: { 130: { length: 4, enc: ASCII, prefix: ASCII.Fixed } } }"
                        + " # spec.wire.fields.130.type # add type: String, Numeric, Binary ...",
                "wire: { source: moov:spec87ascii, fields: { 130: { type: String, enc: ASCII } } }"
                        + " # spec.wire.fields.130.prefix # add prefix: ASCII.Fixed, ASCII.LL, BCD.LLL, Binary.L ...",
                "wire: { source: moov:spec87ascii, fields: { 48: { prefix: ASCII.LLLLLLL } } }"
                        + " # spec.wire.fields.48.prefix # write something like ASCII.LL",
                "wire: { source: moov:spec87ascii, fields: { 11: { padding: { type: Left, pad: 00 } } } }"
                        + " # spec.wire.fields.11.padding.pad # write pad: \"0\" or pad: \" \"",
                "wire: { source: moov:spec87ascii, fields: { 55: { subfields: { layout: tlv, parts: [ { tag: XY } ] } } } }"
                        + " # spec.wire.fields.55.subfields.XY # write 2 to 8 hexadecimal digits",
                "wire: { source: moov:spec87ascii, fields: { 48: { subfields: { layout: tag } } } }"
                        + " # spec.wire.fields.48.subfields.tag # add tag: { length: 2, enc: ASCII }",
                "wire: { source: moov:spec87ascii, fields: { 48: { subfields: { layout: bitmap } } } }"
                        + " # spec.wire.fields.48.subfields.bitmap # add bitmap: { length: 8, enc: Binary }"
            })
    void shouldSayWhatIsWrongWithTheWireLayer(String line, String path, String fix) {
        SpecLoad load = SpecLoaderTest.load("spec:\n  id: a\n  version: 1.0.0\n  " + line + "\n");

        assertThat(load.ok()).isFalse();
        assertThat(load.faults())
                .extracting(SpecFault::path, SpecFault::fix)
                .containsExactly(org.assertj.core.api.Assertions.tuple(path, fix));
    }

    @Test
    void shouldReportMessagesOfChecksThatAreNotInTheCatalog() {
        SpecLoad load = SpecLoaderTest.load(HEAD + """
                  messages: { catalog: { "0100": {} } }
                  fields: { 55: { subfields: { } } }
                  checks: [ { mti: ["0200"], name: x, assert: "true" } ]
                """);

        assertThat(load.faults())
                .extracting(fault -> fault.line() + ":" + fault.path() + ": " + fault.message())
                .containsExactly("7:spec.checks[0].mti: message 0200 is not in the catalog");
    }

    @Test
    void shouldReportBrokenYamlWithItsLine() {
        SpecLoad load = SpecLoaderTest.load("spec:\n  id: [a\n  version: 1\n");

        assertThat(load.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(3);
            assertThat(fault.message()).startsWith("not YAML");
        });
    }

    @Test
    void shouldReportDuplicateKeys() {
        assertThat(SpecLoaderTest.load(HEAD + "  id: b\n").faults())
                .extracting(SpecFault::message)
                .contains("the key is there twice");
    }

    @Test
    void shouldRefuseWhatIsNoSpec() {
        for (String text :
                List.of("", "- a", "a", "spec: 1", "spec:", "{}", "spec: { id: a, version: 1.0.0, wire: }")) {
            assertThat(SpecLoaderTest.load(text).ok()).as(text).isFalse();
            assertThat(SpecLoaderTest.load(text).faults()).as(text).isNotEmpty();
        }
    }

    @Test
    void shouldRefuseFileThatGrowsByItsAnchors() {
        StringBuilder text = new StringBuilder("a: &a [x, x, x, x]\n");
        for (char c = 'b'; c < 'm'; c++) {
            String below = "*" + (char) (c - 1);
            text.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append((below + ", ").repeat(3))
                    .append(below)
                    .append("]\n");
        }

        assertThat(SpecLoaderTest.load(text.toString()).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("200000 values"));
    }

    @Test
    void shouldRefuseAnchorInsideItself() {
        assertThat(SpecLoaderTest.load("spec: &a [ *a ]\n").faults()).isNotEmpty();
    }

    @Test
    void shouldNotShowDigitsOfAConfigurationValue() {
        SpecLoad load =
                SpecLoaderTest.load(HEAD + "  checks: [ { name: a, assert: 'true', severity: 4761739001010119 } ]\n");

        assertThat(load.faults().toString()).contains("476173******0119").doesNotContain("4761739001010119");
    }

    @Test
    void shouldRefuseASourceThatNoFileCanBe(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("a.yaml"), "spec: { id: a, version: 1.0.0, wire: { source: \"a\\0.yaml\" } }\n");

        assertThat(SpecLoader.load(file).faults())
                .extracting(fault -> fault.line() + ":" + fault.path() + ": " + fault.message())
                .containsExactly("1:spec.wire.source: no file can be called that: Nul character not allowed");
    }

    @Test
    void shouldRefuseWhatIsNestedWithoutEnd() {
        assertThat(SpecLoaderTest.load("spec: " + "[".repeat(200_000)).faults())
                .singleElement()
                .extracting(SpecFault::message)
                .isEqualTo("nested deeper than 64 levels");
    }
}
