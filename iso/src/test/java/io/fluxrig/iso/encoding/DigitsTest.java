package io.fluxrig.iso.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every byte at every place of every length up to three steps, with and without room behind. */
class DigitsTest {

    private interface Check {
        boolean passes(byte[] bytes, int offset, int length);
    }

    private interface Truth {
        boolean holds(int value);
    }

    private static void shouldAgree(Check check, int good, Truth truth) {
        for (int length = 0; length <= 20; length++) {
            for (int room = 0; room <= 8; room += 8) {
                byte[] bytes = new byte[3 + length + room];
                Arrays.fill(bytes, (byte) 0xEE);
                Arrays.fill(bytes, 3, 3 + length, (byte) good);
                assertThat(check.passes(bytes, 3, length)).isTrue();
                for (int at = 0; at < length; at++) {
                    for (int value = 0; value < 256; value++) {
                        bytes[3 + at] = (byte) value;
                        assertThat(check.passes(bytes, 3, length))
                                .as("%02X at %d of %d", value, at, length)
                                .isEqualTo(truth.holds(value));
                    }
                    bytes[3 + at] = (byte) good;
                }
            }
        }
    }

    @Test
    void shouldKnowAsciiDigits() {
        shouldAgree(Digits::areAscii, '5', value -> value >= '0' && value <= '9');
    }

    @Test
    void shouldKnowEbcdicDigits() {
        shouldAgree(Digits::areEbcdic, 0xF7, value -> value >= 0xF0 && value <= 0xF9);
    }

    @Test
    void shouldKnowBcdDigits() {
        shouldAgree(Digits::areBcd, 0x97, value -> value >> 4 <= 9 && (value & 0xF) <= 9);
    }

    @Test
    void shouldKnowAsciiDigitsInHex() {
        for (int length = 0; length <= 20; length += 2) {
            for (int room = 0; room <= 8; room += 8) {
                byte[] bytes = new byte[3 + length + room];
                Arrays.fill(bytes, (byte) 0xEE);
                for (int at = 0; at < length; at++) {
                    bytes[3 + at] = (byte) (at % 2 == 0 ? '3' : '7');
                }
                assertThat(Digits.areAsciiInHex(bytes, 3, length)).isTrue();
                for (int at = 0; at < length; at++) {
                    byte good = bytes[3 + at];
                    for (int value = 0; value < 256; value++) {
                        bytes[3 + at] = (byte) value;
                        assertThat(Digits.areAsciiInHex(bytes, 3, length))
                                .as("%02X at %d of %d", value, at, length)
                                .isEqualTo(at % 2 == 0 ? value == '3' : value >= '0' && value <= '9');
                    }
                    bytes[3 + at] = good;
                }
            }
        }
    }

    @Test
    void shouldKnowHexDigits() {
        shouldAgree(Hex::areDigits, 'f', value -> Hex.digit(value) >= 0);
    }

    @Test
    void shouldKnowPrintableCharacters() {
        shouldAgree(Characters::arePrintable, '~', value -> value >= 0x20 && value <= 0x7E);
    }

    @Test
    void shouldKnowAlphanumericCharacters() {
        shouldAgree(Characters::areAlphanumeric, 'z', value -> value == ' ' || isLetterOrDigit(value));
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
