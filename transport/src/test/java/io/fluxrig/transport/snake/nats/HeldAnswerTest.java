package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeldAnswerTest {
    /** {@code NATS/1.0}, {@code Nats-Msg-Id: a-1} and an empty line. */
    private static final String HEADERS = "TkFUUy8xLjANCk5hdHMtTXNnLUlkOiBhLTENCg0K";

    private static HeldAnswer of(int status, String json) {
        return HeldAnswer.of(
                new BusMessage("inbox.1", null, status, "", json.getBytes(StandardCharsets.US_ASCII)), "a-1");
    }

    @Test
    void shouldKnowTheMessageByItsId() {
        assertThat(of(0, "{\"message\":{\"subject\":\"s\",\"seq\":7,\"hdrs\":\"" + HEADERS + "\",\"data\":\"AA==\"}}"))
                .isEqualTo(HeldAnswer.YES);
        assertThat(HeldAnswer.question(7)).asString().isEqualTo("{\"seq\":7}");
    }

    @Test
    void shouldNotTakeAnotherMessageForIt() {
        String other = "TkFUUy8xLjANCk5hdHMtTXNnLUlkOiBhLTE3DQoNCg=="; // a-17
        assertThat(of(0, "{\"message\":{\"seq\":7,\"hdrs\":\"" + other + "\"}}"))
                .isEqualTo(HeldAnswer.NO);
        assertThat(of(0, "{\"message\":{\"seq\":7,\"data\":\"AA==\"}}")).isEqualTo(HeldAnswer.NO);
    }

    @Test
    void shouldTellWhatIsNotThereFromWhatIsNotSaid() {
        assertThat(of(0, "{\"error\":{\"code\":404,\"err_code\":10037}}")).isEqualTo(HeldAnswer.NO);
        assertThat(of(0, "{\"error\":{\"code\":404,\"err_code\":10059}}")).isEqualTo(HeldAnswer.NO);
        assertThat(of(0, "{\"error\":{\"code\":503,\"err_code\":10008}}")).isEqualTo(HeldAnswer.UNKNOWN);
        assertThat(of(503, "")).isEqualTo(HeldAnswer.UNKNOWN);
        assertThat(of(0, "{}")).isEqualTo(HeldAnswer.UNKNOWN);
        assertThat(of(0, "no JSON")).isEqualTo(HeldAnswer.UNKNOWN);
        assertThat(of(0, "{\"message\":{\"hdrs\":\"%\"}}")).isEqualTo(HeldAnswer.UNKNOWN);
    }
}
