package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.count.Counter;
import org.junit.jupiter.api.Test;

class AwaitedAnswersTest {
    private final Counter sent = new Counter();
    private final Counter received = new Counter();

    @Test
    void shouldWaitUntilAsMuchCameAsWasSent() {
        sent.add(5);
        received.add(5);
        AwaitedAnswers awaited = new AwaitedAnswers(sent, received, 0);
        assertThat(awaited.any(1)).isFalse();

        sent.add(2);
        assertThat(awaited.any(2)).isTrue();
        received.add(1);
        assertThat(awaited.any(3)).isTrue();
        received.add(1);
        assertThat(awaited.any(4)).isFalse();
    }

    @Test
    void shouldGiveUpAHostThatTakesTooLongAfterTheLastThatWasSent() {
        AwaitedAnswers awaited = new AwaitedAnswers(sent, received, 0);
        sent.increment();
        awaited.look(1_000);

        assertThat(awaited.any(999 + AwaitedAnswers.ANSWER_NS)).isTrue();
        assertThat(awaited.any(1_000 + AwaitedAnswers.ANSWER_NS)).isFalse();
    }

    /** Advices come from a wire while the rack stops, and a host that is silent had it wait for all of rack.drain_timeout. */
    @Test
    void shouldEndThoughMoreIsSentMeanwhile() {
        AwaitedAnswers awaited = new AwaitedAnswers(sent, received, 0);
        for (long nowNs = 0; nowNs < AwaitedAnswers.ANSWER_NS; nowNs += AwaitedAnswers.ANSWER_NS / 10) {
            sent.increment();
            assertThat(awaited.any(nowNs)).isTrue();
        }

        sent.increment();
        assertThat(awaited.any(AwaitedAnswers.ANSWER_NS)).isFalse();
    }

    @Test
    void shouldNotWaitForWhatWasNotAnsweredLongBefore() {
        sent.add(3);
        AwaitedAnswers awaited = new AwaitedAnswers(sent, received, 0);

        assertThat(awaited.any(AwaitedAnswers.ANSWER_NS)).isFalse();
    }
}
