package io.fluxrig.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxesTest {

    @Test
    void shouldHoldEverythingButWhatTheAxisVaries() {
        Axis connections = axis("connections");
        for (Case one : connections.cases()) {
            assertThat(one.setup()).isEqualTo(connections.base().setup());
            assertThat(one.traffic().ratePerSecond())
                    .isEqualTo(connections.base().traffic().ratePerSecond())
                    .isPositive();
        }
        Axis tickets = axis("tickets");
        for (Case one : tickets.cases()) {
            assertThat(one.traffic()).isEqualTo(tickets.base().traffic());
            assertThat(one.setup().heldOpen()).isEqualTo((int) one.value());
        }
    }

    @Test
    void shouldAskTheTargetOfTheGreatestCaseOnly() {
        Axis ranges = axis("ranges");
        List<Case> cases = ranges.cases();
        assertThat(ranges.targetOf(cases.get(cases.size() - 1))).isEqualTo(1.1);
        assertThat(ranges.targetOf(cases.get(0))).isNaN();
    }

    @Test
    void shouldReachWhatWasPromised() {
        assertThat(axis("connections").endsOnly().cases())
                .extracting(Case::value)
                .containsExactly(10_000L);
        assertThat(axis("tickets").endsOnly().cases()).extracting(Case::value).containsExactly(1_000_000L);
        assertThat(axis("ranges").endsOnly().cases()).extracting(Case::value).containsExactly(1_000_000L);
    }

    @Test
    void shouldTryMoreStripsWhereThereAreCores() {
        assertThat(Axes.named(List.of("strips"), 1).get(0).cases())
                .extracting(Case::value)
                .containsExactly(2L);
        assertThat(Axes.named(List.of("strips"), 8).get(0).cases())
                .extracting(Case::value)
                .containsExactly(2L, 4L, 8L);
    }

    @Test
    void shouldNameTheAxesThereAreWhenOneIsNot() {
        assertThatThrownBy(() -> Axes.named(List.of("ranges", "weight"), 2))
                .hasMessageContaining("weight")
                .hasMessageContaining("connections");
    }

    private static Axis axis(String name) {
        return Axes.named(List.of(name), 2).get(0);
    }
}
