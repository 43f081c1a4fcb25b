package io.fluxrig.iso.mask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "pan=4761739001010119 approved > pan=476173******0119 approved",
                "4761 7390 0101 0119 > 4761 73** **** 0119",
                "4761-7390-0101-0119. > 4761-73**-****-0119.",
                "4 7 6 1 7 3 9 0 0 1 0 1 0 1 1 9 > 4 7 6 1 7 3 * * * * * * 0 1 1 9",
                "a4761739001010119b > a476173******0119b",
                "123456789012 > ************",
                "4761739001010119=26122011143804889? > 476173******0119=****?",
                "4761739001010119D26122011143804889F > 476173******0119D****F",
                "%B4761739001010119^DOE/JANE^2612201? next > %B476173******0119^****? next",
                "0100723C448128E08000164761739001010119000000 > 0100723C448128E*****************************",
                "two 4761739001010119 and 5413330089020011 > two 476173******0119 and 541333******0011"
            })
    void shouldMask(String text, String scrubbed) {
        assertThat(MaskingText.scrub(text)).isEqualTo(scrubbed);
        assertThat(MaskingText.isClean(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sent 12345678901 messages",
                "2026-01-31T10:15:00.123Z connection 17 closed",
                "10.0.0.1:8583, 4 in flight",
                "stan 123456 rrn 28-71 code 00",
                "4761 7390  0101 0119"
            })
    void shouldLeaveCleanLinesAlone(String text) {
        assertThat(MaskingText.scrub(text)).isSameAs(text);
        assertThat(MaskingText.isClean(text)).isTrue();
    }

    @Test
    void shouldStopTrackOneAtTheEndOfTheLine() {
        assertThat(MaskingText.scrub("4761739001010119^DOE/JANE\nnext")).isEqualTo("476173******0119^****\nnext");
    }

    @Test
    void shouldBeCleanOnceScrubbed() {
        String once = MaskingText.scrub("x 4761739001010119=2612 y 12345678901234567890 z");

        assertThat(MaskingText.scrub(once)).isSameAs(once);
    }

    @Test
    void shouldLeaveTheNameOfAJournalsFile() {
        for (String text : new String[] {
            "20261128-0819.cq4",
            "journal data/journal/a.out+b.in: segments/20261128-0819.cq4 is damaged at byte 4096",
            "'20261128-2359.cq4': gone",
            "(20301231-0000.cq4)"
        }) {
            assertThat(MaskingText.scrub(text)).isSameAs(text);
            assertThat(MaskingText.isClean(text)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "502026112808,  ************",
        "50202611-2808.cq4,  ********-****.cq4",
        "20261128-0819,  ********-****",
        "20261128-0819.cq4x,  ********-****.cq4x",
        "20261128-0819.cq5,  ********-****.cq5",
        "20261328-0819.cq4,  ********-****.cq4",
        "20261132-0819.cq4,  ********-****.cq4",
        "20261128-2419.cq4,  ********-****.cq4",
        "20261128-0860.cq4,  ********-****.cq4",
        "20261128 0819.cq4,  ******** ****.cq4",
        "202611280819.cq4,  ************.cq4",
        "2026112-80819.cq4,  *******-*****.cq4",
        "n20261128-0819.cq4,  n********-****.cq4",
        "=20261128-0819.cq4,  =********-****.cq4",
        "4111 20261128-0819.cq4,  4111 20******-0819.cq4",
        "4-20261128-0819.cq4,  *-********-****.cq4",
        "a/20261128-0819.cq4 4111111111111111,  a/20261128-0819.cq4 41111*******1111"
    })
    void shouldMaskWhatIsAlmostTheNameOfAJournalsFile(String text, String masked) {
        assertThat(MaskingText.scrub(text)).isEqualTo(masked);
        assertThat(MaskingText.isClean(text)).isFalse();
    }
}
