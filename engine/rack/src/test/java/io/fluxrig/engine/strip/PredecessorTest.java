package io.fluxrig.engine.strip;

import static io.fluxrig.engine.strip.TestGears.gear;
import static io.fluxrig.engine.strip.TestGears.plan;
import static io.fluxrig.engine.strip.TestGears.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.strip.plan.PlanChange;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.transport.msg.FluxMsg;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a gear that was replaced still does, and until when. */
class PredecessorTest extends ChangeRig {
    @Test
    void shouldStopAPredecessorOnceItIsSpent() {
        SimStrips sim = start(first);
        apply(sim, PlanChange.between(first, second));
        sim.on(0, strip -> assertThat(strip.sweep()).isEqualTo(1));
        sim.bank().signal(new Signal.ConnClose(0, "test"));
        sim.settle();
        seen.clear();
        sim.on(0, strip -> assertThat(strip.sweep()).isZero());
        assertThat(seen).containsExactly("one stops");
        emit(sim, 1);
        assertThat(seen).last().isEqualTo("two got 1");
    }

    @Test
    void shouldLetAGearThatWentEndWhatItBeganAndTakeNothingElse() {
        SimStrips sim = start(first);
        PlanChange change = PlanChange.between(first, plan(List.of(relay())));
        apply(sim, change);
        assertThat(emit(sim, 1)).as("the relay leads nowhere").isEqualTo(Outcome.NOT_WIRED);
        int[] outcome = new int[2];
        FluxMsg own = new FluxMsg();
        own.id(1);
        FluxMsg other = new FluxMsg();
        other.id(5);
        sim.on(0, strip -> {
            outcome[0] = strip.inlet(1, 0).emit(own);
            outcome[1] = strip.inlet(1, 0).emit(other);
        });
        assertThat(outcome).containsExactly(Outcome.ACCEPTED, Outcome.NOT_WIRED);
        assertThat(sim.bank().status()).extracting(GearStatus::name).containsExactly("relay", "end");
        sim.bank().signal(new Signal.ConnClose(0, "test"));
        sim.settle();
        sim.on(0, Strip::sweep);
        assertThat(sim.bank().status()).extracting(GearStatus::name).containsExactly("relay");
    }

    @Test
    void shouldCountFailuresOfAPredecessorAsNobodyElses() {
        SimStrips sim = start(plan(List.of(relay(), misbehaving("end", "bad")), wire(0, 1)));
        for (int i = 0; i < 9; i++) {
            emit(sim, 1);
        }
        assertThat(status(sim).failing()).as("while it is in front").isTrue();

        apply(sim, PlanChange.between(sim.bank().plan(), second));
        emit(sim, 3); // the predecessor is asked whether it claims this, and fails again

        assertThat(seen).last().isEqualTo("two got 3");
        assertThat(status(sim).failing()).isFalse();
        assertThat(status(sim).failures()).isGreaterThan(9);
    }

    @Test
    void shouldStopEachCopyOnce() {
        SimStrips sim = start(first);
        apply(sim, PlanChange.between(first, second));
        sim.bank().signal(new Signal.ConnClose(0, "test"));
        sim.settle();

        sim.on(0, Strip::stop);
        sim.on(0, Strip::sweep);
        sim.on(0, Strip::stop);

        assertThat(seen).containsOnlyOnce("one stops", "two stops");
    }

    @Test
    void shouldKeepNothingOfAGearThatWasReplaced() {
        List<WeakReference<Gear>> gears = new ArrayList<>();
        SimStrips sim = start(plan(List.of(relay(), forgotten(gears, 0)), wire(0, 1)));
        for (int i = 1; i <= 20; i++) {
            StripPlan wanted = plan(List.of(relay(), forgotten(gears, i)), wire(0, 1));
            apply(sim, PlanChange.between(sim.bank().plan(), wanted));
            sim.on(0, Strip::sweep);
        }

        Awaitility.await("all but the one that runs are collected").until(() -> {
            System.gc();
            return gears.stream().filter(gear -> gear.get() != null).count() == 1;
        });
    }

    private static GearStatus status(SimStrips sim) {
        return sim.bank().status().get(1);
    }

    /** Keeps its predecessor in sight, a handler of timers, and a deadline that it never takes back. */
    private static GearPlan forgotten(List<WeakReference<Gear>> gears, int number) {
        GearPlan plain = gear("end", context -> {
            Gear made = new Gear() {
                private final Timers.Source deadlines = context.timers().source((nowNs, payload) -> hold());

                @Override
                public int onMessage(int inPort, FluxMsg message) {
                    return context.predecessor() == null ? Outcome.ACCEPTED : Outcome.REFUSED;
                }

                private void hold() {
                    deadlines.schedule(Long.MAX_VALUE, 0);
                }

                @Override
                public void takeOver() {
                    hold();
                }
            };
            gears.add(new WeakReference<>(made));
            return made;
        });
        return new GearPlan("end", plain.factory(), plain.config(), "forgotten " + number, false);
    }
}
