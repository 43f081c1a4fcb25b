package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One small message in every base, by literal bytes. */
class BaseBytesTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @ParameterizedTest
    @CsvSource({
        "moov:spec87ascii, 30383030" + "30303230303030303030303031303030" + "303030303432"
                + "30313233343536373839414243444546",
        "fluxrig:v87-binary, 0800" + "0020000000001000" + "000042" + "0123456789ABCDEF",
        "fluxrig:v93-binary, 0800" + "0020000000001000" + "000042" + "0123456789ABCDEF",
        "fluxrig:v87-ebcdic, F0F8F0F0" + "0020000000001000" + "F0F0F0F0F4F2" + "0123456789ABCDEF"
    })
    void shouldWriteAndReadLiteralBytes(String base, String hex) {
        IsoCodec codec = codec(base);
        IsoMessage message = new IsoMessage();
        message.setMti(800);
        message.setAscii(11, "000042");
        byte[] pin = HEX.parseHex("0123456789ABCDEF");
        message.setBytes(52, pin, 0, pin.length);
        byte[] dst = new byte[256];

        int length = codec.encode(message, dst, 0);

        assertThat(length).as("%s", codec.error()).isPositive();
        assertThat(HEX.formatHex(dst, 0, length)).isEqualTo(hex);
        assertThat(codec.decode(dst, 0, length, message)).isEqualTo(length);
        assertThat(message.text(11)).isEqualTo("000042");
    }

    @ParameterizedTest
    @CsvSource({"moov:spec87hex, 3330333833303330" + "30303230303030303030303030303030" + "333033303330333033343332"})
    void shouldWriteEveryByteAsTwoHexCharacters(String base, String hex) {
        IsoCodec codec = codec(base);
        IsoMessage message = new IsoMessage();
        message.setMti(800);
        message.setAscii(11, "000042");
        byte[] dst = new byte[256];

        int length = codec.encode(message, dst, 0);

        assertThat(length).as("%s", codec.error()).isPositive();
        assertThat(HEX.formatHex(dst, 0, length)).isEqualTo(hex);
        assertThat(codec.decode(dst, 0, length, message)).isEqualTo(length);
        assertThat(message.text(11)).isEqualTo("000042");
    }

    private static IsoCodec codec(String base) {
        return new IsoCodec(SpecLoaderTest.load("spec: { id: a, version: 1.0.0, wire: { source: '" + base + "' } }")
                .orThrow()
                .wire());
    }
}
