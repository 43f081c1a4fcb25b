package io.fluxrig.engine.strip.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.link.LinkTable;
import io.fluxrig.engine.strip.TestGears;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import io.fluxrig.perf.clock.VirtualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connections count as those behind a port: conductor 0 -> responder 1 -> conductor 0, conductor 0 -> I/O gear 2. */
class WiredLinksTest {
    private static final int SWITCH = 0;
    private static final int STAND_IN = 1;
    private static final int HOST = 2;
    private static final int NEXT = 3;
    private static final long WORTH_NS = 8_000_000_000L;

    private final StripPlan plan = new StripPlan(
            "test",
            List.of(asking("switch"), gear("stand_in"), gear("host")),
            List.of(
                    new WirePlan(SWITCH, "out_stand_in", STAND_IN, 0),
                    new WirePlan(STAND_IN, "out", SWITCH, 1),
                    new WirePlan(SWITCH, "out_host", HOST, 0),
                    new WirePlan(HOST, "out", SWITCH, 1)));
    private final LinkTable table = new LinkTable(4, 1);
    private final VirtualClock clock = new VirtualClock();
    private boolean gone;

    private static GearPlan gear(String name) {
        return TestGears.gear(name, context -> (port, message) -> Outcome.ACCEPTED);
    }

    /** What it sends is worth something for a while. */
    private static GearPlan asking(String name) {
        GearPlan plain = gear(name);
        GearFactory factory = new GearFactory() {
            @Override
            public GearManifest manifest() {
                return plain.factory().manifest();
            }

            @Override
            public long worthNs(GearConfig config, String port) {
                return port.equals("in_reply") ? WORTH_NS : 1;
            }

            @Override
            public Gear create(GearContext context) {
                return plain.factory().create(context);
            }
        };
        return new GearPlan(name, factory, plain.config());
    }

    @Test
    void shouldCountTheConnectionsBehindAPort() {
        table.report(HOST, 0).up(2);
        WiredLinks host = new WiredLinks(plan, table, SWITCH, "out_host");

        assertThat(host.up()).isEqualTo(2);
        assertThat(host.leadsTo("host")).isTrue();
        assertThat(host.leadsTo("terminals")).isFalse();
    }

    /** A port behind which the host lay, and another one lies now. */
    private WiredLinks rewired(boolean retired) {
        table.report(HOST, 0).up(1);
        table.report(NEXT, 0).up(1);
        WiredLinks view =
                new WiredLinks(plan, table, FarEnds.NONE, new FormerLinks(clock, ordinal -> gone), SWITCH, "out_host");
        view.rewire(new StripPlan(
                "test",
                List.of(
                        asking("switch"),
                        gear("stand_in"),
                        retired ? gear("host").taken() : gear("host"),
                        gear("next")),
                List.of(new WirePlan(SWITCH, "out_host", NEXT, 0), new WirePlan(NEXT, "out", SWITCH, 1))));
        return view;
    }

    @Test
    void shouldKnowAHostThatAChangeTookOutUntilItHasGone() {
        WiredLinks view = rewired(true);
        clock.advance(2 * WORTH_NS);

        assertThat(view.leadsTo("next")).isTrue();
        assertThat(view.leadsTo("host")).as("its links stay for answers").isTrue();
        assertThat(view.leadsTo("stand_in")).isFalse();
        assertThat(view.describe()).isEqualTo("next");
        assertThat(view.up()).isEqualTo(1);
        gone = true;
        assertThat(view.leadsTo("host")).isFalse();
    }

    @Test
    void shouldKnowAHostThatStaysBehindAnotherPortAsLongAsARequestIsWorthSomething() {
        WiredLinks view = rewired(false);

        clock.advance(WORTH_NS - 1);
        assertThat(view.leadsTo("host")).isTrue();
        clock.advance(1);
        assertThat(view.leadsTo("host")).isFalse();
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
