package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.link.LinkTable;
import org.junit.jupiter.api.Test;

class SlotLinksTest {
    private final LinkTable table = new LinkTable(1, 1);
    private final SlotLinks first = new SlotLinks(table, 0, 0, true);
    private final SlotLinks second = new SlotLinks(table, 0, 0, false);

    @Test
    void shouldShowTheSuccessorAndHearThePredecessorNoMore() {
        LinkReport before = first.begin();
        before.up(2);
        LinkReport after = second.begin();
        after.up(5);
        assertThat(table.up(0)).as("while it stands beside").isEqualTo(2);

        second.overtake(first);
        before.up(0);

        assertThat(table.up(0)).isEqualTo(5);
        assertThat(second.up()).isEqualTo(5);
    }

    @Test
    void shouldNotLeaveTheFigureOfAPredecessorWhoseSuccessorReportsNothing() {
        first.begin().up(2);

        second.overtake(first);

        assertThat(table.up(0)).isZero();
    }

    @Test
    void shouldShowNoLinkOfAGearThatWent() {
        LinkReport links = first.begin();
        links.up(2);

        first.withdraw();
        links.up(3);

        assertThat(table.up(0)).isZero();
        assertThat(table.reports(0)).isTrue();
    }
}
