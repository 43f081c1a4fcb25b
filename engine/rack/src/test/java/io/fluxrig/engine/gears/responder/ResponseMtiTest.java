package io.fluxrig.engine.gears.responder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseMtiTest {

    @ParameterizedTest
    @CsvSource({"100,110", "101,110", "120,130", "121,130", "200,210", "420,430", "421,430", "800,810", "1804,1814"})
    void shouldDeriveTheAnswersType(int request, int answer) {
        assertThat(new ResponseMti().of(request, null)).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {110, 130, 210, 410, 430, 810, 1814})
    void shouldKnowAnswers(int mti) {
        assertThat(ResponseMti.isAnswer(mti)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 120, 200, 420, 421, 800})
    void shouldKnowRequests(int mti) {
        assertThat(ResponseMti.isAnswer(mti)).isFalse();
    }
}
