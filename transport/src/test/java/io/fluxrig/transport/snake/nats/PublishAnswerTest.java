package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishAnswerTest {
    private static BusMessage says(String json) {
        return new BusMessage("inbox.1", null, 0, "", json.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldReadWhereTheStreamHasAMessage() {
        PublishAnswer taken = PublishAnswer.ofWires(says("{\"stream\":\"flux-msg\",\"seq\":7}"));
        assertThat(taken.fault()).isNull();
        assertThat(taken.sequence()).isEqualTo(7);
        assertThat(taken.duplicate()).isFalse();
        assertThat(PublishAnswer.ofWires(says("{\"stream\":\"flux-msg\",\"seq\":7,\"duplicate\":true}"))
                        .duplicate())
                .isTrue();
        assertThat(PublishAnswer.ofBucket(says("{\"stream\":\"KV_tickets\",\"seq\":7}"), "tickets")
                        .fault())
                .isNull();
    }

    /** The sender was told that its message was kept, and forgot it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"stream\":\"flux-msg\"}",
                "{\"stream\":\"flux-msg\",\"seq\":0}",
                "[]",
                "7",
                "{\"seq\":5}"
            })
    void shouldNotTakeForAYesWhatNamesNoPlaceInTheStream(String said) {
        assertThat(PublishAnswer.ofWires(says(said)).fault()).isNotNull();
    }

    /** As one that somebody has listen to the same subjects, where the stream was removed. */
    @Test
    void shouldTakeTheYesOfAnotherStreamForItsStreamMissing() {
        PublishAnswer elsewhere = PublishAnswer.ofWires(says("{\"stream\":\"other\",\"seq\":5}"));
        assertThat(elsewhere.fault()).contains("another stream, other,");
        assertThat(elsewhere.noStream()).isTrue();
    }
}
