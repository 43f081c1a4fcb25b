package io.fluxrig.bench.versus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LevelTest {
    @Test
    void shouldOfferAShareOfTheSaturation() {
        assertThat(Level.HALF_OF_LIMIT.rate(300_000)).isEqualTo(150_000);
    }

    @Test
    void shouldNotAskTheLimitForWhatJposCanCarry() {
        assertThat(Level.HALF_OF_JPOS.concerns(Contender.LIMIT)).isFalse();
        assertThat(Level.HALF_OF_JPOS.concerns(Contender.JPOS)).isTrue();
        assertThat(Level.HALF_OF_LIMIT.concerns(Contender.LIMIT)).isTrue();
    }

    @Test
    void shouldExpectAQuickRunToTakeLessThanTwoMinutes() {
        Rounds quick = new Rounds(1, List.of(1, 8), List.of(Contender.values()), Level.QUICK);

        assertThat(quick.expectedSeconds(SwitchBench.extent(true, 32))).isLessThan(120);
    }
}
