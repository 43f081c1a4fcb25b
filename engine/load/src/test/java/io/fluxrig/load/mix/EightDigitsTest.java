package io.fluxrig.load.mix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EightDigitsTest {
    private static final long ASCII = 0x3030_3030_3030_3030L;

    private static String written(int number) {
        byte[] bytes = new byte[10];
        EightDigits.write(bytes, 1, number, ASCII);
        assertThat(bytes[0]).isZero();
        assertThat(bytes[9]).isZero();
        return new String(bytes, 1, 8, StandardCharsets.US_ASCII);
    }

    private static int read(String digits) {
        return EightDigits.read(("x" + digits + "x").getBytes(StandardCharsets.US_ASCII), 1);
    }

    @Test
    void shouldWriteTheMostSignificantDigitFirst() {
        assertThat(written(12_345_678)).isEqualTo("12345678");
        assertThat(written(42)).isEqualTo("00000042");
        assertThat(written(0)).isEqualTo("00000000");
        assertThat(written(99_999_999)).isEqualTo("99999999");
    }

    @Test
    void shouldReadTheMostSignificantDigitFirst() {
        assertThat(read("12345678")).isEqualTo(12_345_678);
        assertThat(read("00000042")).isEqualTo(42);
        assertThat(read("99999999")).isEqualTo(99_999_999);
    }

    @Test
    void shouldKeepTheZoneOfTheZeros() {
        byte[] ebcdic = new byte[8];
        EightDigits.write(ebcdic, 0, 1_234, 0xF0F0_F0F0_F0F0_F0F0L);

        assertThat(ebcdic).containsExactly(new byte[] {
            (byte) 0xF0, (byte) 0xF0, (byte) 0xF0, (byte) 0xF0, (byte) 0xF1, (byte) 0xF2, (byte) 0xF3, (byte) 0xF4
        });
    }

    @Test
    void shouldReadWhatItWrote() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 100_000; i++) {
            int number = random.nextInt(EightDigits.MODULUS);
            assertThat(read(written(number))).isEqualTo(number);
        }
    }
}
