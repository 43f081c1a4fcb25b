package io.fluxrig.iso.codec;

import static io.fluxrig.iso.codec.Dialect.MTI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.BitmapSpec.Tertiary;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BitmapWireTest {

    private static Dialect dialect(BitmapSpec bitmap, int... fields) {
        Map<Integer, WireField> defined = new TreeMap<>();
        for (int field : fields) {
            defined.put(field, Dialect.n(Integer.toString(field), 1));
        }
        return new Dialect(new WireSpec("bitmaps", MTI, bitmap, defined));
    }

    private static void shouldReadAndWrite(Dialect dialect, String hex, String... pathsAndValues) {
        for (int i = 0; i < 3; i++) {
            dialect.decoded(hex);
            int fields = 0;
            for (int field = dialect.message.nextField(0); field > 0; field = dialect.message.nextField(field)) {
                fields++;
            }
            assertThat(fields).isEqualTo(pathsAndValues.length / 2);
            for (int at = 0; at < pathsAndValues.length; at += 2) {
                assertThat(dialect.value(pathsAndValues[at])).isEqualTo(pathsAndValues[at + 1]);
            }
        }
        String clean = hex.replace(" ", "");
        assertThat(dialect.encoded(dialect.message)).isEqualTo(clean);
        assertThat(dialect.encoded(Dialect.message(pathsAndValues))).isEqualTo(clean);
    }

    @Test
    void shouldReadAndWriteAPrimary() {
        Dialect dialect = dialect(BitmapSpec.secondary(Encoding.BINARY), 2, 64);
        shouldReadAndWrite(dialect, "30313030 4000000000000001 37 38", "2", "7", "64", "8");
    }

    @Test
    void shouldReadAndWriteASecondary() {
        Dialect dialect = dialect(BitmapSpec.secondary(Encoding.BINARY), 2, 65, 128);
        shouldReadAndWrite(
                dialect, "30313030 C000000000000000 8000000000000001 37 38 39", "2", "7", "65", "8", "128", "9");
    }

    @Test
    void shouldReadAndWriteHexInAsciiAndEbcdic() {
        shouldReadAndWrite(
                dialect(BitmapSpec.secondary(Encoding.HEX_ASCII), 2, 70),
                "30313030" + Dialect.text("C000000000000000" + "0400000000000000") + "37 38",
                "2",
                "7",
                "70",
                "8");
        shouldReadAndWrite(
                dialect(BitmapSpec.secondary(Encoding.HEX_EBCDIC), 2),
                "30313030 F4F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0 37",
                "2",
                "7");
    }

    @Test
    void shouldReadHexInLowerCase() {
        Dialect dialect = dialect(BitmapSpec.secondary(Encoding.HEX_ASCII), 2, 3, 70);
        dialect.decoded("30313030" + Dialect.text("e000000000000000" + "0400000000000000") + "37 38 39");
        assertThat(dialect.value("70")).isEqualTo("9");
    }

    @Test
    void shouldReadAndWriteATertiaryBehindTheSecondary() {
        Dialect dialect = dialect(new BitmapSpec(Encoding.BINARY, 8, 24, Tertiary.CONTIGUOUS), 2, 66, 129, 192);
        shouldReadAndWrite(
                dialect,
                "30313030 C000000000000000 C000000000000000 8000000000000001 37 38 39 30",
                "2",
                "7",
                "66",
                "8",
                "129",
                "9",
                "192",
                "0");
        shouldReadAndWrite(dialect, "30313030 4000000000000000 37", "2", "7");
    }

    @Test
    void shouldReadAndWriteATertiaryInTheField65() {
        Dialect dialect = dialect(new BitmapSpec(Encoding.BINARY, 8, 24, Tertiary.IN_FIELD_65), 2, 66, 130);
        shouldReadAndWrite(
                dialect,
                "30313030 C000000000000000 C000000000000000 37 4000000000000000 38 39",
                "2",
                "7",
                "66",
                "8",
                "130",
                "9");
        shouldReadAndWrite(dialect, "30313030 C000000000000000 4000000000000000 37 38", "2", "7", "66", "8");
    }

    @Test
    void shouldWriteAChangedMessageAroundATertiaryInField65() {
        Dialect dialect = dialect(new BitmapSpec(Encoding.BINARY, 8, 24, Tertiary.IN_FIELD_65), 2, 66, 130);
        dialect.decoded("30313030 C000000000000000 C000000000000000 37 4000000000000000 38 39");
        dialect.message.setAscii(66, "5");
        assertThat(dialect.encoded(dialect.message))
                .isEqualTo("30313030 C000000000000000 C000000000000000 37 4000000000000000 35 39".replace(" ", ""));
        dialect.message.unset(130);
        assertThat(dialect.encoded(dialect.message))
                .isEqualTo("30313030 C000000000000000 4000000000000000 37 35".replace(" ", ""));
    }

    @Test
    void shouldHaveAFieldOneWhereNothingExtends() {
        Dialect dialect = dialect(BitmapSpec.fixed(Encoding.BINARY, 8), 1, 2);
        shouldReadAndWrite(dialect, "30313030 C000000000000000 37 38", "1", "7", "2", "8");
    }

    @Test
    void shouldRefuseUndefinedFieldsAtTheirBit() {
        Dialect dialect = dialect(BitmapSpec.secondary(Encoding.BINARY), 2);
        assertThat(dialect.refusal("30313030 4000000000000001 37"))
                .isEqualTo("DE 64 at byte 11: expected only fields that the dialect has");
        assertThat(dialect.refusal("30313030 8000000000000000 0000000000000001"))
                .isEqualTo("DE 128 at byte 19: expected only fields that the dialect has");
        Dialect hex = dialect(BitmapSpec.secondary(Encoding.HEX_ASCII), 2);
        assertThat(hex.refusal("30313030" + Dialect.text("4000000000000001") + "37"))
                .isEqualTo("DE 64 at byte 19: expected only fields that the dialect has");
        Dialect third = dialect(new BitmapSpec(Encoding.BINARY, 8, 24, Tertiary.IN_FIELD_65), 2);
        assertThat(third.refusal("30313030 8000000000000000 8000000000000000 0000000000000001"))
                .isEqualTo("DE 192 at byte 27: expected only fields that the dialect has");
    }

    @Test
    void shouldRefuseTruncatedAndMalformedBitmaps() {
        Dialect binary = dialect(BitmapSpec.secondary(Encoding.BINARY), 2);
        assertThat(binary.refusal("30313030 40000000000000")).isEqualTo("bitmap at byte 4: expected 8 bytes, length=7");
        assertThat(binary.refusal("30313030 8000000000000000 00"))
                .isEqualTo("bitmap at byte 12: expected 8 bytes, length=1");
        Dialect hex = dialect(BitmapSpec.secondary(Encoding.HEX_ASCII), 2);
        assertThat(hex.refusal("30313030" + Dialect.text("40000000G0000000")))
                .isEqualTo("bitmap at byte 12: expected a bitmap in hex digits");
    }

    @Test
    void shouldRefuseSpecsThatContradictTheirBitmap() {
        assertThatThrownBy(() -> dialect(BitmapSpec.secondary(Encoding.BINARY), 1))
                .hasMessageContaining("DE 1");
        assertThatThrownBy(() -> dialect(BitmapSpec.secondary(Encoding.BINARY), 129))
                .hasMessageContaining("DE 129");
        assertThatThrownBy(() -> dialect(new BitmapSpec(Encoding.BINARY, 8, 24, Tertiary.CONTIGUOUS), 65))
                .hasMessageContaining("DE 65");
    }
}
