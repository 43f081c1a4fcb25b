package io.fluxrig.iso.codec;

import static io.fluxrig.iso.codec.Dialect.LLL;
import static io.fluxrig.iso.codec.Dialect.binary;
import static io.fluxrig.iso.codec.Dialect.hex;
import static io.fluxrig.iso.codec.Dialect.parts;
import static io.fluxrig.iso.codec.Dialect.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DE 55 as EMV writes it. */
class BerTlvWireTest {

    private static final Map<String, WireField> KNOWN = parts(
            binary("95", Prefix.BER, 5),
            WireField.prefixed("9F02", WireType.NUMERIC, Encoding.BCD, Prefix.BER, 12, CharClass.N),
            binary("DF8101", Prefix.BER, 600));

    private final Dialect dialect = dialect(UnknownTags.PRESERVE);

    private static Dialect dialect(UnknownTags unknown) {
        return Dialect.of(WireField.composite("55", LLL, 999, Composite.berTlv(KNOWN, unknown)));
    }

    private static String body(String bytes) {
        String clean = bytes.replace(" ", "");
        return hex(text(String.format("%03d", clean.length() / 2)) + clean, 55);
    }

    @Test
    void shouldReadKnownTagsByTheirSpec() {
        dialect.decoded(body("95050102030405 DF810102AABB"));
        assertThat(dialect.value("55.95")).isEqualTo("0102030405");
        assertThat(dialect.value("55.DF8101")).isEqualTo("AABB");
        assertThat(dialect.encoded(Dialect.message("55.95", "0102030405", "55.DF8101", "AABB")))
                .isEqualTo(body("95050102030405 DF810102AABB"));
    }

    @Test
    void shouldCountDigitsOfANumericTag() {
        assertThat(dialect.encoded(Dialect.message("55.9F02", "000000012345"))).isEqualTo(body("9F020C 000000012345"));
        assertThat(dialect.decoded(body("9F020C 000000012345")).value("55.9F02"))
                .isEqualTo("000000012345");
    }

    @Test
    void shouldKeepUnknownTagsByteForByte() {
        String wire = body("5F2A020840 9505AABBCCDDEE DF01820003112233");
        dialect.decoded(wire);
        assertThat(dialect.value("55.5F2A")).isEqualTo("0840");
        assertThat(dialect.value("55.DF01")).isEqualTo("112233");
        dialect.message.setAscii(FieldPath.parse("55.95"), "00");
        assertThat(dialect.encoded(dialect.message)).isEqualTo(body("5F2A020840 950100 DF01820003112233"));
    }

    @Test
    void shouldKeepZerosBetweenElements() {
        dialect.decoded(body("0000 950101 000000 950102 00"));
        dialect.message.setAscii(FieldPath.parse("55.9A"), "261123");
        assertThat(dialect.encoded(dialect.message)).isEqualTo(body("0000 950101 000000 950102 00 9A03261123"));
        Dialect skips = dialect(UnknownTags.SKIP);
        skips.decoded(body("0000 950101 00"));
        skips.message.setAscii(FieldPath.parse("55.DF8101"), "77");
        assertThat(skips.encoded(skips.message)).isEqualTo(body("950101 DF81010177"));
    }

    @Test
    void shouldCarryUnknownTagsIntoAnotherDialect() {
        dialect.decoded(body("5F2A020840 950101"));
        Dialect other = dialect(UnknownTags.PRESERVE);
        assertThat(other.encoded(dialect.message)).isEqualTo(body("5F2A020840 950101"));
        assertThat(dialect(UnknownTags.SKIP).encoded(dialect.message)).isEqualTo(body("950101"));
        assertThat(dialect(UnknownTags.REJECT).encoded(dialect.message))
                .isEqualTo("DE 55.5F2A at byte 15: expected a tag that the dialect has");
    }

    @Test
    void shouldWriteLongLengthsWhereNeeded() {
        String value = "AB".repeat(300);
        assertThat(dialect.encoded(Dialect.message("55.DF8101", value))).isEqualTo(body("DF8101 82012C" + value));
        assertThat(dialect.decoded(body("DF8101 82012C" + value)).value("55.DF8101"))
                .isEqualTo(value);
    }

    @Test
    void shouldMoveABodyThatNeedsALongerBerLength() {
        WireField inner = WireField.composite("E1", Prefix.BER, 400, Composite.berTlv(KNOWN, UnknownTags.PRESERVE));
        Dialect nested =
                Dialect.of(WireField.composite("55", LLL, 999, Composite.berTlv(parts(inner), UnknownTags.PRESERVE)));
        String value = "CD".repeat(150);
        String wire = body("E1819B DF8101 8196" + value);
        assertThat(nested.encoded(Dialect.message("55.E1.DF8101", value))).isEqualTo(wire);
        assertThat(nested.decoded(wire).value("55.E1.DF8101")).isEqualTo(value);
    }

    @Test
    void shouldKeepProprietaryTagsInTemplatesByteForByte() {
        Composite template = Composite.berTlv(KNOWN, UnknownTags.PRESERVE);
        WireField outer = WireField.composite(
                "E1",
                Prefix.BER,
                400,
                Composite.berTlv(parts(WireField.composite("E2", Prefix.BER, 300, template)), UnknownTags.PRESERVE));
        Dialect nested =
                Dialect.of(WireField.composite("55", LLL, 999, Composite.berTlv(parts(outer), UnknownTags.PRESERVE)));
        String proprietary = "DF818203 820003 112233";
        nested.decoded(body("E1 811A DF0181 01EE E2 820011" + proprietary + "00 950101 950102"));
        assertThat(nested.value("55.E1.DF01")).isEqualTo("EE");
        assertThat(nested.value("55.E1.E2.DF818203")).isEqualTo("112233");

        nested.message.setAscii(FieldPath.parse("55.E1.E2.95"), "07");

        assertThat(nested.encoded(nested.message))
                .isEqualTo(body("E118 DF018101EE E211" + proprietary + "00 950107 950102"));
    }

    @Test
    void shouldFindTheFirstOfRepeatedTags() {
        dialect.decoded(body("950101 950102"));
        assertThat(dialect.value("55.95")).isEqualTo("01");
        dialect.message.unset(FieldPath.parse("55.95"));
        assertThat(dialect.value("55.95")).isEqualTo("02");
        assertThat(dialect.encoded(dialect.message)).isEqualTo(body("950102"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            9F          | DE 55 at byte 15: expected 2 bytes, length=1
            95          | DE 55.95 at byte 16: expected 1 bytes, length=0
            950201      | DE 55.95 at byte 17: expected 2 bytes, length=1
            9582        | DE 55.95 at byte 16: expected 3 bytes, length=1
            9580        | DE 55.95 at byte 16: expected a length in BER octets, short or of 1 to 3 bytes
            9506        | DE 55.95 at byte 16: expected at most 5, length=6
            DF81828384  | DE 55 at byte 15: expected a tag of at most 4 bytes
            5F2A0208    | DE 55.5F2A at byte 18: expected 2 bytes, length=1
            9F02020A01  | DE 55.9F02 at byte 18: expected characters of class N
            """)
    void shouldRefuseWithPathAndByte(String bytes, String refusal) {
        assertThat(dialect.refusal(body(bytes))).isEqualTo(refusal);
    }

    @Test
    void shouldRefuseTagsThatAreNoBerTags() {
        assertThat(dialect.encoded(Dialect.message("55.9", "00"))).startsWith("DE 55.9 at byte 15: expected a tag");
        assertThat(dialect.encoded(Dialect.message("55.9F", "00"))).startsWith("DE 55.9F at byte 15: expected a whole");
        assertThat(dialect.encoded(Dialect.message("55.XY", "00"))).startsWith("DE 55.XY at byte 15: expected a tag");
    }
}
