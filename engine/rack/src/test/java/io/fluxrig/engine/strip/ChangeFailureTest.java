package io.fluxrig.engine.strip;

import static io.fluxrig.engine.strip.TestGears.gear;
import static io.fluxrig.engine.strip.TestGears.plan;
import static io.fluxrig.engine.strip.TestGears.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes to gears that misbehave or cannot be made. */
class ChangeFailureTest extends ChangeRig {
    @Test
    void shouldTellWhoCouldNotTakeOver() {
        SimStrips sim = start(first);
        PlanChange change = PlanChange.between(first, plan(List.of(relay(), misbehaving("end", "bad")), wire(0, 1)));
        prepare(sim, change);

        List<Integer> failed = new ArrayList<>();
        sim.on(0, strip -> failed.addAll(strip.apply(change)));

        assertThat(failed).containsExactly(1);
        assertThat(seen).last().isEqualTo("one retires");
    }

    @Test
    void shouldKeepACopyThatMisbehavesFromThoseBehindIt() {
        SimStrips sim = start(first);
        apply(sim, PlanChange.between(first, plan(List.of(relay(), misbehaving("end", "bad")), wire(0, 1))));

        sim.bank().signal(new Signal.ConnClose(0, "test"));
        sim.settle();
        sim.on(0, strip -> strip.drain(1));

        assertThat(seen).endsWith("one was told", "one drains");
        assertThat(sim.inFlight()).as("of one that cannot say").isEqualTo(1);
    }

    @Test
    void shouldRefuseAGearWhoseClassesCannotBeLoaded() {
        SimStrips sim = start(first);
        GearPlan plain = gear("end", context -> {
            throw new NoClassDefFoundError("io/fluxrig/Absent");
        });
        GearPlan absent = new GearPlan("end", plain.factory(), plain.config(), "absent", false);
        PlanChange change = PlanChange.between(first, plan(List.of(relay(), absent), wire(0, 1)));
        sim.bank().begin(TestGears.NO_SPECS);

        sim.on(
                0,
                strip -> assertThatThrownBy(() -> strip.prepare(change))
                        .isInstanceOf(GearStartException.class)
                        .hasMessageContaining("gear end cannot be made: java.lang.NoClassDefFoundError"));
    }
}
