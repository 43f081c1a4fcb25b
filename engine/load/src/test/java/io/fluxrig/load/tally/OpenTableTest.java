package io.fluxrig.load.tally;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenTableTest {

    @Test
    void shouldGiveEachLoopItsOwnStans() {
        OpenTable first = new OpenTable(0, 2, 999_999);
        OpenTable second = new OpenTable(1, 2, 999_999);

        assertThat(new int[] {first.claim(), first.claim(), second.claim(), second.claim()})
                .containsExactly(1, 3, 2, 4);
        assertThat(first.owns(3)).isTrue();
        assertThat(first.owns(2)).isFalse();
    }

    @Test
    void shouldSkipOpenStansWhenTheyComeRound() {
        OpenTable table = new OpenTable(0, 1, 3);
        table.enter(table.claim(), 1, 0, 1, -1, -1, 0, 0);
        table.enter(table.claim(), 1, 0, 2, -1, -1, 0, 0);
        table.enter(table.claim(), 1, 0, 3, -1, -1, 0, 0);
        assertThat(table.claim()).isEqualTo(OpenTable.NONE);

        table.close(2);

        assertThat(table.claim()).isEqualTo(2);
        assertThat(table.open()).isEqualTo(2);
    }

    @Test
    void shouldBeginWhereTheSeedSays() {
        int first = new OpenTable(0, 1, 1L).claim();

        assertThat(new OpenTable(0, 1, 1L).claim()).isEqualTo(first);
        assertThat(new OpenTable(0, 1, 2L).claim()).isNotEqualTo(first);
    }

    @Test
    void shouldUseAllSixDigits() {
        OpenTable table = new OpenTable(0, 1, 999_999);

        assertThat(table.owns(999_999)).isTrue();
        assertThat(table.owns(1_000_000)).isFalse();
        assertThat(table.owns(0)).isFalse();
    }

    @Test
    void shouldCountHowOftenAllStansHaveBeenGivenOut() {
        OpenTable table = new OpenTable(0, 1, 3);
        table.claim();
        table.claim();
        assertThat(table.lap()).isZero();

        table.claim();

        assertThat(table.lap()).isOne();
    }
}
