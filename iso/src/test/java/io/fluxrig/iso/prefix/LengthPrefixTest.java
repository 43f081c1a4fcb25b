package io.fluxrig.iso.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Prefix;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthPrefixTest {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @ParameterizedTest
    @CsvSource({
        "ASCII, 1, 7, 37",
        "ASCII, 2, 19, 3139",
        "ASCII, 3, 19, 303139",
        "ASCII, 4, 1234, 31323334",
        "ASCII, 5, 12345, 3132333435",
        "ASCII, 6, 999999, 393939393939",
        "EBCDIC, 1, 7, F7",
        "EBCDIC, 2, 19, F1F9",
        "EBCDIC1047, 3, 19, F0F1F9",
        "EBCDIC, 6, 123456, F1F2F3F4F5F6",
        "BCD, 1, 7, 07",
        "BCD, 2, 19, 19",
        "BCD, 3, 219, 0219",
        "BCD, 4, 1219, 1219",
        "BCD, 5, 31219, 031219",
        "BCD, 6, 431219, 431219",
        "BINARY, 1, 255, FF",
        "BINARY, 2, 258, 0102",
        "BINARY, 3, 65539, 010003",
        "BINARY, 4, 16777217, 01000001",
        "HEX_ASCII, 1, 19, 3133",
        "HEX_ASCII, 2, 258, 30313032",
        "HEX_ASCII, 3, 65539, 303130303033",
    })
    void shouldReadAndWriteDigits(Encoding enc, int digits, int length, String hex) {
        Prefix prefix = Prefix.of(enc, digits);
        byte[] wire = HEX.parseHex(hex);
        int op = LengthPrefix.op(prefix);
        assertThat(LengthPrefix.bytes(prefix)).isEqualTo(wire.length);
        assertThat(LengthPrefix.read(op, wire.length, wire, 0)).isEqualTo(length);
        byte[] written = new byte[wire.length];
        LengthPrefix.write(op, wire.length, length, written, 0);
        assertThat(HEX.formatHex(written)).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "ASCII, 2, 313A",
        "ASCII, 2, 2F31",
        "ASCII, 3, 303A39",
        "ASCII, 2, F1F9",
        "EBCDIC, 2, F1FA",
        "EBCDIC, 2, 3139",
        "BCD, 2, 1A",
        "BCD, 2, A1",
        "HEX_ASCII, 1, 3147",
    })
    void shouldRefuseWhatAreNoDigits(Encoding enc, int digits, String hex) {
        byte[] wire = HEX.parseHex(hex);
        int op = LengthPrefix.op(Prefix.of(enc, digits));
        assertThat(LengthPrefix.read(op, wire.length, wire, 0)).isEqualTo(LengthPrefix.MALFORMED);
    }

    @Test
    void shouldNotOverflowALongBinaryLength() {
        byte[] wire = HEX.parseHex("FFFFFFFFFFFF");
        assertThat(LengthPrefix.read(LengthPrefix.BINARY, 6, wire, 0)).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"0, 00", "127, 7F", "128, 8180", "255, 81FF", "256, 820100", "65535, 82FFFF", "65536, 83010000"})
    void shouldReadAndWriteBer(int length, String hex) {
        byte[] wire = HEX.parseHex(hex);
        assertThat(LengthPrefix.berBytes(wire[0])).isEqualTo(wire.length);
        assertThat(LengthPrefix.readBer(wire, 0, wire.length)).isEqualTo(length);
        byte[] written = new byte[4];
        assertThat(LengthPrefix.writeBer(length, written, 0)).isEqualTo(wire.length);
        assertThat(HEX.formatHex(written, 0, wire.length)).isEqualTo(hex);
    }

    @Test
    void shouldReadBerLengthsLongerThanNeeded() {
        byte[] wire = HEX.parseHex("83000005");
        assertThat(LengthPrefix.readBer(wire, 0, LengthPrefix.berBytes(wire[0])))
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"80", "84", "FF"})
    void shouldRefuseIndefiniteAndHugeBerLengths(String hex) {
        assertThat(LengthPrefix.berBytes(HEX.parseHex(hex)[0])).isEqualTo(LengthPrefix.MALFORMED);
    }

    @Test
    void shouldRefuseEncodingsThatHaveNoDigits() {
        assertThatThrownBy(() -> LengthPrefix.op(Prefix.of(Encoding.SIGN_BCD, 2)))
                .hasMessageContaining("SIGN_BCD");
    }
}
