package io.fluxrig.iso.spec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToleranceTest {
    /** 2, 11 and 126, the last of which the dialect lacks. */
    private static final String WITH_126 =
            "0800" + "C020000000000000" + "0000000000000004" + "101234567890" + "000001" + "004ABCD";

    private final IsoMessage message = new IsoMessage();
    private IsoCodec codec;

    private int decode(String keys, String text) {
        return decode(keys, "32: { length: 5 }", text);
    }

    private int decode(String keys, String field, String text) {
        String wire = "{ source: moov:spec87ascii, fields: { " + field + ", 126: null }, " + keys + " }";
        codec = new IsoCodec(SpecLoaderTest.load("spec: { id: a, version: 1.0.0, wire: " + wire + " }")
                .orThrow()
                .wire());
        byte[] bytes = text.getBytes(US_ASCII);
        return codec.decode(bytes, 0, bytes.length, message);
    }

    /** What comes out of a message that a field was set in, so that it is written field by field. */
    private String rewritten() {
        message.setAscii(11, "000002");
        byte[] out = new byte[512];
        int length = codec.encode(message, out, 0);
        assertThat(length).as(codec.error().toString()).isPositive();
        return new String(Arrays.copyOf(out, length), US_ASCII);
    }

    @Test
    void shouldRefuseUnlessTheSpecSaysOtherwise() {
        assertThat(decode("", "0800" + "0020000100000000" + "000001" + "06123456"))
                .isEqualTo(CodecError.LENGTH_OUT_OF_BOUNDS);
        assertThat(decode("", "0800" + "0020000000000000" + "00000A")).isEqualTo(CodecError.CHARACTER);
        assertThat(decode("", WITH_126)).isEqualTo(CodecError.FIELD_UNDEFINED);
        assertThat(decode("", "0800" + "0020000000000000" + "000001" + "X")).isEqualTo(CodecError.TRAILING_BYTES);
    }

    @Test
    void shouldTakeOverLongValuesAsFarAsTheirPrefixTells() {
        String text = "0800" + "0020000100000000" + "000001" + "06123456";

        assertThat(decode("over_long: accept", text)).isEqualTo(text.length());
        assertThat(message.text(32)).isEqualTo("123456");
        assertThat(rewritten()).isEqualTo("0800" + "0020000100000000" + "000002" + "06123456");
    }

    private int decode48(String field, String text) {
        return decode("over_long: accept", "48: { " + field + " }", text);
    }

    @Test
    void shouldTakeTwoDigitsForEachByteThatAPrefixTells() {
        String text = "0800" + "0020000000010000" + "000001" + "99" + "5".repeat(99);

        assertThat(decode48("type: Numeric, length: 11, enc: BCD, prefix: ASCII.LL, prefix_counts: bytes", text))
                .isEqualTo(text.length());
        assertThat(message.text(48)).isEqualTo("35".repeat(99));
        assertThat(rewritten()).isEqualTo(text.replace("00000199", "00000299"));
    }

    @ParameterizedTest
    @CsvSource({
        "BCD, Numeric, bytes, 198",
        "BytesToASCIIHex, Binary, bytes, 49",
        "Binary, Binary, nibbles, 49",
        "Binary, Binary, bytes, 99",
        "ASCII, String, value, 99"
    })
    void shouldWriteNoLengthThatThePrefixCannotTell(String enc, String type, String counts, int longest) {
        decode48(
                "type: " + type + ", length: 4, enc: " + enc + ", prefix: ASCII.LL, prefix_counts: " + counts,
                "0800" + "0020000000000000" + "000001");

        assertThat(encodesOf48(longest)).isPositive();
        assertThat(encodesOf48(longest + 1)).isEqualTo(CodecError.LENGTH_OUT_OF_BOUNDS);
    }

    private int encodesOf48(int units) {
        byte[] value = "1".repeat(units).getBytes(US_ASCII);
        message.set(48, value, 0, value.length);
        return codec.encode(message, new byte[512], 0);
    }

    @Test
    void shouldStillBoundWhatHasNoPrefix() {
        assertThat(decode("over_long: accept", "0800" + "0020000000000000" + "0000001"))
                .isEqualTo(CodecError.TRAILING_BYTES);
    }

    @Test
    void shouldTakeOtherCharactersInNumericValuesButNotInTheMessageType() {
        String text = "0800" + "4020000000000000" + "0512 4X" + "000001";

        assertThat(decode("non_digits: accept", text)).isEqualTo(text.length());
        assertThat(message.text(2)).isEqualTo("12 4X");
        assertThat(rewritten()).isEqualTo("0800" + "4020000000000000" + "0512 4X" + "000002");
        assertThat(decode("non_digits: accept", "08X0" + "0020000000000000" + "000001"))
                .isNegative();
    }

    @Test
    void shouldKeepUnknownFieldsByteForByte() {
        String keys = "unknown_fields: preserve, unknown_prefix: ASCII.LLL";

        assertThat(decode(keys, WITH_126)).isEqualTo(WITH_126.length());
        assertThat(message.kind(126)).isEqualTo(IsoMessage.BYTES);
        assertThat(message.text(126)).isEqualTo("41424344");
        assertThat(rewritten()).isEqualTo(WITH_126.replace("000001", "000002"));
    }

    @Test
    void shouldBoundUnknownFieldsByTheMessage() {
        String keys = "unknown_fields: preserve, unknown_prefix: ASCII.LLL";

        assertThat(decode(keys, WITH_126.replace("004ABCD", "999ABCD"))).isEqualTo(CodecError.TRUNCATED);
    }

    @Test
    void shouldLeaveTrailingBytesAlone() {
        String text = "0800" + "0020000000000000" + "000001" + "X";

        assertThat(decode("trailing_bytes: ignore", text)).isEqualTo(text.length() - 1);
    }
}
