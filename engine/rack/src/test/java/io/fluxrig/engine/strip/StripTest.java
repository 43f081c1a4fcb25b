package io.fluxrig.engine.strip;

import static io.fluxrig.engine.strip.TestGears.gear;
import static io.fluxrig.engine.strip.TestGears.plan;
import static io.fluxrig.engine.strip.TestGears.settings;
import static io.fluxrig.engine.strip.TestGears.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.gear.LinkView;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gear.Timers;
import io.fluxrig.engine.gears.LogLines;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripTest {
    private final List<String> seen = new ArrayList<>();

    /** Hands on what it gets and notes it. */
    private final class Relay implements Gear {
        private final GearContext context;
        private final Output out;

        Relay(GearContext context) {
            this.context = context;
            this.out = context.output("out");
        }

        @Override
        public int onMessage(int inPort, FluxMsg message) {
            seen.add(context.name() + "@" + context.strip() + " id=" + message.id() + " hops="
                    + message.path().count());
            message.id(message.id() + 1);
            return out.emit(message);
        }
    }

    private Gear sink(GearContext context) {
        return (inPort, message) -> {
            seen.add(context.name() + "@" + context.strip() + " id=" + message.id() + " hops="
                    + message.path().count());
            message.meta().set(MetaKey.ERROR_REASON, "seen");
            return Outcome.ACCEPTED;
        };
    }

    private static FluxMsg message(long id) {
        FluxMsg message = new FluxMsg();
        message.id(id);
        return message;
    }

    private static int emit(SimStrips sim, int strip, int gear, FluxMsg message) {
        int[] outcome = new int[1];
        sim.on(strip, at -> outcome[0] = at.inlet(gear, 0).emit(message));
        return outcome[0];
    }

    private SimStrips start(int strips, StripPlan plan) {
        SimStrips sim = new SimStrips(plan, settings(strips), TestGears.NO_SPECS, 1);
        sim.start();
        return sim;
    }

    @Test
    void shouldCallTheNextGearOverOneWireWithTheSameMessage() {
        SimStrips sim = start(1, plan(List.of(gear("a", Relay::new), gear("b", this::sink)), wire(0, 1)));
        FluxMsg message = message(7);
        assertThat(emit(sim, 0, 0, message)).isEqualTo(Outcome.ACCEPTED);
        assertThat(seen).containsExactly("a@0 id=7 hops=0", "b@0 id=8 hops=1");
        assertThat(message.meta().text(MetaKey.ERROR_REASON)).isEqualTo("seen");
        assertThat(message.path().count()).isZero();
    }

    /** No version gives a flag a meaning; another rack's message must not end with yes and no gear that had it. */
    @Test
    void shouldHandOnAMessageWhateverItsFlags() {
        SimStrips sim = start(1, plan(List.of(gear("a", Relay::new), gear("b", this::sink)), wire(0, 1)));
        FluxMsg message = message(7);
        message.flags(-1);

        assertThat(emit(sim, 0, 0, message)).isEqualTo(Outcome.ACCEPTED);

        assertThat(seen).containsExactly("a@0 id=7 hops=0", "b@0 id=8 hops=1");
        assertThat(message.flags()).isEqualTo(-1);
    }

    @Test
    void shouldSayNotWiredWhereNoWireLeads() {
        SimStrips sim = start(1, plan(List.of(gear("a", Relay::new))));
        assertThat(emit(sim, 0, 0, message(1))).isEqualTo(Outcome.NOT_WIRED);
    }

    @Test
    void shouldGiveEachWireItsOwnCopy() {
        SimStrips sim = start(
                1,
                plan(
                        List.of(gear("a", Relay::new), gear("b", this::sink), gear("c", this::sink)),
                        wire(0, 1),
                        wire(0, 2)));
        FluxMsg message = message(7);
        assertThat(emit(sim, 0, 0, message)).isEqualTo(Outcome.ACCEPTED);
        assertThat(seen).containsExactly("a@0 id=7 hops=0", "b@0 id=8 hops=1", "c@0 id=8 hops=1");
        assertThat(message.meta().has(MetaKey.ERROR_REASON)).isFalse();
    }

    @Test
    void shouldAcceptAFanOutIfOneTargetTookIt() {
        StripPlan.GearPlan refuses = gear("b", context -> (inPort, message) -> Outcome.REFUSED);
        SimStrips sim =
                start(1, plan(List.of(gear("a", Relay::new), gear("c", this::sink), refuses), wire(0, 1), wire(0, 2)));
        assertThat(emit(sim, 0, 0, message(1))).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void shouldContainAnExceptionAndGoOn() {
        StripPlan.GearPlan throwing = gear("b", context -> (inPort, message) -> {
            if (message.id() < 10) {
                throw new IllegalStateException("4111111111111111");
            }
            return Outcome.ACCEPTED;
        });
        SimStrips sim = start(1, plan(List.of(gear("a", Relay::new), throwing), wire(0, 1)));
        for (int i = 0; i < 3; i++) {
            assertThat(emit(sim, 0, 0, message(1))).isEqualTo(Outcome.REFUSED);
        }
        assertThat(sim.bank().status().get(1))
                .isEqualTo(new GearStatus(1, "b", "test", 0, GearState.STARTED, 3, 3, true));
        assertThat(emit(sim, 0, 0, message(10))).isEqualTo(Outcome.ACCEPTED);
        assertThat(sim.bank().status().get(1).failing()).isFalse();
    }

    @Test
    void shouldTellHowOftenAGearFailedSinceItsLine() {
        StripPlan.GearPlan throwing = gear("b", context -> (inPort, message) -> {
            throw new IllegalStateException("4111111111111111");
        });
        SimStrips sim = start(1, plan(List.of(gear("a", Relay::new), throwing), wire(0, 1)));
        try (LogLines lines = new LogLines("gear")) {
            for (int i = 0; i < 5; i++) {
                emit(sim, 0, 0, message(1));
            }
            assertThat(lines.said()).hasSize(1);
            sim.advance(10_100_000_000L);
            assertThat(lines.said()).hasSize(2).last().asString().startsWith("4 more like this since ");

            emit(sim, 0, 0, message(1));
            emit(sim, 0, 0, message(1));
            sim.on(0, strip -> strip.stop());
            assertThat(lines.said()).hasSize(4).last().asString().startsWith("1 more like this since ");
        }
    }

    @Test
    void shouldRefuseAMessageThatGoesInCircles() {
        SimStrips sim = start(1, plan(List.of(gear("a", Relay::new), gear("b", Relay::new)), wire(0, 1), wire(1, 0)));
        FluxMsg message = message(0);
        assertThat(emit(sim, 0, 0, message)).isEqualTo(Outcome.REFUSED);
        assertThat(seen).hasSize(65);
        assertThat(message.path().count()).isZero();
    }

    @Test
    void shouldFireTimersOfSeveralSourcesAndContainTheirFailures() {
        List<String> fired = new ArrayList<>();
        StripPlan.GearPlan timed = gear("t", context -> {
            Timers.Source first = context.timers().source((nowNs, payload) -> fired.add("first " + payload));
            Timers.Source second = context.timers().source((nowNs, payload) -> {
                fired.add("second " + payload);
                throw new IllegalStateException();
            });
            long nowNs = context.clock().nanoTime();
            first.schedule(nowNs + 10_000_000, Long.MIN_VALUE);
            second.schedule(nowNs + 30_000_000, 2);
            assertThat(first.cancel(first.schedule(nowNs + 20_000_000, 3))).isTrue();
            return (inPort, message) -> Outcome.ACCEPTED;
        });
        SimStrips sim = start(1, plan(List.of(timed)));
        sim.advance(20_000_000);
        assertThat(fired).containsExactly("first " + Long.MIN_VALUE);
        sim.advance(30_000_000);
        assertThat(fired).containsExactly("first " + Long.MIN_VALUE, "second 2");
        assertThat(sim.bank().status().get(0).failures()).isEqualTo(1);
    }

    @Test
    void shouldRunBatchEndActionsOnceAfterEverythingOfTheBatch() {
        StripPlan.GearPlan flushing = gear("f", context -> (inPort, message) -> {
            seen.add("message " + message.id());
            context.atBatchEnd(() -> seen.add("flush " + message.id()));
            return Outcome.ACCEPTED;
        });
        SimStrips sim = start(1, plan(List.of(flushing)));
        sim.on(0, strip -> {
            strip.inlet(0, 0).emit(message(1));
            strip.inlet(0, 0).emit(message(2));
        });
        assertThat(seen).containsExactly("message 1", "message 2", "flush 1", "flush 2");
    }

    @Test
    void shouldTellEveryGearOnEveryStripOfASignal() {
        StripPlan.GearPlan listening = gear("l", context -> new Gear() {
            @Override
            public int onMessage(int inPort, FluxMsg message) {
                context.signal(new Signal.ConnClose(9, "test"));
                return Outcome.ACCEPTED;
            }

            @Override
            public void onSignal(Signal signal) {
                seen.add(context.name() + "@" + context.strip() + " " + ((Signal.ConnClose) signal).connId());
            }
        });
        SimStrips sim = start(2, plan(List.of(listening)));
        emit(sim, 1, 0, message(1));
        sim.settle();
        assertThat(seen).containsExactlyInAnyOrder("l@0 9", "l@1 9");
    }

    @Test
    void shouldLeaveOutOfAFanOutsOutcomeWhoSaysItIsNotTheirs() {
        for (int[] said : new int[][] {
            {Outcome.ELSEWHERE, Outcome.ACCEPTED, Outcome.ACCEPTED},
            {Outcome.FULL, Outcome.ELSEWHERE, Outcome.FULL},
            {Outcome.ELSEWHERE, Outcome.LINK_DOWN, Outcome.LINK_DOWN},
            {Outcome.ELSEWHERE, Outcome.ELSEWHERE, Outcome.ELSEWHERE}
        }) {
            SimStrips sim = start(
                    1,
                    plan(
                            List.of(
                                    gear("a", Relay::new),
                                    gear("b", context -> (inPort, message) -> said[0]),
                                    gear("c", context -> (inPort, message) -> said[1])),
                            wire(0, 1),
                            wire(0, 2)));

            assertThat(emit(sim, 0, 0, message(1))).isEqualTo(said[2]);
        }
    }

    @Test
    void shouldCountSignalsThatWereTooManyForASleepingStrip() {
        StripPlan.GearPlan deaf = gear("d", context -> (inPort, message) -> Outcome.ACCEPTED);
        SimStrips sim = start(1, plan(List.of(deaf)));
        for (int i = 0; i < Strip.SIGNALS_MAX + 3; i++) {
            sim.bank().signal(new Signal.ConnUp(0, i));
        }
        sim.settle();
        assertThat(sim.bank()
                        .metrics()
                        .gear("strip", 0)
                        .counter("strip_signals_dropped_total", "")
                        .get())
                .isEqualTo(3);
    }

    @Test
    void shouldSeeTheLinksBehindAPortThroughGearsBetween() {
        LinkReport[] report = new LinkReport[1];
        LinkView[] views = new LinkView[3];
        StripPlan.GearPlan looking = gear("a", context -> {
            views[0] = context.linksOf("out");
            views[1] = context.linksOf("error");
            views[2] = context.linksOf("out_nowhere");
            return (inPort, message) -> Outcome.ACCEPTED;
        });
        StripPlan.GearPlan io = gear("io", context -> {
            report[0] = context.linkReport();
            return (inPort, message) -> Outcome.ACCEPTED;
        });
        start(
                1,
                plan(
                        List.of(looking, gear("b", Relay::new), io, gear("c", this::sink)),
                        wire(0, 1),
                        wire(1, 2),
                        new StripPlan.WirePlan(0, "error", 3, 0),
                        new StripPlan.WirePlan(1, "error", 3, 0)));
        assertThat(views[0].up()).isZero();
        report[0].up(3);
        assertThat(views[0].up()).isEqualTo(3);
        assertThat(report[0].upOn(0)).isEqualTo(3);
        assertThat(views[1].up()).isEqualTo(1);
        assertThat(views[2].up()).isZero();
    }
}
