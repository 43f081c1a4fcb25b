package io.fluxrig.iso.codec;

import static io.fluxrig.iso.codec.Dialect.LL;
import static io.fluxrig.iso.codec.Dialect.hex;
import static io.fluxrig.iso.codec.Dialect.n;
import static io.fluxrig.iso.codec.Dialect.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What a refused message can still be answered with. */
class ReadablePartTest {
    private final Dialect dialect = Dialect.of(
            WireField.prefixed("2", WireType.NUMERIC, Encoding.ASCII, LL, 19, CharClass.N),
            n("3", 6),
            n("11", 6),
            n("39", 2),
            n("41", 8));

    private int read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(dialect.decode(hex)).isNegative();
        return dialect.codec.decodeReadable(bytes, 0, bytes.length, dialect.message);
    }

    @Test
    void shouldReadTheFieldsBeforeTheOneThatIsRefused() {
        assertThat(read(hex(text("000000" + "000042" + "TERM0001"), 3, 11, 41))).isPositive();

        assertThat(dialect.codec.error().path()).isEqualTo("DE 41");
        assertThat(dialect.message.text(3)).isEqualTo("000000");
        assertThat(dialect.message.text(11)).isEqualTo("000042");
        assertThat(dialect.message.has(41)).isFalse();
        assertThat(dialect.message.nextField(11)).isNegative();
        assertThat(dialect.message.pristine()).isFalse();
    }

    @Test
    void shouldWriteAnAnswerFromThem() {
        read(hex(text("000000" + "000042" + "TERM0001"), 3, 11, 41));
        dialect.message.setMti(110);
        dialect.message.setAscii(39, "30");
        byte[] answer = new byte[64];

        int length = dialect.codec.encode(dialect.message, answer, 0);

        assertThat(new String(answer, 0, length, StandardCharsets.ISO_8859_1))
                .startsWith("0110")
                .endsWith("000000" + "000042" + "30");
    }

    @Test
    void shouldStopAtAFieldThatTheDialectLacks() {
        assertThat(read(hex(text("000000" + "XXXX" + "000042"), 3, 9, 11))).isPositive();

        assertThat(dialect.message.text(3)).isEqualTo("000000");
        assertThat(dialect.message.has(9)).isFalse();
        assertThat(dialect.message.has(11)).isFalse();
    }

    @Test
    void shouldReadAllFieldsOfAMessageWithBytesBehindThem() {
        read(hex(text("000042" + "ZZ"), 11));

        assertThat(dialect.message.text(11)).isEqualTo("000042");
    }

    @Test
    void shouldReadNothingWithoutTypeOrBitmap() {
        assertThat(read("303131")).isEqualTo(CodecError.TRUNCATED);
        assertThat(dialect.message.nextField(-1)).isEqualTo(-1);
        assertThat(read("30313030C0")).isEqualTo(CodecError.TRUNCATED);
        assertThat(dialect.message.nextField(-1)).isEqualTo(-1);
    }
}
