package io.fluxrig.iso.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateLayoutTest {
    private static boolean fits(String layout, String value) {
        return DateLayout.of(layout).fits(("#" + value).getBytes(US_ASCII), 1, value.length(), false);
    }

    @ParameterizedTest
    @CsvSource({
        "MMddHHmmss, 1231235959, true",
        "MMddHHmmss, 0229000000, true",
        "MMddHHmmss, 0230000000, false",
        "MMddHHmmss, 0431000000, false",
        "MMddHHmmss, 0001000000, false",
        "MMddHHmmss, 0100000000, false",
        "MMddHHmmss, 0101240000, false",
        "MMddHHmmss, 0101006000, false",
        "MMddHHmmss, 0101000060, false",
        "MMddHHmmss, 01010000, false",
        "yyMM, 2612, true",
        "yyMM, 2600, false",
        "yyMMdd, 240229, true",
        "yyMMdd, 250229, false",
        "yyyyMMdd, 21000229, false",
        "yyyyMMdd, 20000229, true",
        "yyDDD, 26366, true",
        "yyDDD, 26367, false",
        "yyyy-MM-dd'T'HH:mm:ss.SSS, 2026-11-26T23:27:25.123, true",
        "yyyy-MM-dd'T'HH:mm:ss.SSS, 2026/11/26T23:27:25.123, false",
        "HHmmss, 1a0000, false"
    })
    void shouldTellDatesFromWhatIsNone(String layout, String value, boolean fits) {
        assertThat(fits(layout, value)).isEqualTo(fits);
    }

    @Test
    void shouldReadPackedDigits() {
        assertThat(DateLayout.of("yyMMdd").fits(HexFormat.of().parseHex("261126"), 0, 3, true))
                .isTrue();
        assertThat(DateLayout.of("yyMMdd").fits(HexFormat.of().parseHex("26A126"), 0, 3, true))
                .isFalse();
        assertThat(DateLayout.of("yyMMdd").fits(HexFormat.of().parseHex("261126"), 0, 2, true))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hhmmss", "MMM", "yyy", "DDMM", "'MMdd", "", "SSSSSSSSSS", "yyMMddyyMMdd"})
    void shouldRefuseWhatIsNoLayout(String layout) {
        assertThatThrownBy(() -> DateLayout.of(layout)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void shouldTakeEveryMomentAsItIsWritten(@ForAll @LongRange(min = 946_684_800L, max = 4_102_444_799L) long second) {
        LocalDateTime moment = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);

        for (String layout : new String[] {"MMddHHmmss", "yyMMddHHmmss", "yyyyMMddHHmmss", "yyMM", "yyDDD", "HHmmss"}) {
            assertThat(fits(layout, moment.format(DateTimeFormatter.ofPattern(layout, Locale.ROOT))))
                    .isTrue();
        }
    }

    /** The JDK's strict parser is the oracle. */
    @Property
    void shouldTakeWhatTheJdkTakes(@ForAll @IntRange(min = 0, max = 99_999_999) int digits) {
        String value = String.format(Locale.ROOT, "%08d", digits);
        DateTimeFormatter strict =
                DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

        assertThat(fits("yyyyMMdd", value)).isEqualTo(isDate(strict, value));
    }

    private static boolean isDate(DateTimeFormatter strict, String value) {
        try {
            return strict.parse(value) != null;
        } catch (DateTimeException none) {
            return false;
        }
    }
}
