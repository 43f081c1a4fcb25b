package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Signal;
import org.junit.jupiter.api.Test;

class SignalInboxTest {
    private static final Signal FIRST = new Signal.ConnUp(0, 1);
    private static final Signal SECOND = new Signal.ConnDown(0, 1, "test");

    private final SignalInbox inbox = new SignalInbox(2);

    @Test
    void shouldGiveSignalsInTheOrderOfTheirSending() {
        inbox.offer(FIRST);
        inbox.offer(SECOND);

        assertThat(inbox.waiting()).isEqualTo(2);
        assertThat(inbox.poll()).isSameAs(FIRST);
        assertThat(inbox.poll()).isSameAs(SECOND);
        assertThat(inbox.poll()).isNull();
        assertThat(inbox.waiting()).isZero();
    }

    @Test
    void shouldRefuseAndCountWhatIsTooMuch() {
        inbox.offer(FIRST);
        inbox.offer(SECOND);

        assertThat(inbox.offer(FIRST)).isFalse();
        assertThat(inbox.dropped()).isEqualTo(1);
        assertThat(inbox.waiting()).isEqualTo(2);
    }

    @Test
    void shouldTakeAgainOnceThereIsRoom() {
        inbox.offer(FIRST);
        inbox.offer(SECOND);
        inbox.poll();

        assertThat(inbox.offer(FIRST)).isTrue();
        assertThat(inbox.dropped()).isZero();
    }
}
