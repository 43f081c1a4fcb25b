package io.fluxrig.engine.gears;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogBudgetTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldAllowSoManyLinesInEachWindow() {
        LogBudget budget = new LogBudget(2, 10 * SECOND_NS);

        assertThat(budget.allows(0)).isTrue();
        assertThat(budget.allows(1)).isTrue();
        assertThat(budget.allows(9 * SECOND_NS)).isFalse();
        assertThat(budget.allows(10 * SECOND_NS)).isTrue();
    }

    @Test
    void shouldSpeakOfSuppressedLinesOnlyIfThereWereSome() {
        LogBudget budget = new LogBudget(1);
        budget.allows(0);
        assertThat(budget.takeSuppressed()).isEmpty();
        budget.allows(1);
        budget.allows(2);

        assertThat(budget.takeSuppressed()).contains("2 lines");
        assertThat(budget.takeSuppressed()).isEmpty();
    }
}
