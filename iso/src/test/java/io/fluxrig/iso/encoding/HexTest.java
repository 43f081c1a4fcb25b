package io.fluxrig.iso.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.buffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HexTest {

    @Test
    void shouldReadAndWriteEightDigitsAtOnce() {
        byte[] text = "09afAF7e".getBytes(StandardCharsets.US_ASCII);
        assertThat(Hex.areDigits(Bytes.longBe(text, 0))).isTrue();
        assertThat(Hex.pack(Bytes.longBe(text, 0))).isEqualTo(0x09AF_AF7EL);
        Bytes.putLongBe(text, 0, Hex.spread(0x09AF_AF7EL));
        assertThat(text).asString(StandardCharsets.US_ASCII).isEqualTo("09AFAF7E");
    }

    @Test
    void shouldKnowHexDigitsAtEveryPlace() {
        for (int place = 0; place < 8; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] text = "00000000".getBytes(StandardCharsets.US_ASCII);
                text[place] = (byte) value;
                assertThat(Hex.areDigits(Bytes.longBe(text, 0)))
                        .as("%02X at %d", value, place)
                        .isEqualTo(Hex.digit(value) >= 0);
            }
        }
    }

    @Test
    void shouldReadWhatItWritesWhateverTheLength() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        for (int length = 0; length <= 256; length++) {
            byte[] text = new byte[2 * length];
            Hex.encode(all, 256 - length, length, text, 0);
            byte[] expected = Arrays.copyOfRange(all, 256 - length, 256);
            assertThat(text)
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(HexFormat.of().withUpperCase().formatHex(expected));
            byte[] read = new byte[length];
            Hex.decode(text, 0, length, read, 0);
            assertThat(read).isEqualTo(expected);
        }
    }

    @Test
    void shouldReadOctets() {
        assertThat(Hex.octet('9', 'f')).isEqualTo(0x9F);
        assertThat(Hex.octet('9', 'g')).isNegative();
        assertThat(Hex.octet('g', '9')).isNegative();
    }
}
