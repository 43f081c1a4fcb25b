package io.fluxrig.engine.strip.plan;

import static io.fluxrig.engine.strip.TestGears.gear;
import static io.fluxrig.engine.strip.TestGears.plan;
import static io.fluxrig.engine.strip.TestGears.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.strip.plan.StripPlan.Carriage;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.engine.strip.plan.StripPlan.WirePlan;
import io.fluxrig.transport.journal.store.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanChangeTest {
    private final StripPlan running =
            plan(List.of(of("door", "1"), of("switch", "1"), of("host", "1")), wire(0, 1), wire(1, 2));

    private static GearPlan of(String name, String fingerprint) {
        GearPlan plain = gear(name, context -> (input, message) -> 0);
        return new GearPlan(name, plain.factory(), plain.config(), fingerprint, false);
    }

    @Test
    void shouldKeepOrdinalsAndMakeOnlyWhatIsNewOrChanged() {
        StripPlan wanted = plan(List.of(of("fresh", "1"), of("door", "1"), of("switch", "2")), wire(1, 2), wire(2, 0));

        PlanChange change = PlanChange.between(running, wanted);

        assertThat(change.after().gears())
                .extracting(GearPlan::name)
                .containsExactly("door", "switch", "host", "fresh");
        assertThat(change.made()).containsExactly(3, 1);
        assertThat(change.gone()).containsExactly(2);
        assertThat(change.after().gears().get(2).retired()).isTrue();
        assertThat(change.after().wires()).containsExactly(wire(0, 1), wire(1, 3));
        assertThat(change.origins()).containsExactly(1, 2, -1, 0);
        assertThat(change.refusal()).isNull();
        assertThat(change.describe()).isEqualTo("new: fresh; changed: switch; gone: host");
    }

    @Test
    void shouldSeeThatNothingChanged() {
        PlanChange change = PlanChange.between(running, running);

        assertThat(change.isEmpty()).isTrue();
        assertThat(change.after()).isEqualTo(running);
    }

    @Test
    void shouldSeeThatOnlyAWireChanged() {
        PlanChange change = PlanChange.between(running, plan(running.gears(), wire(0, 1), wire(1, 0)));

        assertThat(change.isEmpty()).isFalse();
        assertThat(change.made()).isEmpty();
        assertThat(change.describe()).isEqualTo("wires only");
    }

    @Test
    void shouldNeverGiveAnOrdinalOutAgain() {
        StripPlan without = plan(List.of(of("door", "1"), of("switch", "1")), wire(0, 1));
        StripPlan after = PlanChange.between(running, without).after();

        PlanChange back = PlanChange.between(after, running);

        assertThat(back.made()).as("the host under a new ordinal").containsExactly(3);
        assertThat(back.gone()).as("gears that went before").isEmpty();
        assertThat(back.after().ordinalOf("host")).isEqualTo(3);
    }

    @Test
    void shouldTakeThePlacesOfNewGearsAlsoIfItIsGivenUp() {
        StripPlan wanted = plan(List.of(of("fresh", "1"), of("door", "1"), of("switch", "2"), of("host", "1")));

        PlanChange left = PlanChange.between(running, wanted).givenUp();

        assertThat(left.after().gears()).extracting(GearPlan::name).containsExactly("door", "switch", "host", "fresh");
        assertThat(left.after().gears().get(1).fingerprint())
                .as("the switch that runs")
                .isEqualTo("1");
        assertThat(left.after().gears().get(3).retired()).isTrue();
        assertThat(left.after().wires()).isEqualTo(running.wires());
        assertThat(left.origins()).containsExactly(-1, -1, -1, 0);
    }

    @Test
    void shouldRefuseToMakeOrUnmakeADurableWire() {
        WirePlan durable = new WirePlan(1, "out", 2, 0, SyncMode.OS);

        PlanChange change = PlanChange.between(running, plan(running.gears(), wire(0, 1), durable));

        assertThat(change.refusal())
                .contains("durable", "switch.out->host.in", "fluxrig scenario activate ... --restart");
    }

    @Test
    void shouldKeepADurableWireWithAllThatItPromises() {
        WirePlan expiring = new WirePlan(1, "out", 2, 0, SyncMode.OS, 5_000_000_000L);
        StripPlan durable = plan(running.gears(), wire(0, 1), expiring);

        PlanChange change = PlanChange.between(durable, durable);

        assertThat(change.refusal()).isNull();
        assertThat(change.after()).isEqualTo(durable);
    }

    @Test
    void shouldRefuseToLetADurableWireExpireOtherwise() {
        StripPlan never = plan(running.gears(), new WirePlan(1, "out", 2, 0, SyncMode.OS, 0));
        StripPlan soon = plan(running.gears(), new WirePlan(1, "out", 2, 0, SyncMode.OS, 1));

        assertThat(PlanChange.between(never, soon).refusal()).contains("switch.out->host.in");
    }

    @Test
    void shouldNotCareInWhichOrderWiresStand() {
        WirePlan one = new WirePlan(0, "out", 1, 0, SyncMode.OS);
        WirePlan two = new WirePlan(1, "out", 2, 0, SyncMode.EACH);
        StripPlan.Leaving far =
                new StripPlan.Leaving(2, "out", new Carriage("host.out->a.b.in", "s", true, SyncMode.OS));
        StripPlan.Leaving further =
                new StripPlan.Leaving(2, "out_2", new Carriage("host.out_2->a.b.in", "s", true, SyncMode.OS));
        StripPlan before = new StripPlan("test", running.gears(), List.of(one, two), List.of(far, further), List.of());
        StripPlan after = new StripPlan("test", running.gears(), List.of(two, one), List.of(further, far), List.of());

        assertThat(PlanChange.between(before, after).refusal()).isNull();
    }

    @Test
    void shouldChangeWhoMayTakeAWireBetweenRacks() {
        Carriage carriage = new Carriage("host.out->a.b.in", "s", true, SyncMode.OS);
        StripPlan before = leaving(new StripPlan.Leaving(2, "out", carriage, Set.of("west")));
        StripPlan after = leaving(new StripPlan.Leaving(2, "out", carriage, Set.of("south")));

        PlanChange change = PlanChange.between(before, after);

        assertThat(change.refusal()).isNull();
        assertThat(change.after().leaving().get(0).closedTo()).containsExactly("south");
    }

    @Test
    void shouldNameAWireThatArrivesByItsEnd() {
        Carriage carriage = new Carriage("->west.switch.in", "flux.msg.west.switch.in", true, SyncMode.OS);
        StripPlan after = new StripPlan(
                running.scenario(),
                running.gears(),
                running.wires(),
                List.of(),
                List.of(new StripPlan.Arriving(1, 0, carriage)));

        assertThat(PlanChange.between(running, after).refusal()).contains("comes, goes or changes (west.switch.in)");
    }

    private StripPlan leaving(StripPlan.Leaving wire) {
        return new StripPlan("test", running.gears(), List.of(), List.of(wire), List.of());
    }

    @Test
    void shouldRefuseMoreGearsThanARackCanNumber() {
        List<GearPlan> many = IntStream.range(0, StripPlan.GEARS_MAX - 2)
                .mapToObj(i -> of("gear" + i, "1"))
                .toList();

        assertThat(PlanChange.between(running, plan(many)).refusal()).contains("256", "restart");
    }

    @Test
    void shouldRefuseAChangeThatCouldNotGoBack() {
        List<GearPlan> many = IntStream.range(0, StripPlan.GEARS_MAX - 4)
                .mapToObj(i -> of("gear" + i, "1"))
                .toList();
        List<GearPlan> others = new ArrayList<>(many);
        others.set(0, of("one", "1"));
        others.set(1, of("two", "1"));
        others.set(2, of("three", "1"));

        PlanChange change = PlanChange.between(plan(many), plan(others));

        assertThat(change.refusal())
                .isEqualTo(
                        "this rack has had 252 gears in its life, of 256 that it can have: it needs 3 more for this change,"
                                + " and 3 to go back should it fail; restart it");
        others.set(2, many.get(2));
        assertThat(PlanChange.between(plan(many), plan(others)).refusal()).isNull();
    }

    @Test
    void shouldGoBackWithTheLastNumbersThatThereAre() {
        List<GearPlan> many = IntStream.range(0, StripPlan.GEARS_MAX - 2)
                .mapToObj(i -> of("gear" + i, "1"))
                .toList();
        List<GearPlan> others = new ArrayList<>(many);
        others.set(0, of("one", "1"));
        StripPlan failing = PlanChange.between(plan(many), plan(others)).after();

        assertThat(PlanChange.between(failing, plan(many)).refusal()).contains("and 1 to go back");
        assertThat(PlanChange.back(failing, plan(many)).refusal()).isNull();
    }
}
