package io.fluxrig.load.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseCodesTest {
    private final ResponseCodes codes = new ResponseCodes(AnswerClass.TIMEOUT_CODES);

    private AnswerClass count(String code) {
        return codes.count(ResponseCodes.pack(code.getBytes(StandardCharsets.US_ASCII), 0, code.length()));
    }

    @Test
    void shouldClassCodes() {
        assertThat(count("00")).isEqualTo(AnswerClass.APPROVED);
        assertThat(count("000")).isEqualTo(AnswerClass.APPROVED);
        assertThat(count("91")).isEqualTo(AnswerClass.TIMEOUT);
        assertThat(count("911")).isEqualTo(AnswerClass.TIMEOUT);
        assertThat(count("05")).isEqualTo(AnswerClass.DECLINED);
        assertThat(count("")).isEqualTo(AnswerClass.DECLINED);
    }

    @Test
    void shouldCountByCode() {
        count("00");
        count("00");
        count("05");
        count("");

        assertThat(codes.snapshot())
                .containsEntry("00", 2L)
                .containsEntry("05", 1L)
                .containsEntry("none", 1L);
    }

    @Test
    void shouldCountWhatIsTooManyTogether() {
        for (int i = 0; i < 1000; i++) {
            count(String.format("%03d", i));
        }

        assertThat(codes.snapshot()).hasSize(257).containsEntry("other", 744L);
    }
}
