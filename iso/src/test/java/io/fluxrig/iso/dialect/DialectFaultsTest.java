package io.fluxrig.iso.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.spec.SpecFault;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a description is told at its own lines, and never taken for something else. */
class DialectFaultsTest {
    private static Dialect read(String name, String text) {
        return Dialects.read(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Dialect moov(String field) {
        return read("acme.json", """
                { "name": "Acme",
                  "fields": {
                    "0": { "type": "String", "length": 4, "enc": "ASCII", "prefix": "ASCII.Fixed" },
                    "1": { "type": "Bitmap", "enc": "Binary", "prefix": "Binary.Fixed" },
                    "2": { "type": "String", "length": 19, "enc": "ASCII", "prefix": "ASCII.LL" },
                    %s } }
                """.formatted(field));
    }

    private static Dialect packager(String attributes, String fields) {
        return read("acme.xml", """
                <?xml version="1.0"?>

                <isopackager %s>
                  <isofield id="0" length="4" name="MTI" class="org.jpos.iso.IFA_NUMERIC"/>
                  <isofield id="1" length="16" name="BITMAP" class="org.jpos.iso.IFA_BITMAP"/>
                  %s
                </isopackager>
                """.formatted(attributes, fields));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "999": { "type": "String", "length": 6, "enc": "ASCII", "prefix": "ASCII.Fixed" }      | acme.json:6:5: fields.999: field=999 max=192
            "3": { "type": "String", "length": 6, "enc": "UTF9", "prefix": "ASCII.Fixed" }         | acme.json:6:50: fields.3.enc: not allowed: 'UTF9'
            "2": { "type": "String", "length": 12, "enc": "ASCII", "prefix": "ASCII.LL" }          | acme.json:6:5: 2: the key is there twice
            "48": { "type": "Composite", "length": 9, "prefix": "ASCII.LL", "tag": "x", "subfields": { "1": { "type": "String", "length": 2, "enc": "ASCII", "prefix": "ASCII.LL" } } } | acme.json:6:69: fields.48.tag: one word
            """)
    void shouldTellOfAMoovFileAtItsOwnLines(String field, String words) {
        Dialect dialect = moov(field);

        assertThat(dialect.load().ok()).isFalse();
        assertThat(dialect.load().faults().get(0).toString()).startsWith(words);
    }

    @Test
    void shouldTellOfAPackagerAtItsOwnLines() {
        String deep = "<isofieldpackager id=\"48\" length=\"99\" class=\"org.jpos.iso.IFA_LLCHAR\" emitBitmap=\"false\""
                + " packager=\"org.jpos.iso.packager.GenericSubFieldPackager\">";
        String part = "<isofield id=\"1\" length=\"3\" class=\"org.jpos.iso.IFA_NUMERIC\"/>";

        Dialect dialect = packager("", deep.repeat(10) + part + "</isofieldpackager>".repeat(10));

        assertThat(dialect.load().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .startsWith("acme.xml:3:1: DE 48.")
                        .contains("deeper"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            headerLength="2000000000" | headerLength is no number of up to seven digits: 2000000000
            headerLength="ten"        | headerLength is no number of up to seven digits: ten
            bitmapField="0x1"         | bitmapField is no number of up to seven digits: 0x1
            thirdBitmapField=""       | thirdBitmapField is no number of up to seven digits:
            """)
    void shouldNotTakeANumberThatItCannotReadForAbsent(String attributes, String words) {
        Dialect dialect = packager(attributes, "");

        assertThat(dialect.load().ok()).isFalse();
        assertThat(dialect.load().faults().get(0).toString()).startsWith("acme.xml:3:1: " + words);
    }

    @Test
    void shouldSayThatFieldsBelowTheFirstAreRead() {
        assertThat(packager("firstField=\"11\"", "").notes().toString())
                .contains("CHANGED (line 3): firstField: jPOS leaves the fields below it out");
        assertThat(packager("firstField=\"2\"", "").notes().toString()).doesNotContain("firstField");
    }

    @Test
    void shouldSayOfALengthThatItIsTooLong() {
        Dialect dialect = packager("", "<isofield id=\"2\" length=\"2147483647\" class=\"org.jpos.iso.IFA_LLNUM\"/>");

        assertThat(dialect.load().faults().get(0).message())
                .isEqualTo("length is no number of up to seven digits: 2147483647");
    }

    @Test
    void shouldQuoteAFileOnOneLineOfBoundedLength() {
        String name = "\u001b[31m" + "Z".repeat(9_000);

        String fault =
                new SpecFault(SpecFault.Severity.ERROR, "a.xml", 1, 1, "2\n", "no class " + name, "mend it").toString();

        assertThat(fault).startsWith("a.xml:1:1: 2?: no class ?[31mZZZ").endsWith("ZZZ...; mend it");
        assertThat(fault.length()).isLessThan(2_100);
    }
}
