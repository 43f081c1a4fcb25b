package io.fluxrig.iso.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BcdTest {

    private static String encoded(String digits, boolean left, int filler) {
        byte[] text = digits.getBytes(StandardCharsets.US_ASCII);
        byte[] dst = new byte[Bcd.bytes(digits.length())];
        Arrays.fill(dst, (byte) 0xEE);
        Bcd.encode(text, 0, text.length, left, filler, dst, 0);
        return HexFormat.of().withUpperCase().formatHex(dst);
    }

    private static String decoded(String hex, int nibble, int digits, boolean separators) {
        byte[] dst = new byte[digits];
        Bcd.decode(HexFormat.of().parseHex(hex), 0, nibble, digits, separators, dst, 0);
        return new String(dst, StandardCharsets.US_ASCII);
    }

    @Test
    void shouldWriteEvenCountsAlikeOnBothSides() {
        assertThat(encoded("1234", false, 0)).isEqualTo("1234");
        assertThat(encoded("1234", true, 0xF)).isEqualTo("1234");
        assertThat(encoded("", true, 0)).isEmpty();
    }

    @Test
    void shouldFillTheOddNibble() {
        assertThat(encoded("12345", false, 0)).isEqualTo("012345");
        assertThat(encoded("12345", false, 0xF)).isEqualTo("F12345");
        assertThat(encoded("12345", true, 0)).isEqualTo("123450");
        assertThat(encoded("12345", true, 0xF)).isEqualTo("12345F");
        assertThat(encoded("7", false, 0)).isEqualTo("07");
        assertThat(encoded("7", true, 0xF)).isEqualTo("7F");
    }

    @Test
    void shouldReadFromEitherNibble() {
        assertThat(decoded("012345", 1, 5, false)).isEqualTo("12345");
        assertThat(decoded("12345F", 0, 5, false)).isEqualTo("12345");
    }

    @Test
    void shouldReadWhatItWritesWhateverTheLength() {
        String digits = "0123456789=ABCDEF9876543210D1=2345";
        for (int length = 0; length <= digits.length(); length++) {
            String text = digits.substring(0, length);
            boolean odd = length % 2 != 0;
            String nibbles = text.replace('=', 'D');
            assertThat(encoded(text, false, 0xF)).isEqualTo(odd ? "F" + nibbles : nibbles);
            assertThat(encoded(text, true, 0)).isEqualTo(odd ? nibbles + "0" : nibbles);
            assertThat(decoded(encoded(text, false, 0), odd ? 1 : 0, length, false))
                    .isEqualTo(nibbles);
            assertThat(decoded(encoded(text, true, 0), 0, length, true)).isEqualTo(nibbles.replace('D', '='));
        }
    }

    @Test
    void shouldReadTheTrackSeparator() {
        assertThat(decoded("12D4", 0, 4, true)).isEqualTo("12=4");
        assertThat(decoded("12D4", 0, 4, false)).isEqualTo("12D4");
        assertThat(encoded("12=4", false, 0)).isEqualTo("12D4");
    }
}
