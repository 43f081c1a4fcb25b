package io.fluxrig.iso.packager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jpos.iso.ISOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of parts as jPOS takes them apart: same bytes, same paths, same values. */
class CompositeOracleTest {
    private static final String TEXT = "ABCDEF";

    private static String parts(String outer, String packager, String attributes, String parts) {
        return "<isofieldpackager id=\"48\" name=\"private\" length=\"999\" class=\"org.jpos.iso." + outer
                + "\" packager=\"org.jpos.iso.packager." + packager + "\" " + attributes + ">\n" + parts
                + "</isofieldpackager>\n" + JposPeer.field("60", "IFA_LLCHAR", 20, false);
    }

    private static void same(JposPeer peer, Map<String, String> values) throws ISOException {
        byte[] wire = peer.packed(values);
        String hex = JposPeer.HEX.formatHex(wire);
        for (Map.Entry<String, String> value : values.entrySet()) {
            assertThat(peer.decoded(wire, value.getKey()))
                    .as("%s in %s", value.getKey(), hex)
                    .isEqualToIgnoringCase(peer.unpacked(wire, value.getKey()));
        }
        assertThat(peer.encoded(values)).isEqualTo(hex);
    }

    private static Map<String, String> values(String... pathsAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            values.put(pathsAndValues[i], pathsAndValues[i + 1]);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"firstField=\"0\"", "", "firstField=\"1\""})
    void shouldFindPartsByPosition(String first) throws ISOException {
        JposPeer peer = new JposPeer(parts(
                "IFA_LLLCHAR",
                "GenericSubFieldPackager",
                "emitBitmap=\"false\" " + first,
                JposPeer.field("0", "IF_CHAR", 2, false)
                        + JposPeer.field("1", "IFA_LLCHAR", 9, false)
                        + JposPeer.field("2", "IFB_LLNUM", 9, true)
                        + JposPeer.field("3", "IFA_NUMERIC", 4, false)));

        same(peer, values("48.1", TEXT, "48.2", "123", "48.3", "0042", "60", "behind"));
        same(peer, values("48.1", TEXT, "60", "behind"));
        assertThat(peer.dialect.whole()).isTrue();
        assertThat(peer.dialect.notes().toString().contains("48.0")).isEqualTo(!first.contains("0"));
    }

    @Test
    void shouldFindPartsBehindABitmapOfTheirOwn() throws ISOException {
        JposPeer peer = new JposPeer(parts(
                "IFA_LLLBINARY",
                "GenericSubFieldPackager",
                "bitmapField=\"0\"",
                JposPeer.field("0", "IFB_BITMAP", 8, false)
                        + JposPeer.field("1", "IFA_LLCHAR", 9, false)
                        + JposPeer.field("7", "IFB_BINARY", 3, false)
                        + JposPeer.field("33", "IFA_LLNUM", 4, false)));

        same(peer, values("48.1", TEXT, "48.7", "#010203", "48.33", "42", "60", "behind"));
        same(peer, values("48.33", "42", "60", "behind"));
    }

    static Stream<String> tagged() {
        return StreamSupport.stream(TaggedClass.all().spliterator(), false)
                .map(TaggedClass::name)
                .filter(name -> !name.startsWith("IFA_TT"));
    }

    @ParameterizedTest
    @MethodSource("tagged")
    void shouldFindPartsByTheirTags(String name) throws ISOException {
        TaggedClass tagged = TaggedClass.of(name);
        String packager = tagged.tagEnc().equals("ASCII") ? "EuroSubFieldPackager" : "MasterCardEBCDICSubFieldPackager";
        JposPeer peer = new JposPeer(parts(
                "IFA_LLLBINARY",
                packager,
                "",
                JposPeer.field("5", name, 90, false) + JposPeer.field("37", name, 90, false)));
        assertThat(peer.dialect.whole()).as("%s", peer.dialect.notes()).isTrue();
        boolean bytes = tagged.type().equals("Binary");
        String first = bytes ? "#C1C2" : "AB";
        String second = bytes ? "#010203" : "XYZ";

        byte[] wire = peer.packed(values("48.5", first, "48.37", second, "60", "behind"));
        assertThat(peer.decoded(wire, "48.5")).isEqualToIgnoringCase(first.replace("#", ""));
        assertThat(peer.decoded(wire, "48.37")).isEqualToIgnoringCase(second.replace("#", ""));
        assertThat(peer.encoded(values("48.37", second, "48.5", first, "60", "behind")))
                .isEqualTo(JposPeer.HEX.formatHex(wire));
    }

    @Test
    void shouldFindTagsBehindAPartThatHasNone() throws ISOException {
        StringBuilder fields = new StringBuilder(JposPeer.field("0", "IF_CHAR", 4, false));
        for (int tag = 1; tag <= 20; tag++) { // jPOS looks its parts up by their lengths first
            fields.append(JposPeer.field(Integer.toString(tag), "IFEP_LLCHAR", 90, false));
        }
        JposPeer peer = new JposPeer(parts("IFA_LLLBINARY", "EuroSubFieldPackager", "", fields.toString()));

        same(peer, values("48.0", "ABCD", "48.1", TEXT, "48.2", "Z", "60", "behind"));
        same(peer, values("48.0", "ABCD", "60", "behind"));
    }

    @Test
    void shouldFindPartsBehindAHeaderAndABitmap() throws ISOException {
        JposPeer peer = new JposPeer(parts(
                "IFE_LLLBINARY",
                "GenericPackager",
                "emitBitmap=\"true\" bitmapField=\"0\" firstField=\"0\" headerLength=\"1\"",
                JposPeer.field("0", "IFE_BITMAP", 4, false)
                        + JposPeer.field("1", "IFE_CHAR", 3, false)
                        + JposPeer.field("9", "IFB_BINARY", 2, false)));
        byte[] wire = JposPeer.HEX.parseHex("30313030000000000001000000000000".substring(0, 8) + "0000000000010000"
                + "F0F1F4" + "07" + "F8F0F8F0F0F0F0F0" + "C1C2C3" + "BEEF");

        assertThat(peer.unpacked(wire, "48.1")).isEqualTo("ABC");
        assertThat(peer.decoded(wire, "48.1")).isEqualTo("ABC");
        assertThat(peer.decoded(wire, "48.9")).isEqualToIgnoringCase(peer.unpacked(wire, "48.9"));
        assertThat(peer.decoded(wire, "48.h")).isEqualTo("07");
        assertThat(peer.encoded(values("48.h", "#07", "48.1", "ABC", "48.9", "#BEEF")))
                .isEqualTo(JposPeer.HEX.formatHex(wire));
    }

    @Test
    void shouldCallBerTlvByItsTags() throws ISOException {
        JposPeer peer = new JposPeer("<isofieldpackager id=\"55\" name=\"chip\" length=\"255\" "
                + "class=\"org.jpos.iso.IFB_LLHBINARY\" emitBitmap=\"false\" "
                + "packager=\"org.jpos.tlv.packager.bertlv.BERTLVBinaryPackager\"/>");
        byte[] wire = JposPeer.HEX.parseHex("30313030" + "0000000000000200" + "09" + "9F02030123459A010" + "7");

        assertThat(peer.decoded(wire, "55.9F02")).isEqualTo("012345");
        assertThat(peer.decoded(wire, "55.9A")).isEqualTo("07");
        assertThat(peer.dialect.whole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IFEMC_TCC IFEPE_LLCHAR MasterCardEBCDICSubFieldPackager",
                "IFMC_TCC IFMC_LLCHAR EuroSubFieldPackager"
            })
    void shouldFindTagsWithAndWithoutACategoryCodeAhead(String classes) throws ISOException {
        String[] names = classes.split(" ", -1);
        JposPeer peer = new JposPeer(parts(
                "IFA_LLLBINARY",
                names[2],
                "",
                JposPeer.field("0", names[0], 1, false)
                        + JposPeer.field("1", names[1], 90, false)
                        + JposPeer.field("42", names[1], 90, false)));

        assertThat(peer.dialect.whole()).as("%s", peer.dialect.notes()).isTrue();
        same(peer, values("48.0", "T", "48.1", "AB", "60", "behind"));
        same(peer, values("48.1", "AB", "48.42", "0123456789", "60", "behind"));
        byte[] without = peer.packed(values("48.1", "AB", "60", "behind"));
        assertThat(peer.decoded(without, "48.0")).isNull();
    }

    @Test
    void shouldKeepAFieldWholeWhosePartsCannotBeSaid() throws ISOException {
        JposPeer peer = new JposPeer(parts(
                "IFA_LLLBINARY",
                "EuroSubFieldPackager",
                "",
                JposPeer.field("1", "IFMC_LLCHAR", 90, false) + JposPeer.field("2", "IFIPM_LLLCHAR", 90, false)));
        byte[] wire = peer.packed(values("48.1", "AB", "60", "behind"));

        assertThat(peer.decoded(wire, "48")).isEqualToIgnoringCase("303130324142");
        assertThat(peer.dialect.whole()).isFalse();
        assertThat(peer.dialect.notes().toString()).contains("LOST 48").contains("IFIPM_LLLCHAR");
    }

    @Test
    void shouldKeepAFieldWholeWhoseClassRewritesTheBytesOfItsParts() throws ISOException {
        JposPeer peer = new JposPeer(parts(
                "IFE_LLLCHAR",
                "GenericSubFieldPackager",
                "emitBitmap=\"false\"",
                JposPeer.field("1", "IF_CHAR", 3, false)));

        assertThat(peer.dialect.whole()).isFalse();
        assertThat(peer.dialect.load().orThrow().wire().fields().get(48).composite())
                .isNull();
    }
}
