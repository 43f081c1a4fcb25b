package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fluxrig.engine.gear.Timers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripTimersTest {
    private static final long TICK_NS = 1_000_000;

    private final StripTimers timers = new StripTimers(0, TICK_NS, 1 << 10);
    private final Seat first = new Seat(null);
    private final Seat second = new Seat(null);
    private final List<String> fired = new ArrayList<>();

    private Timers.Source source(Seat owner, String title) {
        return timers.of(owner).source((nowNs, payload) -> fired.add(title + " " + payload));
    }

    @Test
    void shouldFireForTheSourceThatScheduled() {
        source(first, "a").schedule(TICK_NS, 1);
        source(second, "b").schedule(TICK_NS, 2);

        timers.poll(10 * TICK_NS, 100);

        assertThat(fired).containsExactlyInAnyOrder("a 1", "b 2");
    }

    @Test
    void shouldFireNothingOfACopyThatWasForgotten() {
        Timers.Source gone = source(first, "gone");
        gone.schedule(5 * TICK_NS, 1);
        timers.forget(first);
        source(second, "next").schedule(5 * TICK_NS, 2);

        timers.poll(10 * TICK_NS, 100);

        assertThat(fired).containsExactly("next 2");
        assertThat(gone.schedule(20 * TICK_NS, 3)).isEqualTo(Timers.FULL);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void shouldGiveTheNumbersOfForgottenSourcesOutAgain() {
        Timers.Source kept = source(second, "kept");
        for (int i = 0; i < 2 * StripTimers.SOURCES_MAX; i++) {
            Timers.Source source = source(first, "short");
            long timerId = source.schedule(1_000_000 * TICK_NS, 0);
            timers.forget(first);
            assertThat(source.cancel(timerId)).isTrue();
        }
        kept.schedule(TICK_NS, 7);

        timers.poll(10 * TICK_NS, 100);

        assertThat(fired).containsExactly("kept 7");
    }

    @Test
    void shouldSayThatThereAreTooManySources() {
        for (int i = 0; i < StripTimers.SOURCES_MAX; i++) {
            source(i % 2 == 0 ? first : second, "one");
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> source(first, "more"))
                .withMessageContaining("32767");
    }
}
