package io.fluxrig.bench.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Progress;
import io.fluxrig.load.Progress.Phase;
import org.junit.jupiter.api.Test;

class SecondBellTest {
    private final SecondBell bell = new SecondBell();

    private static Percentiles second(long count) {
        return new Percentiles(count, 1, 1, 1, 1, 1, 1);
    }

    private void show(Phase phase, Percentiles recent) {
        bell.accept(new Progress(phase, 0, null, 0, recent, recent));
    }

    @Test
    void shouldCountSecondsAsTheLoadClosesThem() throws Exception {
        show(Phase.CONNECTING, second(0));
        show(Phase.SENDING, second(0));
        assertThat(bell.await(0)).isZero();

        Percentiles first = second(7);
        show(Phase.SENDING, first);
        show(Phase.SENDING, first);
        assertThat(bell.await(0)).isEqualTo(1);

        show(Phase.SENDING, second(7));
        assertThat(bell.await(0)).isEqualTo(2);
    }

    @Test
    void shouldWakeWhoeverWaitsForTheNext() throws Exception {
        Thread load = new Thread(() -> show(Phase.SENDING, second(7)));
        load.start();

        assertThat(bell.await(1 - bell.await(0))).isEqualTo(1);
        load.join();
    }
}
