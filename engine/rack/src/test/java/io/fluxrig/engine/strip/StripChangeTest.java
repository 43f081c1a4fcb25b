package io.fluxrig.engine.strip;

import static io.fluxrig.engine.strip.TestGears.gear;
import static io.fluxrig.engine.strip.TestGears.plan;
import static io.fluxrig.engine.strip.TestGears.settings;
import static io.fluxrig.engine.strip.TestGears.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.strip.StripPlan.GearPlan;
import io.fluxrig.transport.msg.FluxMsg;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StripChangeTest {
    private final List<String> seen = new ArrayList<>();
    private final List<LinkView> views = new ArrayList<>();

    /** Notes what it gets; claims messages of its own number. */
    private final class Noting implements Gear {
        private final String title;
        private final long claims;
        private final LinkReport links;
        private boolean spent;

        Noting(GearContext context, String title, long claims, int up) {
            this.title = title;
            this.claims = claims;
            this.links = context.linkReport();
            links.up(up);
            seen.add(title + " made after " + (context.predecessor() == null ? "nobody" : "another"));
        }

        @Override
        public int onMessage(int inPort, FluxMsg message) {
            seen.add(title + " got " + message.id());
            return Outcome.ACCEPTED;
        }

        @Override
        public void takeOver() {
            seen.add(title + " takes over");
        }

        @Override
        public void retire() {
            seen.add(title + " retires");
        }

        @Override
        public boolean claims(int inPort, FluxMsg message) {
            return message.id() == claims;
        }

        @Override
        public boolean spent() {
            return spent;
        }

        @Override
        public void onSignal(Signal signal) {
            spent = true;
            seen.add(title + " was told");
        }

        @Override
        public void drain() {
            seen.add(title + " drains");
        }

        @Override
        public void stop() {
            seen.add(title + " stops");
        }
    }

    private GearPlan noting(String name, String title, long claims, int up) {
        GearPlan plain = gear(name, context -> new Noting(context, title, claims, up));
        return new GearPlan(name, plain.factory(), plain.config(), title, false);
    }

    /** Sends what it gets to its output. */
    private GearPlan relay() {
        GearPlan plain = gear("relay", context -> {
            views.add(context.linksOf("out"));
            io.fluxrig.engine.gear.Output out = context.output("out");
            return (inPort, message) -> out.emit(message);
        });
        return new GearPlan("relay", plain.factory(), plain.config(), "relay", false);
    }

    private SimStrips start(StripPlan plan) {
        SimStrips sim = new SimStrips(plan, settings(1), TestGears.NO_SPECS, 1);
        sim.start();
        return sim;
    }

    private static int emit(SimStrips sim, long id) {
        FluxMsg message = new FluxMsg();
        message.id(id);
        int[] outcome = new int[1];
        sim.on(0, strip -> outcome[0] = strip.inlet(0, 0).emit(message));
        return outcome[0];
    }

    private static void prepare(SimStrips sim, PlanChange change) {
        sim.bank().begin(TestGears.NO_SPECS);
        sim.on(0, strip -> {
            try {
                strip.prepare(change);
            } catch (GearStartException e) {
                throw new AssertionError(e.getMessage(), e);
            }
        });
    }

    private static void apply(SimStrips sim, PlanChange change) {
        prepare(sim, change);
        sim.on(0, strip -> strip.apply(change));
        sim.bank().applied(change);
    }

    private final StripPlan first = plan(List.of(relay(), noting("end", "one", 1, 1)), wire(0, 1));
    private final StripPlan second = plan(List.of(relay(), noting("end", "two", 2, 2)), wire(0, 1));

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
    void shouldRefuseToReplaceAGearAgainAndAgainWhileNothingEnds() {
        SimStrips sim = start(first);
        for (int i = 0; i < GearSlots.PREDECESSORS_MAX; i++) {
            StripPlan wanted = plan(List.of(relay(), noting("end", "again" + i, 9, 0)), wire(0, 1));
            apply(sim, PlanChange.between(sim.bank().plan(), wanted));
        }
        PlanChange once = PlanChange.between(sim.bank().plan(), second);
        sim.bank().begin(TestGears.NO_SPECS);
        sim.on(
                0,
                strip -> assertThatThrownBy(() -> strip.prepare(once))
                        .isInstanceOf(GearStartException.class)
                        .hasMessageContaining("replaced 8 times"));
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

    /** Lets an exception out wherever it is asked anything. */
    private static GearPlan misbehaving(String name, String title) {
        GearPlan plain = gear(name, context -> new Gear() {
            @Override
            public int onMessage(int inPort, FluxMsg message) {
                throw new IllegalStateException("message");
            }

            @Override
            public boolean claims(int inPort, FluxMsg message) {
                throw new IllegalStateException("claims");
            }

            @Override
            public boolean spent() {
                throw new IllegalStateException("spent");
            }

            @Override
            public int inFlight() {
                throw new IllegalStateException("inFlight");
            }

            @Override
            public void onSignal(Signal signal) {
                throw new IllegalStateException("signal");
            }

            @Override
            public void takeOver() {
                throw new IllegalStateException("takeOver");
            }

            @Override
            public void drain() {
                throw new IllegalStateException("drain");
            }
        });
        return new GearPlan(name, plain.factory(), plain.config(), title, false);
    }
}
