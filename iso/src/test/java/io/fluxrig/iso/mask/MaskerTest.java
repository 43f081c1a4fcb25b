package io.fluxrig.iso.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskerTest {
    @ParameterizedTest
    @CsvSource({
        "4761739001010119, 476173******0119",
        "341111111111111, 341111*****1111",
        "30569309025904, 305693****5904",
        "4761739001010119123, 476173*********9123",
        "4222222222222, *************",
        "123456789012, ************",
        "47617390010101191234, ********************",
        "1234, ****"
    })
    void shouldShowFirstSixAndLastFourAtMost(String pan, String shown) {
        byte[] ascii = ("x" + pan).getBytes(StandardCharsets.US_ASCII);

        assertThat(Masker.pan(pan)).isEqualTo(shown);
        assertThat(Masker.pan(ascii, 1, pan.length())).isEqualTo(shown);
    }

    @Test
    void shouldShowNothingOfAHiddenValue() {
        assertThat(Masker.hidden(3)).isEqualTo("***");
        assertThat(Masker.hidden(37)).isEqualTo("********");
        assertThat(Masker.hidden(-1)).isEmpty();
    }
}
