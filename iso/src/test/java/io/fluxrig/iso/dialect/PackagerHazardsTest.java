package io.fluxrig.iso.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packager files that were not made to be read. */
class PackagerHazardsTest {
    private static final String FIELDS = """
            <isofield id="0" length="4" name="MTI" class="org.jpos.iso.IFA_NUMERIC"/>
            <isofield id="1" length="16" name="BIT MAP" class="org.jpos.iso.IFB_BITMAP"/>
            """;

    private static Dialect read(String xml) {
        return Dialects.read("hazard.xml", xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String fault(String xml) {
        Dialect dialect = read(xml);
        assertThat(dialect.load().ok()).isFalse();
        return dialect.load().faults().get(0).toString();
    }

    @Test
    void shouldOpenNothingThatADoctypeNames(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "<!ENTITY x 'SECRET'>");
        String outside = "<!DOCTYPE isopackager SYSTEM \"" + secret.toUri() + "\" [<!ENTITY % p SYSTEM \""
                + secret.toUri() + "\"> %p; <!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>";

        Dialect quiet = read(outside + "<isopackager>" + FIELDS + "</isopackager>");
        String named = "<isofield id=\"2\" length=\"9\" name=\"&x;\" class=\"org.jpos.iso.IFA_LLCHAR\"/>";
        Dialect asking = read(outside + "<isopackager>" + FIELDS + named + "</isopackager>");

        assertThat(quiet.load().ok()).isTrue();
        assertThat(asking.load().ok()).isFalse();
        assertThat(quiet.toString() + asking).doesNotContain("SECRET");
    }

    @Test
    void shouldExpandNoEntities() {
        String laughs = "<!DOCTYPE isopackager [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>";

        assertThat(fault(laughs + "<isopackager><isofield id=\"0\" name=\"&b;\"/></isopackager>"))
                .contains("an entity, which is not read: &a;");
    }

    @Test
    void shouldNotPassOverAnEntityInAnAttribute() {
        String fields = FIELDS + "<!-- R&D; -->\n<isofield id=\"2\" length=\"1&x;\" name=\"a &amp; b\" "
                + "class=\"org.jpos.iso.IFA_LLCHAR\"/>";
        String file = "<!DOCTYPE isopackager SYSTEM \"x.dtd\">\n<isopackager>" + fields + "</isopackager>";

        assertThat(fault(file)).contains("hazard.xml:5:1: an entity, which is not read: &x;");
        assertThat(read(file.replace("&x;", "9")).load().ok()).isTrue();
        Dialect wide = Dialects.read("wide.xml", file.getBytes(StandardCharsets.UTF_16));
        assertThat(wide.load().faults().get(0).message()).contains("&x;");
    }

    @Test
    void shouldNotTakeWhatLooksLikeACommentForOne() {
        String fields = FIELDS + "<![CDATA[ <!-- &fine; ]]>\n<isofield id=\"2\" length=\"1&x;\" name=\"a\" "
                + "class=\"org.jpos.iso.IFA_LLCHAR\"/>";

        assertThat(fault("<isopackager>" + fields + "</isopackager>"))
                .contains("4:1: an entity, which is not read: &x;");
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeep() {
        String open = "<isofieldpackager id=\"2\" length=\"9\" name=\"a\" class=\"org.jpos.iso.IFA_LLCHAR\" "
                + "packager=\"org.jpos.iso.packager.GenericSubFieldPackager\">";

        assertThat(fault("<isopackager>" + open.repeat(20_000))).contains("16 levels");
    }

    @Test
    void shouldRefuseTooManyElementsAndAttributes() {
        StringBuilder attributes = new StringBuilder("<isopackager ");
        for (int i = 0; i < 40; i++) {
            attributes.append("a").append(i).append("=\"1\" ");
        }

        assertThat(fault("<isopackager>" + "<isofield/>".repeat(20_001) + "</isopackager>"))
                .contains("20000 elements");
        assertThat(fault(attributes + "/>")).contains("attribute");
        assertThat(fault("<isopackager>" + " ".repeat(4 << 20) + "</isopackager>"))
                .contains("max=4194304");
    }

    @Test
    void shouldStopAtTheGreatestCountOfDifferences() {
        Dialect dialect = read("<isopackager>" + FIELDS + "<isofield id=\"x\"/>".repeat(10_000) + "</isopackager>");

        assertThat(dialect.load().ok()).isFalse();
        assertThat(dialect.load().faults()).hasSizeLessThan(600);
    }

    @Test
    void shouldLoadAFileWithAnyCountOfDifferencesThatLoseNothing() {
        StringBuilder fields = new StringBuilder(FIELDS);
        for (int id = 2; id < 128; id++) {
            fields.append("<isofield id=\"" + id + "\" length=\"9\" name=\"a\" class=\"org.jpos.iso.IFA_LLCHAR\">");
            for (int i = 0; i < 5; i++) {
                fields.append("<property name=\"p" + i + "\" value=\"1\"/>\n");
            }
            fields.append("</isofield>\n");
        }

        Dialect dialect = read("<isopackager>" + fields + "</isopackager>");

        assertThat(dialect.load().faults()).isEmpty();
        assertThat(dialect.notes().toString()).contains("more of ASIDE");
    }

    @Test
    void shouldSayWhatIsWrongWithEachField() {
        String fields = FIELDS + """
                <isofield id="2" length="x" name="a" class="org.jpos.iso.IFA_LLNUM"/>
                <isofield id="3" length="6" name="a"/>
                <isofield id="193" length="6" name="a" class="org.jpos.iso.IFA_LLNUM"/>
                <isofieldpackager id="4" length="6" name="a" class="org.jpos.iso.IFA_LLCHAR" packager="com.acme.Mine"/>
                """;

        assertThat(read("<isopackager>" + fields + "</isopackager>").load().faults())
                .extracting(each -> each.line() + " " + each.path() + " " + each.message())
                .contains(
                        "3 2 length is no number of up to seven digits: x",
                        "4 3 a field packager that is not known: no class",
                        "5  id=\"193\"",
                        "6 4 a packager of parts that is not known: com.acme.Mine");
    }

    @Test
    void shouldRefuseAMessageWithoutABitmapOrAnMti() {
        assertThat(fault("<isopackager emitBitmap=\"false\">" + FIELDS + "</isopackager>"))
                .contains("emitBitmap");
        assertThat(fault("<isopackager>" + FIELDS.replace("id=\"0\"", "id=\"3\"") + "</isopackager>"))
                .contains("no message type");
        assertThat(fault("<isopackager>" + FIELDS.replace("\"16\"", "\"4\"") + "</isopackager>"))
                .contains("a bitmap of length=4");
    }
}
