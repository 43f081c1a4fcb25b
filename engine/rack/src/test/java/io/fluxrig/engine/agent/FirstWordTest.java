package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstWordTest {
    private static final long BEGAN_MS = 5_000;

    private final Door door = new Door();
    private final FirstWord word = new FirstWord(door, BEGAN_MS);

    private static final class Door implements FirstWord.Line {
        private long connections;
        private boolean refused;
        private boolean unreachable;
        private boolean unanswered;

        @Override
        public long connections() {
            return connections;
        }

        @Override
        public boolean unknownLogin() {
            return refused;
        }

        @Override
        public boolean unreachable() {
            return unreachable;
        }

        @Override
        public boolean unanswered() {
            return unanswered;
        }
    }

    @Test
    void shouldWaitForTheAnswerOfAMixerThatIsThere() {
        assertThat(word.waits(BEGAN_MS)).isTrue();
        door.connections = 1;
        assertThat(word.waits(BEGAN_MS + FirstWord.CONNECT_MS)).isTrue();

        word.heard();

        assertThat(word.waits(BEGAN_MS + FirstWord.CONNECT_MS)).isFalse();
    }

    @Test
    void shouldNotWaitWhereNatsIsAway() {
        door.unreachable = true;

        assertThat(word.waits(BEGAN_MS)).isFalse();
        door.unreachable = false;
        assertThat(word.waits(BEGAN_MS)).as("once it has not waited").isFalse();
    }

    @Test
    void shouldNotWaitWhereNobodyAnswers() {
        door.connections = 1;
        door.unanswered = true;

        assertThat(word.waits(BEGAN_MS)).isFalse();
    }

    @Test
    void shouldWaitForSoLongAtMost() {
        assertThat(word.waits(BEGAN_MS + FirstWord.CONNECT_MS - 1)).isTrue();
        assertThat(word.waits(BEGAN_MS + FirstWord.CONNECT_MS)).isFalse();

        Door open = new Door();
        open.connections = 2;
        FirstWord another = new FirstWord(open, BEGAN_MS);
        assertThat(another.waits(BEGAN_MS + FirstWord.ANSWER_MS - 1)).isTrue();
        assertThat(another.waits(BEGAN_MS + FirstWord.ANSWER_MS)).isFalse();
    }

    @Test
    void shouldWaitLongerForAWordOnWhyItsLoginIsRefused() {
        door.refused = true;
        assertThat(word.waits(BEGAN_MS + 1)).isTrue();
        door.refused = false; // says hello over another connection by now
        assertThat(word.waits(BEGAN_MS + FirstWord.REFUSED_MS - 1)).isTrue();
        assertThat(word.waits(BEGAN_MS + FirstWord.REFUSED_MS)).isFalse();
    }
}
