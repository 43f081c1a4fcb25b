package io.fluxrig.bench.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectTest {
    private static List<Span> seconds(double... p99Us) {
        return Arrays.stream(p99Us).mapToObj(p99 -> new Span(50, p99, 2 * p99)).toList();
    }

    private static Change change(int preparedSecond, int askedSecond, int underWaySecond) {
        return new Change("switch", preparedSecond, askedSecond, underWaySecond, "changed", "");
    }

    @Test
    void shouldHoldTheSecondOfAChangeAgainstTheMedianOfThoseBefore() {
        Effect effect = Effect.of(List.of(change(4, 5, 5)), seconds(900, 100, 140, 120, 700, 240, 5_000), 1)
                .get(0);

        assertThat(effect.normalP99Us()).isEqualTo(120);
        assertThat(effect.quiet()).containsExactly(100.0, 140.0, 120.0);
        assertThat(effect.p99Us()).isEqualTo(240);
        assertThat(effect.maxUs()).isEqualTo(480);
        assertThat(effect.ratio()).isEqualTo(2);
    }

    @Test
    void shouldTakeTheWorstOfTheSecondsInWhichAChangeIsUnderWay() {
        assertThat(Effect.of(List.of(change(1, 2, 3)), seconds(100, 100, 150, 400, 900), 0))
                .singleElement()
                .satisfies(effect -> assertThat(effect.p99Us()).isEqualTo(400));
    }

    @Test
    void shouldTakeNoSecondForNormalInWhichTheChangeBeforeSettles() {
        List<Effect> effects = Effect.of(
                List.of(change(1, 2, 2), change(11, 12, 12)),
                seconds(100, 100, 300, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 200, 400, 1_000, 600),
                0);

        assertThat(effects.get(1).normalP99Us()).isEqualTo(300);
        assertThat(effects.get(1).ratio()).isEqualTo(2);
    }

    @Test
    void shouldShowWhatQuietSecondsComeTo() {
        Effect effect = Effect.of(List.of(change(3, 4, 4)), seconds(100, 100, 500, 100, 200), 0)
                .get(0);

        assertThat(effect.quietRatios()).containsExactly(1.0, 1.0, 5.0);
    }

    @Test
    void shouldSayWhatItHasNothingToHoldAgainst() {
        assertThatThrownBy(() -> Effect.of(List.of(change(1, 2, 2)), seconds(100, 100, 100), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("raise --every");
    }
}
