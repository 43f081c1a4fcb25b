package io.fluxrig.iso.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static boolean luhn(String digits) {
        byte[] bytes = (".." + digits + "..").getBytes(US_ASCII);
        return Figures.passesLuhn(bytes, 2, digits.length(), false);
    }

    @Test
    void shouldKnowTheCheckDigitOfPublicTestCards() {
        assertThat(luhn("4761739001010119")).isTrue();
        assertThat(luhn("5413330089020011")).isTrue();
        assertThat(luhn("374245455400126")).isTrue();
        assertThat(luhn("4761739001010118")).isFalse();
    }

    @Test
    void shouldReadPackedCardNumbersWithAndWithoutFiller() {
        byte[] even = HexFormat.of().parseHex("4761739001010119");
        byte[] odd = HexFormat.of().parseHex("374245455400126F");

        assertThat(Figures.isPan(even, 0, 8, true)).isTrue();
        assertThat(Figures.passesLuhn(even, 0, 8, true)).isTrue();
        assertThat(Figures.isPan(odd, 0, 8, true)).isTrue();
        assertThat(Figures.passesLuhn(odd, 0, 8, true)).isTrue();
        assertThat(Figures.isPan(HexFormat.of().parseHex("37424545540012FF"), 0, 8, true))
                .isFalse();
    }

    @Test
    void shouldTakeASignAheadOfAnAmountOnly() {
        assertThat(Figures.isAmount("D00000100".getBytes(US_ASCII), 0, 9, false))
                .isTrue();
        assertThat(Figures.isNumber("D00000100".getBytes(US_ASCII), 0, 9, false))
                .isFalse();
        assertThat(Figures.isAmount("D".getBytes(US_ASCII), 0, 1, false)).isFalse();
        assertThat(Figures.isAmount(new byte[0], 0, 0, false)).isFalse();
    }

    /** Exactly one last digit makes a card number right, and a single wrong digit anywhere makes it wrong. */
    @Property
    void shouldFindEverySingleWrongDigit(
            @ForAll @LongRange(min = 100_000_000_000L, max = 999_999_999_999L) long account,
            @ForAll @IntRange(min = 0, max = 12) int place,
            @ForAll @IntRange(min = 1, max = 9) int change) {
        String right = null;
        int passing = 0;
        for (int digit = 0; digit <= 9; digit++) {
            if (luhn(account + "" + digit)) {
                right = account + "" + digit;
                passing++;
            }
        }
        assertThat(passing).isEqualTo(1);
        char[] wrong = right.toCharArray();
        wrong[place] = (char) ('0' + (wrong[place] - '0' + change) % 10);
        assertThat(luhn(new String(wrong))).isFalse();
    }
}
