package io.fluxrig.engine.strip;

import static io.fluxrig.engine.strip.TestGears.plan;
import static io.fluxrig.engine.strip.TestGears.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets what on a strip whose plan changes. */
class StripChangeTest extends ChangeRig {
    @Test
    void shouldLeadMessagesToTheSuccessorButThoseThatThePredecessorClaims() {
        SimStrips sim = start(first);
        PlanChange change = PlanChange.between(first, second);
        prepare(sim, change);
        emit(sim, 7);
        emit(sim, 2);
        sim.on(0, strip -> strip.apply(change));
        emit(sim, 7);
        emit(sim, 1);

        assertThat(seen)
                .containsExactly(
                        "one made after nobody",
                        "two made after another",
                        "one got 7",
                        "two got 2", // begun by its copy on a strip that is ahead
                        "two takes over",
                        "one retires",
                        "two got 7",
                        "one got 1");
    }

    @Test
    void shouldShowTheLinksOfTheGearInFront() {
        SimStrips sim = start(first);
        LinkView view = views.get(0);
        assertThat(view.up()).isEqualTo(1);
        PlanChange change = PlanChange.between(first, second);
        prepare(sim, change);
        assertThat(view.up()).as("before the change").isEqualTo(1);
        sim.on(0, strip -> assertThat(strip.linksBeside(1)).isEqualTo(2));
        sim.on(0, strip -> strip.apply(change));
        assertThat(view.up()).as("after it").isEqualTo(2);
    }

    @Test
    void shouldUndoWhatWasMade() {
        SimStrips sim = start(first);
        PlanChange change = PlanChange.between(
                first, plan(List.of(relay(), noting("end", "two", 2, 2), noting("more", "three", 3, 0)), wire(0, 2)));
        prepare(sim, change);
        sim.on(0, strip -> strip.discard(change));
        assertThat(seen).contains("two stops", "three stops").doesNotContain("one stops");
        emit(sim, 2);
        assertThat(seen).last().isEqualTo("one got 2");
    }

    @Test
    void shouldShowAGearThatWasReplacedWhereItsPortsLeadNow() {
        SimStrips sim = start(first);
        GearPlan relay = relay();
        GearPlan changed = new GearPlan("relay", relay.factory(), relay.config(), "changed", false);
        apply(sim, PlanChange.between(first, plan(List.of(changed, first.gears().get(1)), wire(0, 1))));
        apply(
                sim,
                PlanChange.between(
                        sim.bank().plan(), plan(List.of(changed, noting("next", "three", 3, 1)), wire(0, 1))));

        LinkView replaced = views.get(0);
        assertThat(replaced.leadsTo("next")).as("what it sends goes there").isTrue();
        assertThat(replaced.leadsTo("end")).as("what it has sent went there").isTrue();
        assertThat(replaced.leadsTo("relay")).isFalse();
    }

    @Test
    void shouldRefuseToReplaceAGearAgainAndAgainWhileNothingEnds() {
        SimStrips sim = start(first);
        for (int i = 1; i < GearSlots.PREDECESSORS_MAX; i++) {
            apply(sim, PlanChange.between(sim.bank().plan(), again(i)));
        }
        refuses(sim, PlanChange.between(sim.bank().plan(), second), "replaced 7 times");

        apply(sim, PlanChange.back(sim.bank().plan(), second));
        refuses(sim, PlanChange.back(sim.bank().plan(), first), "replaced 8 times");
    }

    private StripPlan again(int number) {
        return plan(List.of(relay(), noting("end", "again" + number, 9, 0)), wire(0, 1));
    }

    private static void refuses(SimStrips sim, PlanChange change, String why) {
        sim.bank().begin(TestGears.NO_SPECS);
        sim.on(
                0,
                strip -> assertThatThrownBy(() -> strip.prepare(change))
                        .isInstanceOf(GearStartException.class)
                        .hasMessageContaining(why));
    }

    @Test
    void shouldLeadAGearToOneThatIsMadeAfterIt() {
        SimStrips sim = start(first);
        GearPlan changed = relay();
        GearPlan other = new GearPlan("relay", changed.factory(), changed.config(), "other", false);
        PlanChange change = PlanChange.between(first, plan(List.of(other, noting("new", "three", 3, 0)), wire(0, 1)));
        assertThat(change.made()).containsExactly(0, 2);

        apply(sim, change);
        emit(sim, 5);

        assertThat(seen).last().isEqualTo("three got 5");
    }
}
