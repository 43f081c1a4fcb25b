package io.fluxrig.iso.tlv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlvCursorTest {

    private static TlvCursor over(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new TlvCursor().wrap(bytes, 0, bytes.length);
    }

    @Test
    void shouldStepThroughTagsOfOneToFourBytes() {
        TlvCursor cursor = over("9502AABB" + "9F020100" + "DF810101CC" + "DF81820300");
        assertThat(cursor.next()).isEqualTo(4);
        assertThat(cursor.tag()).isEqualTo(0x95);
        assertThat(cursor.valueOffset()).isEqualTo(2);
        assertThat(cursor.valueLength()).isEqualTo(2);
        assertThat(cursor.next()).isEqualTo(4);
        assertThat(cursor.tag()).isEqualTo(0x9F02);
        assertThat(cursor.next()).isEqualTo(5);
        assertThat(cursor.tag()).isEqualTo(0xDF8101);
        assertThat(cursor.next()).isEqualTo(5);
        assertThat(cursor.tag()).isEqualTo(0xDF818203);
        assertThat(cursor.next()).isEqualTo(TlvCursor.END);
    }

    @Test
    void shouldReadLongLengths() {
        TlvCursor cursor = over("95820003AABBCC" + "958101DD");
        assertThat(cursor.next()).isEqualTo(7);
        assertThat(cursor.valueLength()).isEqualTo(3);
        assertThat(cursor.next()).isEqualTo(4);
        assertThat(cursor.valueLength()).isEqualTo(1);
    }

    @Test
    void shouldStepOverZeros() {
        TlvCursor cursor = over("0000" + "9501AA" + "00");
        assertThat(cursor.next()).isEqualTo(3);
        assertThat(cursor.valueOffset()).isEqualTo(4);
        assertThat(cursor.next()).isEqualTo(TlvCursor.END);
    }

    @ParameterizedTest
    @CsvSource({"9F, -1", "95, -1", "9502AA, -1", "958200, -1", "DF8182838401, -2", "9580AA, -3", "9584000000AA, -3"})
    void shouldRefuseWhatIsNoTlv(String hex, int code) {
        assertThat(over(hex).next()).isEqualTo(code);
    }
}
