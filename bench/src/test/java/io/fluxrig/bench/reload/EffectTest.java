package io.fluxrig.bench.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectTest {
    /** A second each from 10,000 ms on. */
    private static List<Span> seconds(double... p99Us) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < p99Us.length; i++) {
            spans.add(new Span(10_000 + i * 1_000L, 11_000 + i * 1_000L, 100, 50, p99Us[i], 2 * p99Us[i]));
        }
        return spans;
    }

    private static Change change(long askedMs, long endedMs) {
        return new Change("switch", askedMs, endedMs, "changed", "");
    }

    @Test
    void shouldHoldTheSecondOfAChangeAgainstTheMedianOfThoseBefore() {
        Effect effect = Effect.of(List.of(change(14_200, 14_300)), seconds(900, 100, 140, 120, 240, 5_000), 11_000)
                .get(0);

        assertThat(effect.normalP99Us()).isEqualTo(120);
        assertThat(effect.normalWorstUs()).isEqualTo(140);
        assertThat(effect.p99Us()).isEqualTo(240);
        assertThat(effect.maxUs()).isEqualTo(480);
        assertThat(effect.ratio()).isEqualTo(2);
    }

    @Test
    void shouldTakeTheWorstOfTheSecondsThatAChangeTouches() {
        assertThat(Effect.of(List.of(change(12_900, 14_100)), seconds(100, 100, 150, 400, 200), 10_000))
                .singleElement()
                .satisfies(effect -> assertThat(effect.p99Us()).isEqualTo(400));
    }

    @Test
    void shouldTakeNoSecondForNormalInWhichTheChangeBeforeSettles() {
        List<Effect> effects = Effect.of(
                List.of(change(11_500, 11_600), change(15_500, 15_600)),
                seconds(100, 300, 2_000, 2_000, 200, 200),
                10_000);

        assertThat(effects.get(1).normalP99Us()).isEqualTo(200);
    }

    @Test
    void shouldSayWhatItHasNothingToHoldAgainst() {
        assertThatThrownBy(() -> Effect.of(List.of(change(10_500, 10_600)), seconds(100, 100), 10_000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("raise --every");
    }
}
