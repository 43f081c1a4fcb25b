package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlvLengthsTest {

    private static boolean fit(String hex) {
        return new TlvLengths(HexFormat.of().parseHex(hex), false).fit();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9F0206000000012345",
                "9F028106000000012345",
                "820200018400",
                "828084020102",
                "6F0484020102",
                "E108E206E3049F010101",
                "0000820100"
            })
    void shouldPassLengthsWithinTheirBytes(String hex) {
        assertThat(fit(hex)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9F02847FFFFFFF00",
                "9F0284FFFFFFFF00",
                "9F02850000000001FF",
                "820300",
                "82",
                "9F",
                "9F80",
                "828200",
                "6F06" + "84847FFFFFFF",
                "6F0384020102",
                "00847FFFFFFF"
            })
    void shouldRefuseLengthsBeyondThem(String hex) {
        assertThat(fit(hex)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 8000})
    void shouldNotNestWithoutEnd(int depth) {
        byte[] nested = new byte[0];
        for (int i = 0; i < depth; i++) {
            byte[] outer = new byte[nested.length + 4];
            outer[0] = (byte) 0xE1;
            outer[1] = (byte) 0x82;
            outer[2] = (byte) (nested.length >> 8);
            outer[3] = (byte) nested.length;
            System.arraycopy(nested, 0, outer, 4, nested.length);
            nested = outer;
        }

        assertThat(new TlvLengths(nested, false).fit()).isEqualTo(depth <= 16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9F02043132", "820231", "8202318400"})
    void shouldCountCharactersWhereTheyAreHex(String text) {
        assertThat(new TlvLengths(text.getBytes(US_ASCII), true).fit()).isTrue();
        assertThat(new TlvLengths(text.substring(0, text.length() - 1).getBytes(US_ASCII), true).fit())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9F02847FFFFFFF00", "6F0482023132", "8Z0231", "82F"})
    void shouldRefuseHexThatJposCannotUnpack(String text) {
        assertThat(new TlvLengths(text.getBytes(US_ASCII), true).fit()).isFalse();
    }
}
