package io.fluxrig.transport.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void shouldWriteTheNumbersAroundEveryPowerOfTen() {
        long power = 1;
        for (int digits = 1; digits <= 19; digits++) {
            for (long number = power - 2; number <= power + 2; number++) {
                assertDigits(number);
                assertDigits(-number);
            }
            power *= 10;
        }
        assertDigits(Long.MAX_VALUE);
        assertDigits(Long.MIN_VALUE);
    }

    @Test
    void shouldWriteEveryGroupOfFourDigits() {
        for (long group = 0; group < 10_000; group++) {
            assertDigits(700_000_000L + group);
            assertDigits(7_0000_0000L + group * 10_000);
        }
    }

    @Test
    void shouldWriteNumbersOfEveryMagnitude() {
        SplittableRandom random = new SplittableRandom(20);
        for (int i = 0; i < 20_000; i++) {
            assertDigits(random.nextLong() >> random.nextInt(64));
        }
    }

    private static void assertDigits(long number) {
        int count = Digits.count(number);
        byte[] text = new byte[count + 2];
        Digits.put(number, text, 1, count);
        assertThat(new String(text, StandardCharsets.ISO_8859_1)).isEqualTo("\0" + number + "\0");
    }
}
