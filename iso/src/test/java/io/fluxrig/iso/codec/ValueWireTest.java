package io.fluxrig.iso.codec;

import static io.fluxrig.iso.codec.Dialect.LL;
import static io.fluxrig.iso.codec.Dialect.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.LengthUnit;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One field at a time: its bytes in, its value out, and the same bytes back. */
class ValueWireTest {

    private static void shouldReadAndWrite(WireField field, String value, String bytes) {
        Dialect dialect = Dialect.of(field);
        String wire = hex(bytes, 2);
        for (int i = 0; i < 3; i++) { // the third time by a plan
            dialect.decoded(wire);
            assertThat(dialect.value("2")).isEqualTo(value);
            assertThat(dialect.encoded(dialect.message)).isEqualTo(wire);
        }
        assertThat(dialect.encoded(Dialect.message("2", value))).isEqualTo(wire);
    }

    private static WireField fixed(WireType type, Encoding enc, int length, CharClass chars) {
        return WireField.fixed("2", type, enc, length, chars);
    }

    private static WireField variable(WireType type, Encoding enc, Prefix prefix, int length) {
        return WireField.prefixed("2", type, enc, prefix, length, CharClass.ANY);
    }

    @ParameterizedTest
    @CsvSource({
        "ASCII, 123, 313233", "EBCDIC, 123, F1F2F3", "EBCDIC1047, 123, F1F2F3", "BCD, 123, 0123", "BCD_F, 123, F123",
        "LBCD, 123, 1230", "LBCD_F, 123, 123F", "BCD, 1234, 1234", "LBCD_F, 1234, 1234", "BINARY, 123, 313233",
        "HEX_ASCII, 123, 333133323333", "HEX_EBCDIC, 12, F3F1F3F2"
    })
    void shouldReadAndWriteFixedDigits(Encoding enc, String value, String bytes) {
        shouldReadAndWrite(fixed(WireType.STRING, enc, value.length(), CharClass.N), value, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "ASCII, 'A [1', 41205B31",
        "EBCDIC, 'A [1', C140BAF1",
        "EBCDIC1047, 'A [1', C140ADF1",
    })
    void shouldReadAndWriteFixedText(Encoding enc, String value, String bytes) {
        shouldReadAndWrite(fixed(WireType.STRING, enc, 4, CharClass.ANS), value, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "BINARY, 9F0A, 9F0A",
        "HEX_ASCII, 9F0A, 39463041",
        "HEX_EBCDIC, 9F0A, F9C6F0C1",
    })
    void shouldReadAndWriteBytes(Encoding enc, String value, String bytes) {
        shouldReadAndWrite(fixed(WireType.BINARY, enc, 2, CharClass.ANY), value, bytes);
    }

    @Test
    void shouldReadAndWriteHexTextAsBytes() {
        shouldReadAndWrite(fixed(WireType.STRING, Encoding.HEX_TO_BYTES, 4, CharClass.HEX), "9F0A", "9F0A");
    }

    @ParameterizedTest
    @CsvSource({"ASCII, C123, 43313233", "EBCDIC, D123, C4F1F2F3", "SIGN_BCD, C123, 430123", "SIGN_BCD, D12, 4412"})
    void shouldReadAndWriteSignedAmounts(Encoding enc, String value, String bytes) {
        shouldReadAndWrite(fixed(WireType.STRING, enc, value.length(), CharClass.XN), value, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "ASCII, 1, 3 414243", "ASCII, 2, 3033 414243", "ASCII, 6, 303030303033 414243", "BCD, 2, 03 414243",
        "BCD, 3, 0003 414243", "EBCDIC, 2, F0F3 414243", "BINARY, 1, 03 414243", "BINARY, 2, 0003 414243",
        "HEX_ASCII, 1, 3033 414243",
    })
    void shouldReadAndWriteEveryPrefix(Encoding enc, int digits, String bytes) {
        String exact = digits == 1 && enc == Encoding.ASCII ? "33 414243" : bytes;
        shouldReadAndWrite(variable(WireType.STRING, Encoding.ASCII, Prefix.of(enc, digits), 9), "ABC", exact);
    }

    @Test
    void shouldReadAndWriteBerLengths() {
        WireField field = variable(WireType.BINARY, Encoding.BINARY, Prefix.BER, 300);
        shouldReadAndWrite(field, "AB", "01 AB");
        shouldReadAndWrite(field, "AB".repeat(128), "8180" + "AB".repeat(128));
        shouldReadAndWrite(field, "AB".repeat(256), "820100" + "AB".repeat(256));
    }

    @Test
    void shouldTakeWhatIsLeftWithoutAPrefix() {
        shouldReadAndWrite(variable(WireType.STRING, Encoding.ASCII, Prefix.NONE, 9), "ABC", "414243");
        shouldReadAndWrite(variable(WireType.STRING, Encoding.ASCII, Prefix.NONE, 9), "", "");
    }

    @Test
    void shouldCountDigitsAheadOfBcd() {
        WireField field = variable(WireType.NUMERIC, Encoding.BCD, Prefix.of(Encoding.BCD, 2), 19);
        shouldReadAndWrite(field, "12345", "05 012345");
        shouldReadAndWrite(field, "", "00");
    }

    @Test
    void shouldCountBytesAheadOfBcdAndTellOddCountsByTheFiller() {
        Prefix prefix = Prefix.of(Encoding.EBCDIC, 2).counting(LengthUnit.BYTES);
        shouldReadAndWrite(variable(WireType.STRING, Encoding.LBCD_F, prefix, 19), "12345", "F0F3 12345F");
        shouldReadAndWrite(variable(WireType.STRING, Encoding.BCD_F, prefix, 19), "12345", "F0F3 F12345");
        shouldReadAndWrite(variable(WireType.STRING, Encoding.LBCD_F, prefix, 19), "1234", "F0F2 1234");
    }

    @Test
    void shouldCountHexCharactersWhereThePrefixCountsBytes() {
        Prefix prefix = LL.counting(LengthUnit.BYTES);
        shouldReadAndWrite(variable(WireType.BINARY, Encoding.HEX_ASCII, prefix, 9), "9F0A", "3034 39463041");
        Dialect dialect = Dialect.of(variable(WireType.BINARY, Encoding.HEX_ASCII, prefix, 9));
        assertThat(dialect.refusal(hex("3033 394630", 2))).startsWith("DE 2 at byte 12: expected a length in whole");
    }

    @Test
    void shouldCountHalfBytesAheadOfRawBytes() {
        WireField field = variable(WireType.BINARY, Encoding.BINARY, LL.counting(LengthUnit.NIBBLES), 9);
        shouldReadAndWrite(field, "9F0A", "3034 9F0A");
        assertThat(Dialect.of(field).refusal(hex("3033 9F0A", 2)))
                .isEqualTo("DE 2 at byte 12: expected a length in whole bytes of the value");
        assertThat(Dialect.of(field).refusal(hex("3230 9F0A", 2)))
                .isEqualTo("DE 2 at byte 12: expected at most 9, length=10");
    }

    @Test
    void shouldKeepTheRoomOfTheGreatestLength() {
        WireField field = variable(WireType.STRING, Encoding.ASCII, LL.withFixedRoom(), 5);
        shouldReadAndWrite(field, "ABC", "3033 4142432020");
        shouldReadAndWrite(field.padded(Padding.left('*', false)), "ABCDE", "3035 4142434445");
    }

    @Test
    void shouldWriteTheTrackSeparatorAsNibbleD() {
        WireField field = WireField.prefixed("2", WireType.TRACK2, Encoding.LBCD, LL, 37, CharClass.Z);
        shouldReadAndWrite(field, "12=34", "3035 12D340");
    }

    @Test
    void shouldTakeFillingOffWhereTheDialectDoes() {
        shouldReadAndWrite(Dialect.n("2", 6).padded(Padding.left('0', true)), "123", "303030313233");
        shouldReadAndWrite(Dialect.n("2", 6).padded(Padding.left('0', true)), "0", "303030303030");
        WireField text = fixed(WireType.STRING, Encoding.EBCDIC, 5, CharClass.ANS);
        shouldReadAndWrite(text.padded(Padding.right(' ', true)), "AB", "C1C2404040");
        shouldReadAndWrite(text.padded(Padding.right(' ', true)), "", "4040404040");
        WireField bcd = fixed(WireType.NUMERIC, Encoding.BCD, 5, CharClass.N);
        shouldReadAndWrite(bcd.padded(Padding.left('0', true)), "12", "000012");
    }

    @Test
    void shouldLeaveFillingOnWhereTheDialectDoes() {
        Dialect dialect = Dialect.of(Dialect.n("2", 6).padded(Padding.left('0', false)));
        assertThat(dialect.decoded(hex("303030313233", 2)).value("2")).isEqualTo("000123");
        assertThat(dialect.encoded(Dialect.message("2", "123"))).isEqualTo(hex("303030313233", 2));
    }

    @Test
    void shouldAllowFillingThatIsNotOfTheClass() {
        shouldReadAndWrite(Dialect.n("2", 5).padded(Padding.left(' ', true)), "12", "2020203132");
        Dialect dialect = Dialect.of(Dialect.n("2", 5).padded(Padding.left(' ', true)));
        assertThat(dialect.refusal(hex("2020313220", 2))).isEqualTo("DE 2 at byte 12: expected characters of class N");
    }

    @Test
    void shouldConvertBetweenHexTextAndBytes() {
        IsoMessage message = new IsoMessage();
        message.setMti(100);
        message.setBytes(2, new byte[] {(byte) 0x9F, 0x0A}, 0, 2);
        Dialect text = Dialect.of(fixed(WireType.STRING, Encoding.ASCII, 4, CharClass.HEX));
        assertThat(text.encoded(message)).isEqualTo(hex("39463041", 2));
        Dialect bytes = Dialect.of(fixed(WireType.BINARY, Encoding.BINARY, 2, CharClass.ANY));
        assertThat(bytes.encoded(text.decoded(hex("39463041", 2)).message)).isEqualTo(hex("9F0A", 2));
    }
}
