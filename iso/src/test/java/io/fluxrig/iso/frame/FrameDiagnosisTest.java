package io.fluxrig.iso.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameDiagnosisTest {
    private static String of(Framing.Builder framing, String hex) {
        Framing built = framing.build();
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        int code = new FrameDecoder(built).next(bytes, 0, bytes.length, new FrameView());
        assertThat(code).as("the decoder refuses it").isNotPositive();
        return FrameDiagnosis.of(built, code, bytes, 0, bytes.length);
    }

    private static String hex(String text) {
        return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Framing.Builder generic() {
        return Framing.builder(Variant.GENERIC);
    }

    @Test
    void shouldNameTheEncodingInWhichTheBytesAreAMessageType() {
        assertThat(of(generic(), "00 06 01 10 00 00 00 00"))
                .isEqualTo("the message type is written in bcd, not in ascii; set encoding: bcd");
        assertThat(of(generic(), "00 06 f0 f1 f1 f0 00 00")).endsWith("set encoding: ebcdic");
        assertThat(of(generic().peek(PeekEncoding.BCD), "00 06 30 31 31 30 00 00"))
                .endsWith("set encoding: ascii");
    }

    @Test
    void shouldSeeATpduThatNobodyAnnouncedOrThatIsMissing() {
        assertThat(of(generic(), "00 09 60 00 01 00 00 01 00 00 00"))
                .isEqualTo("a TPDU seems to stand before the message; set tpdu_enabled: true and encoding: bcd");
        assertThat(of(generic().tpduEnabled(true), "00 0c " + hex("0100abcd4321")))
                .isEqualTo("the message seems to come without a TPDU; set tpdu_enabled: false");
    }

    @Test
    void shouldSeeALengthThatIsWrittenOtherwise() {
        assertThat(of(generic(), hex("00060100ab")))
                .isEqualTo("it fits another length; set frame_length_size: 4 and frame_length_encoding: ascii");
        assertThat(of(generic().lengthSize(4).lengthEncoding(LengthEncoding.ASCII), "00 06 " + hex("0100ab")))
                .endsWith("set frame_length_size: 2 and frame_length_encoding: binary");
    }

    @Test
    void shouldSeeAnotherProtocol() {
        assertThat(of(generic(), "16 03 01 02 00 01 00 01 fc 03 03")).contains("speaks TLS", "tls.enabled: true");
        assertThat(of(generic(), hex("GET / HTTP/1.1"))).contains("speaks HTTP");
    }

    @Test
    void shouldShowTheFirstTwoBytesWhereNoDigitCanBeAmongThem() {
        assertThat(of(generic(), "00 06 a3 ff 00 00 00 00")).contains("(a3 ff)", "protocol_header_size");
    }

    @Test
    void shouldShowNoByteThatMayBeADigit() {
        for (String first : new String[] {"41 11", "34 31", "f4 f1", "4d 11", "a3 1f", "d2 a3"}) {
            assertThat(of(generic(), "00 06 " + first + " 11 11 11 11"))
                    .as(first)
                    .doesNotContain(first.substring(0, 2))
                    .doesNotContain(first.substring(3));
        }
    }

    @Test
    void shouldNameTheKeyOfALengthThatIsTooGreat() {
        assertThat(of(generic().lengthMax(100), "7f ff 00")).contains("frame_length_max", "frame_length_encoding");
    }
}
