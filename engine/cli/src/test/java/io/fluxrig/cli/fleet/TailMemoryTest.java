package io.fluxrig.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TailMemoryTest {
    private final TailMemory memory = new TailMemory(10);

    private static JsonNode happening(long second, String kind, String text) {
        return new ObjectMapper()
                .createObjectNode()
                .put("at", Instant.ofEpochSecond(second).toString())
                .put("kind", kind)
                .put("rack", "east")
                .put("text", text);
    }

    private boolean tells(long second, String kind, String text) {
        return memory.isNew(happening(second, kind, text));
    }

    @Test
    void shouldTellNothingTwiceAndNothingThatWasNotAskedFor() {
        assertThat(tells(110, "audit", "a")).isTrue();
        assertThat(tells(111, "audit", "a")).isTrue();
        assertThat(tells(109, "links", "told late")).isTrue();
        memory.again();

        assertThat(tells(49, "audit", "z")).isFalse();
        assertThat(tells(110, "audit", "a")).isFalse();
        assertThat(tells(111, "audit", "a")).isFalse();
        assertThat(tells(111, "audit", "b")).isTrue();
        assertThat(tells(112, "audit", "a")).isTrue();
    }

    @Test
    void shouldNotTellLaterWhatWasLeftOutAtTheBeginning() {
        TailMemory lastTwo = new TailMemory(2);
        assertThat(lastTwo.isNew(happening(110, "audit", "c"))).isTrue();
        assertThat(lastTwo.isNew(happening(111, "audit", "d"))).isTrue();
        lastTwo.again();

        assertThat(lastTwo.isNew(happening(108, "audit", "a"))).isFalse();
        assertThat(lastTwo.isNew(happening(109, "audit", "b"))).isFalse();
        assertThat(lastTwo.isNew(happening(111, "audit", "d"))).isFalse();
        assertThat(lastTwo.isNew(happening(112, "audit", "e"))).isTrue();
    }

    @Test
    void shouldTellWhatTheNextMixerSaysWhoseClockIsBehind() {
        assertThat(tells(110, "audit", "a")).isTrue();
        memory.again();

        assertThat(tells(95, "audit", "b")).isTrue();
        assertThat(tells(95, "audit", "b")).isFalse();
    }

    @Test
    void shouldNotTellAgainWhatARackSaysToAMixerThatWasStarted() {
        assertThat(tells(10, "state", "running")).isTrue();
        assertThat(tells(10, "links", "2 of 2")).isTrue();
        memory.again();

        assertThat(tells(20, "state", "running")).isFalse();
        assertThat(tells(20, "links", "1 of 2")).isTrue();
        assertThat(tells(21, "state", "draining")).isTrue();
        assertThat(tells(22, "state", "running")).isTrue();
        assertThat(tells(23, "state", "running")).as("it was started again").isTrue();
    }

    @Test
    void shouldTellThatARackIsThereAgain() {
        tells(10, "state", "running");
        tells(11, "away", "not heard of any more");
        memory.again();

        assertThat(tells(20, "state", "running")).isTrue();
    }

    @Test
    void shouldRememberSoManyAndNoMore() {
        for (int second = 0; second <= TailMemory.KEPT_MAX; second++) {
            assertThat(tells(second, "audit", "a")).isTrue();
        }
        memory.again();

        assertThat(tells(0, "audit", "a")).as("older than all that is known").isFalse();
        assertThat(tells(1, "audit", "a")).isFalse();
        assertThat(tells(TailMemory.KEPT_MAX + 1, "audit", "a")).isTrue();
    }
}
