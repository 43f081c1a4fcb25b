package io.fluxrig.engine.strip.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.link.LinkTable;
import io.fluxrig.engine.strip.TestGears;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connections count as those behind a port: conductor 0 -> responder 1 -> conductor 0, conductor 0 -> I/O gear 2. */
class WiredLinksTest {
    private static final int SWITCH = 0;
    private static final int STAND_IN = 1;
    private static final int HOST = 2;

    private final StripPlan plan = new StripPlan(
            "test",
            List.of(gear("switch"), gear("stand_in"), gear("host")),
            List.of(
                    new WirePlan(SWITCH, "out_stand_in", STAND_IN, 0),
                    new WirePlan(STAND_IN, "out", SWITCH, 1),
                    new WirePlan(SWITCH, "out_host", HOST, 0),
                    new WirePlan(HOST, "out", SWITCH, 1)));
    private final LinkTable table = new LinkTable(3, 1);

    private static GearPlan gear(String name) {
        return TestGears.gear(name, context -> (port, message) -> Outcome.ACCEPTED);
    }

    @Test
    void shouldCountTheConnectionsBehindAPort() {
        table.report(HOST, 0).up(2);
        WiredLinks host = new WiredLinks(plan, table, SWITCH, "out_host");

        assertThat(host.up()).isEqualTo(2);
        assertThat(host.leadsTo("host")).isTrue();
        assertThat(host.leadsTo("terminals")).isFalse();
    }

    @Test
    void shouldDescribeWhoLiesBehindAPort() {
        table.report(HOST, 0).up(1);

        assertThat(new WiredLinks(plan, table, SWITCH, "out_host").describe()).isEqualTo("host");
        assertThat(new WiredLinks(plan, table, SWITCH, "out_stand_in").describe())
                .isEmpty();
    }

    @Test
    void shouldTakeAPortThatLeadsBackToItsOwnGearForOneWithoutConnections() {
        table.report(HOST, 0).up(0);
        WiredLinks standIn = new WiredLinks(plan, table, SWITCH, "out_stand_in");

        assertThat(standIn.up()).isEqualTo(1);
        assertThat(standIn.leadsToLinks()).isFalse();
        assertThat(standIn.leadsTo("terminals")).isTrue();
    }
}
