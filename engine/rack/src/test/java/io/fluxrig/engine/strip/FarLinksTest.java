package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearConfig;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Arriving;
import io.fluxrig.engine.strip.plan.StripPlan.Carriage;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.Leaving;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import io.fluxrig.engine.strip.plan.WiredLinks;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.journal.store.SyncMode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A switch with a host of its own and one that leads to another rack, which leads back: what the strips know of either. */
class FarLinksTest {
    private static final int SWITCH = 0;
    private static final int HOST = 1;
    private static final String FAR = "flux.msg.west.switch.in";
    private static final String NEAR = "flux.msg.east.switch.in";
    private static final String REPLIES = "flux.msg.east.switch.in_reply";

    private final StripBank bank = bank(
            List.of(new WirePlan(SWITCH, "out_host", HOST, 0)),
            List.of(new Leaving(SWITCH, "out_west", carriage(FAR), Set.of("west"))));
    private final LinkReport host = bank.links().report(HOST, 0);
    private final LinkReport far = bank.farEnd(FAR);

    private static StripBank bank(List<WirePlan> wires, List<Leaving> leaving) {
        GearPlan host = TestGears.gear("host", context -> (port, message) -> Outcome.ACCEPTED);
        StripPlan plan = new StripPlan(
                "far",
                List.of(new GearPlan("switch", new SwitchFactory(), host.config()), host),
                wires,
                leaving,
                List.of(new Arriving(SWITCH, 0, carriage(NEAR)), new Arriving(SWITCH, 1, carriage(REPLIES))));
        WireJournals journals = new WireJournals(List.of(), rings(leaving.size()), rings(2), "east/1");
        return new StripBank(plan, TestGears.settings(2), TestGears.NO_SPECS, new RackMetrics(), journals);
    }

    private static List<WireRings> rings(int count) {
        return Stream.generate(() -> new WireRings(2, 1 << 14)).limit(count).toList();
    }

    private static Carriage carriage(String subject) {
        return new Carriage("->" + subject, subject, false, SyncMode.OS);
    }

    private static final class SwitchFactory implements GearFactory {
        @Override
        public GearManifest manifest() {
            return new GearManifest(
                    "switch",
                    "A switch of a test",
                    List.of(new GearManifest.Port("in", "in"), new GearManifest.Port("in_reply", "back")),
                    List.of(new GearManifest.Port("out_*", "out")),
                    List.of());
        }

        @Override
        public String repliesAt(GearConfig config, String outputPort) {
            return "in_reply";
        }

        @Override
        public Gear create(GearContext context) {
            return (port, message) -> Outcome.ACCEPTED;
        }
    }

    private WiredLinks west() {
        return new WiredLinks(bank.plan(), bank.links(), bank.farEnds(), SWITCH, "out_west");
    }

    @Test
    void shouldTakeAnotherRackForDownUntilItSaysThatItCanServe() {
        assertThat(bank.linksUp(SWITCH, "out_west")).isZero();
        far.up(1);
        assertThat(bank.linksUp(SWITCH, "out_west")).isEqualTo(1);
        far.up(0);
        assertThat(bank.linksUp(SWITCH, "out_west")).isZero();
    }

    @Test
    void shouldTellAnotherRackFromLinksOfItsOwn() {
        assertThat(bank.leadsAway(SWITCH, "out_west")).isTrue();
        assertThat(bank.leadsAway(SWITCH, "out_host")).isFalse();
        assertThat(west().describe()).isEqualTo("west.switch.in");
        assertThat(west().leadsTo("some_host_there")).isTrue();
        assertThat(west().leadsToLinks()).isFalse();
    }

    @Test
    void shouldBeClosedToRequestsThatWouldComeBack() {
        assertThat(west().closedTo("west")).isTrue();
        assertThat(west().closedTo("edge")).isFalse();
        assertThat(west().closedTo(null)).isFalse();
    }

    @Test
    void shouldServeOtherRacksWhileItsOwnHostIsUp() {
        var serves = bank.nearEnd(NEAR);
        assertThat(serves.getAsBoolean()).isFalse();
        host.up(1);
        assertThat(serves.getAsBoolean()).isTrue();
    }

    @Test
    void shouldNotServeOtherRacksWithWhatAnotherRackCanServe() {
        far.up(1);

        assertThat(bank.nearEnd(NEAR).getAsBoolean()).isFalse();
    }

    /** As a simulated issuer does, whose answers go straight back over a wire. */
    @Test
    void shouldServeOtherRacksWithAGearThatPassesOnToARackThatCanServe() {
        StripPlan plan = new StripPlan(
                "passes on",
                List.of(TestGears.gear("issuer", context -> (port, message) -> Outcome.ACCEPTED)),
                List.of(),
                List.of(new Leaving(0, "out", carriage(FAR), Set.of())),
                List.of(new Arriving(0, 0, carriage(NEAR))));
        StripBank passing = new StripBank(
                plan,
                TestGears.settings(2),
                TestGears.NO_SPECS,
                new RackMetrics(),
                new WireJournals(List.of(), rings(1), rings(1), "east/1"));
        LinkReport home = passing.farEnd(FAR);
        var serves = passing.nearEnd(NEAR);

        assertThat(serves.getAsBoolean()).isFalse();
        home.up(1);
        assertThat(serves.getAsBoolean()).isTrue();
    }

    /** An end before a server: {@code asked} by a switch, or not. */
    private static StripBank atServer(boolean asked) {
        StripPlan plan = new StripPlan(
                "server",
                List.of(
                        TestGears.gear("encode", context -> (port, message) -> Outcome.ACCEPTED),
                        TestGears.server("line")),
                List.of(new WirePlan(0, "out", 1, 0)),
                List.of(),
                List.of(new Arriving(0, 0, carriage(NEAR), asked, false)));
        StripBank bank = new StripBank(
                plan,
                TestGears.settings(2),
                TestGears.NO_SPECS,
                new RackMetrics(),
                new WireJournals(List.of(), List.of(), rings(1), "east/1"));
        bank.links().report(1, 0);
        return bank;
    }

    @Test
    void shouldServeWhatLeadsBackToTerminalsThoughNoneIsConnected() {
        assertThat(atServer(false).nearEnd(NEAR).getAsBoolean()).isTrue();
    }

    @Test
    void shouldNotServeRequestsToHostsThatDialInWhileNoneIsConnected() {
        StripBank hosts = atServer(true);
        assertThat(hosts.nearEnd(NEAR).getAsBoolean()).isFalse();
        hosts.links().report(1, 0).up(1);
        assertThat(hosts.nearEnd(NEAR).getAsBoolean()).isTrue();
    }

    @Test
    void shouldTakeAnswersWithoutAHost() {
        assertThat(bank.nearEnd(REPLIES).getAsBoolean()).isTrue();
    }

    @Test
    void shouldNotServeAnEndThatItDoesNotHave() {
        host.up(1);

        assertThat(bank.nearEnd("flux.msg.east.other.in").getAsBoolean()).isFalse();
    }

    @Test
    void shouldNotCountACopyToAnotherRackAsALinkOfTheHost() {
        StripBank tapped = bank(
                List.of(new WirePlan(SWITCH, "out_host", HOST, 0)),
                List.of(new Leaving(SWITCH, "out_host", carriage("flux.msg.west.audit.in"))));
        tapped.links().report(HOST, 0).up(0);
        tapped.farEnd("flux.msg.west.audit.in").up(1);

        assertThat(tapped.linksUp(SWITCH, "out_host")).isZero();
        assertThat(tapped.leadsAway(SWITCH, "out_host")).isFalse();
    }

    @Test
    void shouldTakeAnotherRackThatNobodyReportsForAsUsable() {
        StripBank unheard = bank(List.of(), List.of(new Leaving(SWITCH, "out_west", carriage(FAR))));

        assertThat(unheard.linksUp(SWITCH, "out_west")).isEqualTo(1);
    }
}
