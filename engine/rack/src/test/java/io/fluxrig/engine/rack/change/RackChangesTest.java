package io.fluxrig.engine.rack.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackState;
import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import io.fluxrig.engine.rack.wire.RackJournals;
import io.fluxrig.engine.strip.GearStatus;
import io.fluxrig.perf.count.Counter;
import io.vertx.core.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Changes of a rack, and what becomes of those that fail. */
class RackChangesTest extends ChangesRig {
    @Test
    void shouldMakeAndStartOnlyWhatChanged() throws Exception {
        start(FIRST);
        ChangeReport report = change(INNER, OTHER);

        assertThat(report.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(report.text()).contains("changed: inner");
        Awaitility.await().until(() -> gears.events.contains("stop inner"));
        assertThat(gears.events).containsExactly("start inner", "take over inner", "drain inner", "stop inner");
        assertThat(supervisor.plan().gears()).hasSize(3);
        assertThat(supervisor.changes().last()).isEqualTo(report);
    }

    @Test
    void shouldSayThatNothingChanged() throws Exception {
        start(FIRST);
        assertThat(await(begin("x", "x")).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(gears.events).isEmpty();
    }

    @Test
    void shouldSayThatNothingChangedAlsoWhereADurableWireExpires() throws Exception {
        String durable = FIRST.replace("to: host.in }", "to: host.in, lane: durable, expire_after: 5s }");
        journals = RackJournals.open(plan(durable), config(), 2, new RackMetrics(), clock);
        start(durable);

        ChangeReport report = await(begin("x", "x"));
        assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.UNCHANGED);

        assertThat(await(begin("expire_after: 5s", "expire_after: 6s")).text())
                .contains("inner.out->host.in", "restart");
    }

    @Test
    void shouldRunOnAsBeforeIfANewGearCannotStart() throws Exception {
        start(FIRST);
        ChangeReport report = await(begin("type: recorded }", "type: recorded, config: { fail_start: true } }"));

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.text()).contains("gear 'inner'", "s.yaml:4", "what ran before runs on");
        assertThat(supervisor.state()).isEqualTo(RackState.RUNNING);
        assertThat(gears.events)
                .as("of the new one, on the strip where it could")
                .containsExactly("start inner", "stop inner");
        assertThat(await(begin("x", "x")).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void shouldRunOnAsBeforeIfASuccessorCannotBeMade() throws Exception {
        start(FIRST);
        ChangeReport report = await(begin("type: recorded }", "type: recorded, config: { fail_make: true } }"));

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(gears.events).as("what happened to the gear that runs").isEmpty();
    }

    @Test
    void shouldTakeOnAnotherGearAfterANewOneCouldNotStart() throws Exception {
        start(FIRST);
        ChangeReport failed =
                await(begin("wires:", "  - { name: more, type: recorded, config: { fail_start: true } }\nwires:"));
        assertThat(failed.outcome()).isEqualTo(Outcome.REFUSED);

        ChangeReport report = change("wires:", "  - { name: other, type: a_source }\nwires:");
        assertThat(report.text()).contains("new: other");
        assertThat(supervisor.bank().status())
                .extracting(GearStatus::name)
                .contains("other")
                .doesNotContain("more");
    }

    @Test
    void shouldGoBackByItselfIfWhatIsNewFailsOnItsTrial() throws Exception {
        start(FIRST);
        ChangeReport report =
                pass(begin("type: recorded }", "type: recorded, config: { fail_ticks: true } }"), TICK_NS);

        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.text()).contains("gears inner", "first 0.0.0 runs again");
        assertThat(report.ok()).isFalse();
        assertThat(await(begin("x", "x")).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    /** Makes a change of a gear that had so many requests without a route, and has none with one from then on. */
    private ChangeReport changeThatRefusesAll(long before, long refusedBefore) throws Exception {
        start(FIRST);
        Counter requests = metrics.gear("inner", 0).counter(MetricNames.REQUESTS, "help");
        Counter noRoute = metrics.gear("inner", 0).counter(MetricNames.ERRORS, "help", "reason", "no_route");
        requests.add(before);
        noRoute.add(refusedBefore);
        Future<ChangeReport> change = begin(INNER, OTHER);
        Awaitility.await().until(() -> gears.events.contains("take over inner"));
        quickly().until(() -> {
            noRoute.add(1); // ahead, since the trial may look in between
            requests.add(1);
            clock.advance(HOUR_NS / 60);
            return change.isComplete();
        });
        return change.result();
    }

    @Test
    void shouldGoBackIfASuccessorRefusesWhatItsPredecessorTook() throws Exception {
        ChangeReport report = changeThatRefusesAll(100_000, 0);

        assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.text())
                .startsWith("first 0.0.0 failed in its first seconds (inner refused 100 % of ")
                .contains(
                        " (no_route ",
                        "), what it replaced 0 % of 1000",
                        "first 0.0.0 runs again; the rack's own log says more");
        assertThat(gears.events).containsSubsequence("take over inner", "take over inner");
    }

    @Test
    void shouldNotGoBackForWhatWasAsBadBefore() throws Exception {
        assertThat(changeThatRefusesAll(100_000, 80_000).outcome()).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void shouldNotGoBackForWhatAPredecessorLetsOut() throws Exception {
        start(FIRST.replace("inner", "busy").replace("recorded }", "recorded, config: { fail_ticks: true } }"));
        gears.inFlight.set(1); // so that it stays
        quickly().until(() -> {
            clock.advance(TICK_NS);
            return supervisor.bank().status().stream().anyMatch(GearStatus::failing);
        });
        Future<ChangeReport> change = begin("fail_ticks: true", "version: 2");
        Awaitility.await().until(() -> gears.events.contains("take over busy"));
        long before = failures();
        quickly().until(() -> {
            clock.advance(TICK_NS);
            return failures() > before + 40;
        });

        assertThat(pass(change, HOUR_NS).outcome()).isEqualTo(Outcome.CHANGED);
    }

    private long failures() {
        return supervisor.bank().status().stream()
                .mapToLong(GearStatus::failures)
                .sum();
    }

    @Test
    void shouldGoBackAtOnceIfAGearCannotTakeOver() throws Exception {
        start(FIRST);
        ChangeReport report = await(begin("type: recorded }", "type: recorded, config: { fail_take_over: true } }"));

        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.text()).contains("inner could not take over");
    }

    @Test
    void shouldSayThatItIsStuckIfItCannotGoBack() throws Exception {
        start(FIRST.replace("type: recorded }", "type: recorded, config: { fail_make_again: true } }"));
        ChangeReport report = await(begin("fail_make_again: true", "fail_take_over: true"));

        assertThat(report.outcome()).isEqualTo(Outcome.STUCK);
        assertThat(report.text())
                .contains("first 0.0.0 runs, and fails (inner could not take over)", "cannot be had back", "reload");
        assertThat(change("fail_make_again: true", "version: 3").outcome())
                .as("what it says to do")
                .isEqualTo(Outcome.CHANGED);
    }

    /** So often replaced while what each had begun has not ended, and then by one that cannot take over. */
    private ChangeReport failsAfter(int changes) throws Exception {
        start(FIRST.replace("inner", "busy").replace("recorded }", "recorded, config: { version: 0 } }"));
        gears.inFlight.set(1); // so that each stays
        for (int version = 1; version <= changes; version++) {
            assertThat(change("version: 0", "version: " + version).outcome()).isEqualTo(Outcome.CHANGED);
        }
        return await(begin("version: 0", "fail_take_over: true"));
    }

    @Test
    void shouldGoBackWithTheLastPlaceOfAGear() throws Exception {
        ChangeReport report = failsAfter(6);

        assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void shouldRefuseAChangeThatHasNoPlaceToGoBackTo() throws Exception {
        ChangeReport report = failsAfter(7);

        assertThat(report.outcome()).as(report.text()).isEqualTo(Outcome.REFUSED);
        assertThat(report.text()).contains("busy was replaced 7 times", "what ran before runs on");
    }

    @Test
    void shouldBuildNothingOnAChangeThatBroke() throws Exception {
        start(FIRST);
        ChangeReport report = await(begin("type: recorded }", "type: recorded, config: { break_take_over: true } }"));
        assertThat(report.outcome()).isEqualTo(Outcome.STUCK);
        assertThat(report.text()).contains("AssertionError", "restart the rack");

        ChangeReport next = await(begin(INNER, OTHER));
        assertThat(next.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(next.text()).contains("restart the rack");
    }

    @Test
    void shouldNotMoveTrafficToAClientThatHasNoLink() throws Exception {
        start(FIRST);
        ChangeReport report = change(CONNECT, NO_LINK);

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.text())
                .contains("host has no link to 127.0.0.1:2", "(rack.reload_links): connection refused; mend");
    }

    @Test
    void shouldOpenNoNewDoorBeforeTheChangeIsApplied() throws Exception {
        start(FIRST);
        ChangeReport report = change(
                "  - " + INNER,
                "  - " + OTHER + "\n  - { name: side, type: io_recorded, config: { bind: \"127.0.0.1:0\" } }");

        assertThat(report.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(gears.events).containsSubsequence("start inner", "take over inner", "start side");
    }

    @Test
    void shouldOpenNoDoorForAChangeThatIsGivenUp() throws Exception {
        start(FIRST);
        running = FIRST.replace("bind: \"127.0.0.1:0\"", "bind: \"127.0.0.1:3\"");
        ChangeReport report = change(CONNECT, NO_LINK);

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(gears.events).contains("start host").doesNotContain("start door");
    }

    @Test
    void shouldGoBackIfANewDoorCannotBeOpened() throws Exception {
        start(FIRST);
        ChangeReport report = await(begin(
                "  - " + INNER, "  - " + OTHER + "\n  - { name: side, type: a_source, config: { fail_start: true } }"));

        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.text()).contains("gear 'side'", "the address is taken", "runs again");
        assertThat(await(begin("x", "x")).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void shouldMakeOneChangeAtATime() throws Exception {
        start(FIRST);
        Future<ChangeReport> first = begin(INNER, OTHER);
        assertThat(await(begin("x", "x")).text()).contains("another change");
        assertThat(pass(first, HOUR_NS).outcome()).isEqualTo(Outcome.CHANGED);
    }
}
